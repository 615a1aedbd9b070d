package io.traceforge.okhttp;

import static io.traceforge.okhttp.ReplayFixture.replaying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.traceforge.SessionTracker;
import io.traceforge.export.BadLineException;
import io.traceforge.export.TraceExport;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recorded from a server, replayed without it, and recorded again. */
class ReplaySourcesTest extends OkHttpTestBase {
  private static final String ERROR = "{\"error\":{\"message\":\"Slow\",\"type\":\"rate_limit\"}}";
  private static final String TOOLS =
      CHAT_RESPONSE.replace(
          "\"content\":\"Hello\"",
          "\"tool_calls\":[{\"id\":\"t1\",\"type\":\"function\",\"function\":"
              + "{\"name\":\"weather\",\"arguments\":\"{}\"}}]");
  private static final String STREAM =
      """
      data: {"id":"c1","object":"chat.completion.chunk","model":"gpt-4o","choices":[{"index":0,"delta":{"content":"Hel"},"finish_reason":null}]}

      data: {"id":"c1","object":"chat.completion.chunk","model":"gpt-4o","choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}

      data: [DONE]

      """;

  @TempDir Path folder;

  /** An error that nobody reads, the next attempt with tool calls, a stream, a GET. */
  private void agent(OkHttpClient http, SessionTracker session) throws Exception {
    Request question = chat().header("Authorization", "Bearer sk-secret").build();
    http.newCall(question).execute().close();
    call(http, question);
    session.nextStep();
    session.setState("tool", "weather");
    call(http, question);
    call(http, get("/v1/models?key=secret").build());
  }

  private String record() throws Exception {
    server.enqueue(
        new MockResponse()
            .setResponseCode(429)
            .setHeader("Content-Type", "application/json")
            .setBody(ERROR));
    server.enqueue(chatAnswer().setBody(TOOLS));
    server.enqueue(
        new MockResponse()
            .setHeader("Content-Type", "text/event-stream")
            .setChunkedBody(STREAM, 7));
    server.enqueue(chatAnswer().setBody("{}"));
    String sessionId = recorded(TraceForgeOkHttp.instrument(plainClient(), traceForge));
    server.shutdown();
    return sessionId;
  }

  private String recorded(OkHttpClient http) throws Exception {
    return traceForge.runSession(
        session -> {
          session.call(
              () -> {
                agent(http, session);
                return session;
              });
          return session.getSessionId();
        });
  }

  private List<Trace> traces(String sessionId) {
    return traceForge.storage().listTracesBySession(sessionId);
  }

  private SessionMetadata session(String sessionId) {
    return traceForge.storage().getSessionMetadata(sessionId).orElseThrow();
  }

  /** Which of the two comes into the client first. */
  enum Order {
    RECORDER_FIRST,
    REPLAY_FIRST,
    RECORDER_ALONE
  }

  private OkHttpClient both(Order order, ReplayInterceptor replay) {
    return switch (order) {
      case RECORDER_FIRST ->
          TraceForgeOkHttp.instrument(plainClient(), traceForge)
              .newBuilder()
              .addInterceptor(replay)
              .build();
      case REPLAY_FIRST -> TraceForgeOkHttp.instrument(replaying(replay), traceForge);
      case RECORDER_ALONE ->
          plainClient()
              .newBuilder()
              .addInterceptor(TraceForgeOkHttp.interceptor(traceForge))
              .addInterceptor(replay)
              .build();
    };
  }

  @ParameterizedTest
  @EnumSource
  void aReplayedSessionIsRecordedAsItWas(Order order) throws Exception {
    String original = record();

    String again =
        recorded(both(order, ReplayInterceptor.ofSession(traceForge.storage(), original)));

    assertThat(again).isNotEqualTo(original);
    List<Trace> before = traces(original);
    List<Trace> after = traces(again);
    assertThat(before).hasSize(4);
    assertThat(after).extracting(Trace::request).isEqualTo(map(before, Trace::request));
    assertThat(after).extracting(Trace::status).isEqualTo(map(before, Trace::status));
    assertThat(after).extracting(Trace::error).isEqualTo(map(before, Trace::error));
    assertThat(after).extracting(Trace::stepIndex).isEqualTo(map(before, Trace::stepIndex));
    assertThat(after).extracting(Trace::stateJson).isEqualTo(map(before, Trace::stateJson));
    assertThat(map(after, trace -> trace.response().statusCode()))
        .isEqualTo(map(before, trace -> trace.response().statusCode()));
    assertThat(map(after, trace -> trace.response().body()))
        .isEqualTo(map(before, trace -> trace.response().body()));
    assertThat(map(after, trace -> trace.response().assembledBody()))
        .isEqualTo(map(before, trace -> trace.response().assembledBody()));
    assertThat(map(after, ReplaySourcesTest::told)).isEqualTo(map(before, ReplaySourcesTest::told));
    assertThat(session(again).status()).isEqualTo(session(original).status());
    assertThat(session(again).totalTokens()).isEqualTo(session(original).totalTokens());
    assertThat(session(again).retryCount()).isEqualTo(1);
    assertThat(traceForge.stats().internalErrors()).isZero();
  }

  private static Object told(Trace trace) {
    return List.of(
        trace.metadata().toolCalls(), trace.metadata().usage(), trace.metadata().finishReasons());
  }

  private static <T> List<T> map(List<Trace> traces, java.util.function.Function<Trace, T> part) {
    return traces.stream().map(part).toList();
  }

  @Test
  void theCallerSeesTheHeadersOfTheNewRecording() throws Exception {
    String original = record();
    OkHttpClient client =
        both(Order.REPLAY_FIRST, ReplayInterceptor.ofSession(traceForge.storage(), original));
    Answer answer = call(client, chat().build());
    assertThat(trace(answer.traceId()).sessionId()).isNotEqualTo(original);
    assertThat(answer.response().request().headers().names()).isEmpty();
  }

  @Test
  void withoutARecorderThereAreNoHeadersOfOurs() throws Exception {
    String original = record();
    OkHttpClient client = replaying(ReplayInterceptor.ofSession(traceForge.storage(), original));
    try (Response response = client.newCall(chat().build()).execute()) {
      assertThat(response.headers().names()).noneMatch(name -> name.startsWith("X-TraceForge"));
    }
  }

  @Test
  void aMissIsRecordedAsAnError() throws Exception {
    OkHttpClient client = both(Order.REPLAY_FIRST, ReplayInterceptor.of(List.of()));
    assertThatIOException()
        .isThrownBy(() -> call(client, chat().build()))
        .isInstanceOf(ReplayMissException.class);
    assertThat(onlyTrace().error().type()).isEqualTo(ReplayMissException.class.getName());
    assertThat(onlyTrace().request().body().text()).isEqualTo(CHAT_REQUEST);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void aFileIsReplayedToo() throws Exception {
    Path file = folder.resolve("session.jsonl");
    TraceExport.session(traceForge.storage(), record()).to(file);
    OkHttpClient client = replaying(ReplayInterceptor.ofFile(file));
    assertThat(call(client, chat().build()).body()).isEqualTo(ERROR);
    assertThat(call(client, chat().build()).body()).isEqualTo(TOOLS);
    assertThat(call(client, chat().build()).body()).isEqualTo(STREAM);
    assertThat(call(client, get("/v1/models?key=other").build()).body()).isEqualTo("{}");
  }

  @Test
  void aFileWithALineThatIsNoTraceIsRefused() throws Exception {
    Path file = folder.resolve("session.jsonl");
    TraceExport.session(traceForge.storage(), record()).to(file);
    Files.writeString(file, Files.readString(file) + "{}\n");
    assertThatIOException()
        .isThrownBy(() -> ReplayInterceptor.ofFile(file))
        .isInstanceOf(BadLineException.class)
        .withMessageStartingWith("line 5 of " + file);
  }

  @Test
  void aCallThatReachedNoServerIsReplayedByStepAlone() throws Exception {
    String url = server.url("/v1/chat/completions").toString();
    server.shutdown();
    OkHttpClient recording = TraceForgeOkHttp.instrument(plainClient(), traceForge);
    assertThatExceptionOfType(ConnectException.class)
        .isThrownBy(() -> call(recording, ReplayFixture.ask(url, "{}")));
    ReplayInterceptor.Builder replay = ReplayInterceptor.builder().traces(List.of(onlyTrace()));

    assertThatExceptionOfType(ReplayMissException.class)
        .isThrownBy(() -> ReplayFixture.answer(replaying(replay.build()), "{}"))
        .withMessageEndingWith("so only BY_STEP can replay it");
    OkHttpClient byStep = replaying(replay.matching(ReplayMatching.BY_STEP).build());
    assertThatExceptionOfType(ConnectException.class)
        .isThrownBy(() -> ReplayFixture.answer(byStep, "{}"));
  }

  @Test
  void aSessionThatIsNotStoredIsRefused() {
    StorageBackend storage = traceForge.storage();
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> ReplayInterceptor.ofSession(storage, "nope"))
        .withMessage("no session \"nope\"");
  }

  @Test
  void aReplayOfNothingIsRefusedButNotOneOfNoCalls() throws Exception {
    assertThatIllegalStateException()
        .isThrownBy(() -> ReplayInterceptor.builder().build())
        .withMessageContaining("call session, file or traces");
    traceForge.newSession("quiet").end();
    Path empty = Files.createFile(folder.resolve("empty.jsonl"));
    assertThat(ReplayInterceptor.ofSession(traceForge.storage(), "quiet").unused()).isEmpty();
    assertThat(ReplayInterceptor.ofFile(empty).unused()).isEmpty();
  }

  @Test
  void sourcesAreUsedOneAfterAnother() throws Exception {
    String original = record();
    ReplayInterceptor replay =
        ReplayInterceptor.builder()
            .traces(List.of(ReplayFixture.chat(CHAT_REQUEST, "by hand")))
            .session(traceForge.storage(), original)
            .build();
    assertThat(call(replaying(replay), chat().build()).body()).isEqualTo("by hand");
    assertThat(call(replaying(replay), chat().build()).body()).isEqualTo(ERROR);
  }
}
