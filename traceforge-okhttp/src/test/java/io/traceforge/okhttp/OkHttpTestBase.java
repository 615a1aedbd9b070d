package io.traceforge.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.SessionHeaders;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A server on loopback, a TraceForge in memory, and a client for both. */
@Timeout(60)
abstract class OkHttpTestBase {
  static final MediaType JSON = MediaType.get("application/json");
  static final String CHAT_REQUEST =
      "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  static final String CHAT_RESPONSE =
      """
      {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-4o-2024-08-06",
       "choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],
       "usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}
      """;

  MockWebServer server;
  TraceForge traceForge;
  OkHttpClient client;

  @BeforeEach
  void open() throws IOException {
    server = new MockWebServer();
    server.start();
    traceForge = TraceForge.open("memory:");
    client = TraceForgeOkHttp.instrument(plainClient(), traceForge);
  }

  @AfterEach
  void close() throws IOException {
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
    traceForge.close();
    server.shutdown();
  }

  static OkHttpClient plainClient() {
    return new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(20)).build();
  }

  OkHttpClient boundTo(SessionTracker session) {
    return TraceForgeOkHttp.instrument(client, session);
  }

  Request.Builder get(String path) {
    return new Request.Builder().url(server.url(path));
  }

  Request.Builder chat() {
    return get("/v1/chat/completions").post(RequestBody.create(CHAT_REQUEST, JSON));
  }

  static MockResponse chatAnswer() {
    return new MockResponse().setHeader("Content-Type", "application/json").setBody(CHAT_RESPONSE);
  }

  /** Makes a call, reads its answer to the end, and returns the answer with its headers. */
  static Answer call(OkHttpClient client, Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) {
      return new Answer(response, Objects.requireNonNull(response.body()).string());
    }
  }

  record Answer(Response response, String body) {
    String traceId() {
      return Objects.requireNonNull(response.header(SessionHeaders.TRACE_ID));
    }
  }

  RecordedRequest taken() throws InterruptedException {
    RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
    assertThat(request).as("a request that reached the server").isNotNull();
    return request;
  }

  Trace trace(String id) {
    return traceForge.storage().getTrace(id).orElseThrow();
  }

  List<Trace> traces() {
    return traceForge.storage().listTraces(TraceQuery.all()).items();
  }

  Trace onlyTrace() {
    List<Trace> traces = traces();
    assertThat(traces).hasSize(1);
    return traces.get(0);
  }
}
