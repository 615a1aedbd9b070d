package io.traceforge.clients;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Lets LangChain4j's models call through an OkHttp client, which may be an instrumented one. */
public final class OkHttpForLangChain4j implements HttpClientBuilder {
  private final OkHttpClient client;
  private Duration connectTimeout;
  private Duration readTimeout;

  /** Makes a builder of HTTP clients that share the given one's connections. */
  public OkHttpForLangChain4j(OkHttpClient client) {
    this.client = client;
  }

  @Override
  public Duration connectTimeout() {
    return connectTimeout;
  }

  @Override
  public HttpClientBuilder connectTimeout(Duration timeout) {
    connectTimeout = timeout;
    return this;
  }

  @Override
  public Duration readTimeout() {
    return readTimeout;
  }

  @Override
  public HttpClientBuilder readTimeout(Duration timeout) {
    readTimeout = timeout;
    return this;
  }

  @Override
  public HttpClient build() {
    OkHttpClient.Builder builder = client.newBuilder();
    if (connectTimeout != null) {
      builder.connectTimeout(connectTimeout);
    }
    if (readTimeout != null) {
      builder.readTimeout(readTimeout);
    }
    return new Client(builder.build());
  }

  private record Client(OkHttpClient client) implements HttpClient {

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
      try (Response response = call(request).execute()) {
        String body = response.body().string();
        if (!response.isSuccessful()) {
          throw new HttpException(response.code(), body);
        }
        return head(response).body(body).build();
      } catch (InterruptedIOException e) {
        throw new TimeoutException(e);
      } catch (IOException e) {
        throw new RuntimeException(e);
      }
    }

    @Override
    public void execute(
        HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
      call(request)
          .enqueue(
              new Callback() {
                @Override
                public void onResponse(Call call, Response response) throws IOException {
                  try (response) {
                    if (!response.isSuccessful()) {
                      listener.onError(
                          new HttpException(response.code(), response.body().string()));
                      return;
                    }
                    listener.onOpen(head(response).build());
                    parser.parse(response.body().byteStream(), listener);
                    listener.onClose();
                  }
                }

                @Override
                public void onFailure(Call call, IOException failure) {
                  listener.onError(failure);
                }
              });
    }

    private Call call(HttpRequest request) {
      Request.Builder builder = new Request.Builder().url(request.url());
      request.headers().forEach((name, values) -> values.forEach(v -> builder.addHeader(name, v)));
      RequestBody body =
          request.body() == null
              ? null
              : RequestBody.create(request.body(), MediaType.get("application/json"));
      return client.newCall(builder.method(request.method().name(), body).build());
    }

    private static SuccessfulHttpResponse.Builder head(Response response) {
      return SuccessfulHttpResponse.builder()
          .statusCode(response.code())
          .headers(response.headers().toMultimap());
    }
  }
}
