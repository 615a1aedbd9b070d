package io.traceforge.anthropic;

import com.anthropic.core.http.HttpClient;
import com.anthropic.core.http.Interceptor;
import io.traceforge.adapter.ClientCalls;
import org.jspecify.annotations.Nullable;

/** Makes the clients that it is given record. */
record RecordingInterceptor(ClientCalls calls, @Nullable CallersPlace place)
    implements Interceptor {

  /** Interceptors are applied from the last to the first: of several, the one told last counts. */
  @Override
  public HttpClient intercept(HttpClient client) {
    return !calls.enabled() || client instanceof RecordingHttpClient
        ? client
        : new RecordingHttpClient(client, calls, place);
  }
}
