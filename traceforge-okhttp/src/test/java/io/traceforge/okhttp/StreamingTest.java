package io.traceforge.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;

class StreamingTest extends OkHttpTestBase {
  private static final String STREAM_REQUEST = CHAT_REQUEST.replace("{\"m", "{\"stream\":true,\"m");

  private static String delta(String content) {
    return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
        + "\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":{"
        + content
        + "},\"finish_reason\":null}]}\n\n";
  }

  private static final String ROLE = delta("\"role\":\"assistant\",\"content\":\"\"");
  private static final String END =
      """
      data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

      data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}

      data: [DONE]

      """;
  private static final String WHOLE =
      ROLE + delta("\"content\":\"Hel\"") + delta("\"content\":\"lo\"") + END;

  private Request stream(String url) {
    return new Request.Builder().url(url).post(RequestBody.create(STREAM_REQUEST, JSON)).build();
  }

  @Test
  void theCallerHasEachChunkBeforeTheServerSendsTheNext() throws Exception {
    Semaphore acknowledged = new Semaphore(0);
    String[] chunks = {ROLE, delta("\"content\":\"Hel\""), delta("\"content\":\"lo\""), END};
    try (ScriptedServer scripted =
        new ScriptedServer(
            connection -> {
              connection.sendStreamHead();
              for (String chunk : chunks) {
                connection.sendChunk(chunk);
                if (!acknowledged.tryAcquire(20, TimeUnit.SECONDS)) {
                  return; // the client waits for more than it was sent: it will see a cut stream
                }
              }
              connection.endChunks();
            })) {
      Request request = stream(scripted.url("/v1/chat/completions"));
      try (Response response = client.newCall(request).execute()) {
        BufferedSource source = response.body().source();
        for (String chunk : chunks) {
          assertThat(source.readUtf8(chunk.length())).isEqualTo(chunk);
          acknowledged.release();
        }
        assertThat(source.exhausted()).isTrue();
      }
    }
    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(trace.metadata().timing().chunkCount()).isGreaterThanOrEqualTo(4);
    assertThat(trace.metadata().timing().toFirstToken())
        .isGreaterThanOrEqualTo(trace.metadata().timing().toFirstByte())
        .isLessThanOrEqualTo(trace.metadata().timing().total());
  }

  @Test
  void aStreamIsKeptRawAndAssembled() throws Exception {
    server.enqueue(sse(WHOLE));
    Answer answer = call(client, stream(server.url("/v1/chat/completions").toString()));

    assertThat(answer.body()).isEqualTo(WHOLE);
    Trace trace = onlyTrace();
    assertThat(trace.response().body().text()).isEqualTo(WHOLE);
    var assembled = trace.response().assembledBody().json().orElseThrow().getAsJsonObject();
    assertThat(assembled.get("object").getAsString()).isEqualTo("chat.completion");
    assertThat(
            assembled
                .getAsJsonArray("choices")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("message")
                .get("content")
                .getAsString())
        .isEqualTo("Hello");
    assertThat(trace.metadata().finishReasons()).containsExactly("stop");
    assertThat(trace.metadata().tokensUsed()).isEqualTo(11);
  }

  @Test
  void aStreamClosedAfterItsDoneSucceeds() throws Exception {
    server.enqueue(sse(WHOLE));
    try (Response response =
        client.newCall(stream(server.url("/v1/chat/completions").toString())).execute()) {
      response.body().source().readUtf8(WHOLE.length());
    }
    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.SUCCESS);
  }

  @Test
  void aStreamClosedBeforeItsDoneIsCancelledEvenIfTheRestHadCome() throws Exception {
    server.enqueue(sse(WHOLE));
    try (Response response =
        client.newCall(stream(server.url("/v1/chat/completions").toString())).execute()) {
      response.body().source().readUtf8(ROLE.length());
    }
    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.CANCELLED);
    assertThat(trace.error().type()).isEqualTo("closed");
  }

  @Test
  void aStreamCutByTheServerIsAnErrorAndKeepsItsText() throws Exception {
    try (ScriptedServer scripted =
        new ScriptedServer(
            connection -> {
              connection.sendStreamHead();
              connection.sendChunk(ROLE + delta("\"content\":\"Hel\""));
            })) {
      Request request = stream(scripted.url("/v1/chat/completions"));
      try (Response response = client.newCall(request).execute()) {
        org.assertj.core.api.Assertions.assertThatIOException()
            .isThrownBy(() -> response.body().string());
      }
    }
    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.ERROR);
    assertThat(trace.response().assembledBody().text()).contains("Hel");
    assertThat(trace.metadata().tokensUsed()).isNull();
  }

  @Test
  void anErrorInsideAStreamIsAnError() throws Exception {
    server.enqueue(
        sse(ROLE + "data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}\n\n"));
    call(client, stream(server.url("/v1/chat/completions").toString()));
    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.ERROR);
    assertThat(trace.error().type()).isEqualTo("server_error");
    assertThat(trace.error().message()).isEqualTo("overloaded");
  }

  @Test
  void anEventSourceIsRecorded() throws Exception {
    server.enqueue(sse(WHOLE));
    Semaphore closed = new Semaphore(0);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    EventSources.createFactory(boundTo(traceForge.newSession("events")))
        .newEventSource(
            stream(server.url("/v1/chat/completions").toString()),
            new EventSourceListener() {
              @Override
              public void onClosed(EventSource eventSource) {
                closed.release();
              }

              @Override
              public void onFailure(EventSource eventSource, Throwable t, Response response) {
                failure.set(t);
                closed.release();
              }
            });
    assertThat(closed.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    assertThat(failure.get()).isNull();
    Eventually.await("the trace's end", () -> onlyTrace().status().isFinal());
    Trace trace = onlyTrace();
    assertThat(trace.sessionId()).isEqualTo("events");
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
  }

  private static MockResponse sse(String body) {
    return new MockResponse().setHeader("Content-Type", "text/event-stream").setBody(body);
  }
}
