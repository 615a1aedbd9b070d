package io.traceforge.okhttp;

import io.traceforge.SessionHeaders;
import io.traceforge.TraceForge;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Adds the state to each request that goes to a host which may have it. It works on the network
 * side, hop by hop: a header set any earlier would follow a redirect to another host.
 */
final class StateHeaderInterceptor implements Interceptor {
  private final FailureShield shield;
  private final TraceForge traceForge;

  StateHeaderInterceptor(TraceForge traceForge) {
    this.traceForge = traceForge;
    this.shield = new FailureShield(traceForge);
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    String state = stateFor(request);
    return chain.proceed(
        state == null ? request : request.newBuilder().header(SessionHeaders.STATE, state).build());
  }

  private @Nullable String stateFor(Request request) {
    try {
      RecordedCall recorded = request.tag(RecordedCall.class);
      return recorded != null
              && traceForge.config().headerPropagation().sendsStateTo(request.url().host())
          ? recorded.stateHeader()
          : null;
    } catch (Throwable failure) {
      shield.failed(failure);
      return null;
    }
  }
}
