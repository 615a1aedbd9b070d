package io.traceforge.anthropic;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpClient;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpRequestBody;
import com.anthropic.core.http.HttpResponse;
import com.anthropic.errors.AnthropicIoException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/** Lets Anthropic's client call through an OkHttp client, which may be one that replays. */
public final class OkHttpForAnthropic implements HttpClient {
  private final OkHttpClient client;

  /** Makes a client that leaves the other one open when it is closed. */
  public OkHttpForAnthropic(OkHttpClient client) {
    this.client = client;
  }

  @Override
  public HttpResponse execute(HttpRequest request, RequestOptions options) {
    try {
      return new Answer(call(request).execute());
    } catch (IOException failure) {
      throw new AnthropicIoException("Request failed", failure);
    }
  }

  @Override
  public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    call(request)
        .enqueue(
            new Callback() {
              @Override
              public void onResponse(Call call, Response response) {
                answer.complete(new Answer(response));
              }

              @Override
              public void onFailure(Call call, IOException failure) {
                answer.completeExceptionally(new AnthropicIoException("Request failed", failure));
              }
            });
    return answer;
  }

  private Call call(HttpRequest request) {
    Request.Builder builder = new Request.Builder().url(request.url());
    Headers headers = request.headers();
    headers.names().forEach(n -> headers.values(n).forEach(value -> builder.addHeader(n, value)));
    RequestBody body = request.body().<RequestBody>map(Body::new).orElse(null);
    return client.newCall(builder.method(request.method().name(), body).build());
  }

  @Override
  public void close() {}

  private static final class Body extends RequestBody {
    private final HttpRequestBody body;

    Body(HttpRequestBody body) {
      this.body = body;
    }

    @Override
    public MediaType contentType() {
      return body.contentType() == null ? null : MediaType.parse(body.contentType());
    }

    @Override
    public long contentLength() {
      return body.contentLength();
    }

    @Override
    public boolean isOneShot() {
      return !body.repeatable();
    }

    @Override
    public void writeTo(BufferedSink sink) {
      body.writeTo(sink.outputStream());
    }
  }

  private record Answer(Response response) implements HttpResponse {

    @Override
    public int statusCode() {
      return response.code();
    }

    @Override
    public Headers headers() {
      Headers.Builder headers = Headers.builder();
      response.headers().forEach(field -> headers.put(field.getFirst(), field.getSecond()));
      return headers.build();
    }

    @Override
    public InputStream body() {
      return response.body().byteStream();
    }

    @Override
    public void close() {
      response.close();
    }
  }
}
