package io.traceforge.okhttp;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Okio;

/**
 * Works on the network side, hop by hop. It makes of each request what is sent, and gives the
 * answer as one to the request that came here. And it puts a {@link Passage} under what OkHttp is
 * about to decompress.
 */
final class HopInterceptor implements Interceptor {
  private final FailureShield shield;
  private final boolean alone;

  /**
   * Makes an interceptor.
   *
   * @param alone whether there is no network interceptor of the user's that would see what we read
   */
  HopInterceptor(FailureShield shield, boolean alone) {
    this.alone = alone;
    this.shield = shield;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    RecordedCall recorded = CallNote.of(chain.call()).underWay();
    if (recorded == null || !recorded.isOnNetworkSide()) {
      return chain.proceed(request);
    }
    return callersView(request, chain.proceed(recorded.outgoing(request)), recorded);
  }

  private Response callersView(Request request, Response response, RecordedCall recorded) {
    try {
      Response.Builder builder = response.newBuilder().request(request);
      ResponseBody body = response.body();
      Passage passage =
          alone && body != null && isDecompressed(request, response)
              ? Passage.over(body.source())
              : null;
      recorded.passage(passage);
      if (passage != null && body != null) {
        builder.body(
            ResponseBody.create(Okio.buffer(passage), body.contentType(), body.contentLength()));
      }
      return builder.build();
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
