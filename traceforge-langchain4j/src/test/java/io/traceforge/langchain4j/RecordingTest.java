package io.traceforge.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import io.traceforge.SessionHeaders;
import io.traceforge.SessionTracker;
import io.traceforge.adapter.Storages;
import io.traceforge.adapter.StubServer.Sent;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls that are answered with one document. */
class RecordingTest extends LangChain4jTestBase {

  @Test
  void aCallIsRecordedWithModelTokensAndText() {
    server.thenJson(200, Wire.ANSWER, "x-request-id", "req_1");
    assertThat(chat(recorded()).build().chat("Good day?")).isEqualTo("Bonjour");

    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(trace.request().method()).isEqualTo("POST");
    assertThat(trace.request().url()).isEqualTo(server.url() + "/v1/chat/completions");
    assertThat(trace.request().body().text()).isEqualTo(server.sent().get(0).body());
    assertThat(trace.request().body().mediaType()).isEqualTo("application/json");
    assertThat(trace.response().headers().get("x-request-id")).isEqualTo("req_1");
    assertThat(trace.response().body().text()).isEqualTo(Wire.ANSWER);
    assertThat(trace.metadata().provider()).isEqualTo("openai");
    assertThat(trace.metadata().responseModel()).isEqualTo("gpt-4o-mini-2024-07-18");
    assertThat(trace.metadata().usage().inputTokens()).isEqualTo(9);
    assertThat(trace.metadata().usage().cachedInputTokens()).isEqualTo(4);
    assertThat(trace.metadata().usage().totalTokens()).isEqualTo(11);
  }

  @Test
  void theServerHearsOfTheSessionAndTheCallerOfTheTrace() {
    server.thenJson(200, Wire.ANSWER);
    SessionTracker session = traceForge.startSession();
    session.nextStep();
    session.setState("customer", "Ada");
    ChatModel model = chat(TraceForgeLangChain4j.instrument(recorded(), session)).build();
    var metadata =
        (OpenAiChatResponseMetadata) model.chat(UserMessage.from("Good day?")).metadata();

    Sent sent = server.sent().get(0);
    assertThat(sent.header(SessionHeaders.SESSION_ID)).isEqualTo(session.getSessionId());
    assertThat(sent.header(SessionHeaders.STEP_INDEX)).isEqualTo("1");
    assertThat(sent.header(SessionHeaders.STATE)).isNull();
    Trace trace = onlyTrace();
    assertThat(trace.stateJson()).isEqualTo("{\"customer\":\"Ada\"}");
    assertThat(metadata.rawHttpResponse().headers().get(SessionHeaders.TRACE_ID))
        .containsExactly(trace.id());
    assertThat(trace.request().headers().get(SessionHeaders.SESSION_ID)).isNull();
  }

  @Test
  void anErrorKeepsWhatTheProviderSaid() {
    server.thenJson(404, Wire.INVALID);

    assertThatThrownBy(() -> chat(recorded()).build().chat("Good day?"))
        .isInstanceOf(ModelNotFoundException.class);
    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.ERROR);
    assertThat(trace.response().statusCode()).isEqualTo(404);
    assertThat(trace.response().body().text()).isEqualTo(Wire.INVALID);
    assertThat(trace.error().message()).isEqualTo("No such model");
    assertThat(trace.error().code()).isEqualTo("model_not_found");
  }

  @Test
  void eachAttemptIsATraceOfOneCall() {
    server.thenJson(429, Wire.RATE_LIMIT).thenJson(200, Wire.ANSWER);
    SessionTracker session = traceForge.startSession();
    ChatModel model = chat(recorded()).maxRetries(1).build();
    assertThat(session.call(() -> model.chat("Good day?"))).isEqualTo("Bonjour");

    List<Trace> traces = traceForge.storage().listTracesBySession(session.getSessionId());
    assertThat(traces)
        .extracting(Trace::status)
        .containsExactly(TraceStatus.ERROR, TraceStatus.SUCCESS);
    assertThat(traces.get(0).error().message()).isEqualTo("Too many");
    SessionTimeline timeline =
        traceForge.storage().getTimeline(session.getSessionId()).orElseThrow();
    assertThat(timeline.steps().get(0).calls()).hasSize(1);
  }

  @Test
  void aTimeoutIsAnError() {
    server.then(answer -> answer.silence());

    assertThatThrownBy(
            () -> chat(recorded()).timeout(Duration.ofMillis(200)).build().chat("Good day?"))
        .isInstanceOf(TimeoutException.class);
    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.ERROR);
    assertThat(onlyTrace().error().type()).isEqualTo("java.net.http.HttpTimeoutException");
  }

  @Test
  void aServerThatIsNotThereIsAnErrorWithItsCause() {
    server.close();

    assertThatThrownBy(() -> chat(recorded()).build().chat("Good day?")).isNotNull();
    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.ERROR);
    assertThat(onlyTrace().error().type()).isEqualTo("java.net.ConnectException");
  }

  @Test
  void theSessionIsThatOfTheThreadThatMadeTheCall() {
    server.thenJson(200, Wire.ANSWER).thenJson(200, Wire.ANSWER);
    ChatModel model = chat(recorded()).build();
    SessionTracker first = traceForge.startSession();
    SessionTracker second = traceForge.startSession();
    first.run(() -> model.chat("Good day?"));
    second.run(() -> model.chat("Good day?"));

    assertThat(traceForge.storage().listTracesBySession(first.getSessionId())).hasSize(1);
    assertThat(traceForge.storage().listTracesBySession(second.getSessionId())).hasSize(1);
  }

  @Test
  void headersThatTheCallerManagesAreLeftToHim() {
    server.thenJson(200, Wire.ANSWER);
    SessionTracker manual = new SessionTracker("manual");
    manual.setState("customer", "Ada");
    chat(recorded()).customHeaders(manual::getHeaders).build().chat("Good day?");

    assertThat(onlyTrace().sessionId()).isEqualTo("manual");
    assertThat(onlyTrace().stateJson()).isEqualTo("{\"customer\":\"Ada\"}");
    assertThat(server.sent().get(0).header(SessionHeaders.STATE)).isNotNull();
  }

  @Test
  void theKeyIsNotInTheFilesOfTheDatabase() throws Exception {
    server.thenJson(200, Wire.ANSWER).thenEvents(Wire.STREAM).thenJson(404, Wire.INVALID);
    chat(recorded()).build().chat("Good day?");
    streamed(recorded());
    assertThatThrownBy(() -> chat(recorded()).build().chat("Good day?")).isNotNull();

    assertThat(server.sent()).allMatch(sent -> sent.header("Authorization").contains(KEY));
    assertThat(traces()).hasSize(3);
    assertThat(Storages.filesWith(folder, KEY)).isEmpty();
    assertThat(Storages.filesWith(folder, "Good day?")).isNotEmpty();
  }
}
