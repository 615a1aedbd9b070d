package io.traceforge.okhttp;

import io.traceforge.SessionHeaders;
import io.traceforge.TraceForge;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * Works on the network side, hop by hop. It adds the state to each request that goes to a host
 * which may have it: a header set any earlier would follow a redirect to another host. And it puts
 * a {@link Passage} under what OkHttp is about to decompress.
 */
final class HopInterceptor implements Interceptor {
  private final FailureShield shield;
  private final TraceForge traceForge;
  private final boolean alone;

  /**
   * Makes an interceptor.
   *
   * @param alone whether there is no network interceptor of the user's that would see what we read
   */
  HopInterceptor(TraceForge traceForge, boolean alone) {
    this.traceForge = traceForge;
    this.alone = alone;
    this.shield = new FailureShield(traceForge);
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    RecordedCall recorded = CallNote.of(chain.call()).underWay();
    if (recorded == null) {
      return chain.proceed(request);
    }
    String state = stateFor(request, recorded);
    Response response =
        chain.proceed(
            state == null
                ? request
                : request.newBuilder().header(SessionHeaders.STATE, state).build());
    return withPassage(request, response, recorded);
  }

  private @Nullable String stateFor(Request request, RecordedCall recorded) {
    try {
      return traceForge.config().headerPropagation().sendsStateTo(request.url().host())
          ? recorded.stateHeader()
          : null;
    } catch (Throwable failure) {
      shield.failed(failure);
      return null;
    }
  }

  private Response withPassage(Request request, Response response, RecordedCall recorded) {
    try {
      ResponseBody body = response.body();
      Passage passage =
          alone && body != null && isDecompressed(request, response)
              ? Passage.over(body.source())
              : null;
      recorded.passage(passage);
      return passage == null || body == null
          ? response
          : response
              .newBuilder()
              .body(
                  ResponseBody.create(
                      Okio.buffer(passage), body.contentType(), body.contentLength()))
              .build();
    } catch (Throwable failure) {
      shield.failed(failure);
      return response;
    }
  }

  /** Only a GET's answer may be on its way to a cache, which would read on by itself. */
  private static boolean isDecompressed(Request request, Response response) {
    return "gzip".equalsIgnoreCase(response.header("Content-Encoding"))
        && !request.method().equals("GET");
  }
}
