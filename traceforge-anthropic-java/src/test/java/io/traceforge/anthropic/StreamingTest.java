package io.traceforge.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicIoException;
import com.anthropic.errors.SseException;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Calls that are answered with a stream of events. */
class StreamingTest extends AnthropicTestBase {

  @Test
  void aStreamIsPutTogetherToTheAnswerWithoutStreaming() {
    server.thenEvents(Wire.STREAM);
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(QUESTION)) {
      assertThat(text(stream)).isEqualTo("Bonjour 🌍");
    }

    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(trace.response().body().text()).isEqualTo(Wire.STREAM);
    JsonObject answer = assembled(trace);
    assertThat(answer.get("stop_reason").getAsString()).isEqualTo("end_turn");
    assertThat(content(answer).get(0).getAsJsonObject().get("text").getAsString())
        .isEqualTo("Bonjour 🌍");
    assertThat(trace.metadata().usage().inputTokens()).isEqualTo(1109);
    assertThat(trace.metadata().usage().outputTokens()).isEqualTo(12);
    assertThat(trace.metadata().timing().toFirstToken()).isNotNull();
  }

  @Test
  void thinkingAndToolCallsArePutTogetherFromTheirPieces() {
    server.thenEvents(Wire.TOOL_STREAM);
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(QUESTION)) {
      text(stream);
    }

    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
    JsonArray content = content(assembled(trace));
    assertThat(content.get(0).getAsJsonObject().get("thinking").getAsString())
        .isEqualTo("Flights, then.");
    JsonObject tool = content.get(1).getAsJsonObject();
    assertThat(tool.get("name").getAsString()).isEqualTo("search_flights");
    assertThat(tool.getAsJsonObject("input").get("to").getAsString()).isEqualTo("Paris");
    assertThat(trace.metadata().finishReasons()).containsExactly("tool_use");
    assertThat(trace.metadata().usage().outputTokens()).isEqualTo(30);
  }

  @Test
  void anEventIsThereBeforeTheNextOneIsSent() {
    CountDownLatch seen = new CountDownLatch(1);
    server.then(
        answer ->
            answer
                .startEvents()
                .send(Wire.BEGINNING)
                .await(seen)
                .send(Wire.STREAM.substring(Wire.BEGINNING.length()))
                .end());
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(QUESTION)) {
      Iterator<RawMessageStreamEvent> events = stream.stream().iterator();
      assertThat(events.next().isMessageStart()).isTrue();
      seen.countDown();
      events.forEachRemaining(event -> {});
    }
    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.SUCCESS);
  }

  @Test
  void aBrokenConnectionLeavesWhatHadComeAndTheCallersException() {
    server.thenEventsAndBreak(Wire.BEGINNING);
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(QUESTION)) {
      assertThatThrownBy(() -> text(stream))
          .isInstanceOf(AnthropicIoException.class)
          .hasMessage("Stream failed");
    }

    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.ERROR);
    assertThat(trace.error().type()).startsWith("java.");
    assertThat(trace.response().body().text()).isEqualTo(Wire.BEGINNING);
    assertThat(content(assembled(trace)).get(0).getAsJsonObject().get("text").getAsString())
        .isEqualTo("Bon");
    assertThat(trace.metadata().usage().outputTokens()).isNull();
  }

  @Test
  void anErrorInsideAStreamIsTheTracesError() {
    server.thenEvents(Wire.FAILING_STREAM);
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(QUESTION)) {
      assertThatThrownBy(() -> text(stream)).isInstanceOf(SseException.class);
    }

    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.ERROR);
    assertThat(onlyTrace().error().type()).isEqualTo("overloaded_error");
  }

  @Test
  void aStreamThatTheCallerClosesEarlyIsCancelled() {
    server.thenEventsAndSilence(Wire.BEGINNING);
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(QUESTION)) {
      assertThat(stream.stream().iterator().next().isMessageStart()).isTrue();
    }

    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.CANCELLED);
    assertThat(trace.response().body().text()).isEqualTo(Wire.BEGINNING);
  }

  @Test
  void aStreamClosedAfterItsLastEventIsASuccess() {
    CountDownLatch never = new CountDownLatch(1);
    server.then(answer -> answer.startEvents().send(Wire.STREAM).await(never));
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(QUESTION)) {
      Iterator<RawMessageStreamEvent> events = stream.stream().iterator();
      while (!events.next().isMessageStop()) {
        assertThat(events.hasNext()).isTrue();
      }
    }

    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.SUCCESS);
  }

  private static JsonObject assembled(Trace trace) {
    return JsonParser.parseString(trace.response().assembledBody().text()).getAsJsonObject();
  }

  private static JsonArray content(JsonObject answer) {
    return answer.getAsJsonArray("content");
  }
}
