package io.traceforge.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.internal.connection.RealCall;
import okhttp3.internal.http.RealInterceptorChain;
import okio.Buffer;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * The end of a chain that has no network: reads the request as a server would, and answers.
 *
 * <p>Tracers do their work in network interceptors, which never run before an application
 * interceptor that answers. So this one runs them itself, for every contender alike.
 */
final class NoNetwork implements Interceptor {
  private static final int TIMEOUT_MILLIS = 10_000;
  private volatile @Nullable List<Interceptor> networkSide;

  static OkHttpClient behind(OkHttpClient client) {
    return client.newBuilder().addInterceptor(new NoNetwork()).build();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    RealCall call = (RealCall) chain.call();
    List<Interceptor> interceptors = networkSide;
    if (interceptors == null) {
      interceptors = new ArrayList<>(call.getClient().networkInterceptors());
      interceptors.add(NoNetwork::answer);
      networkSide = interceptors;
    }
    return new RealInterceptorChain(
            call,
            interceptors,
            0,
            null,
            chain.request(),
            TIMEOUT_MILLIS,
            TIMEOUT_MILLIS,
            TIMEOUT_MILLIS)
        .proceed(chain.request());
  }

  private static Response answer(Chain chain) throws IOException {
    Request request = chain.request();
    RequestBody body = request.body();
    if (body != null && body.contentLength() > 0) { // OkHttp asks for the length, too
      try (BufferedSink sink = Okio.buffer(Okio.blackhole())) {
        body.writeTo(sink);
      }
    }
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(200)
        .message("OK")
        .header("Content-Type", "application/json")
        .header("Date", "Thu, 01 Jan 2026 00:00:00 GMT")
        .header("x-request-id", "req_1")
        .body(
            ResponseBody.create(
                new Buffer().write(Payloads.RESPONSE), Payloads.JSON, Payloads.RESPONSE.length))
        .build();
  }
}
