package io.traceforge.langchain4j;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import io.traceforge.adapter.ClientCalls;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Builds what another builder builds, and makes it record. */
final class RecordingHttpClientBuilder implements HttpClientBuilder {
  private final HttpClientBuilder users;
  private final ClientCalls calls;

  private RecordingHttpClientBuilder(HttpClientBuilder users, ClientCalls calls) {
    this.users = users;
    this.calls = calls;
  }

  /** A builder that is instrumented again records once, as it was told last. */
  static RecordingHttpClientBuilder over(HttpClientBuilder users, ClientCalls calls) {
    return new RecordingHttpClientBuilder(
        users instanceof RecordingHttpClientBuilder ours ? ours.users : users, calls);
  }

  @Override
  public @Nullable Duration connectTimeout() {
    return users.connectTimeout();
  }

  @Override
  public HttpClientBuilder connectTimeout(@Nullable Duration timeout) {
    return goingOnWith(users.connectTimeout(timeout));
  }

  @Override
  public @Nullable Duration readTimeout() {
    return users.readTimeout();
  }

  @Override
  public HttpClientBuilder readTimeout(@Nullable Duration timeout) {
    return goingOnWith(users.readTimeout(timeout));
  }

  private HttpClientBuilder goingOnWith(HttpClientBuilder next) {
    return next == users ? this : new RecordingHttpClientBuilder(next, calls);
  }

  @Override
  public HttpClient build() {
    return new RecordingHttpClient(users.build(), calls);
  }
}
