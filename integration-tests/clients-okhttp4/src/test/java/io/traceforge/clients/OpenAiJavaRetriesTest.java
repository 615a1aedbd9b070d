package io.traceforge.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.errors.InternalServerException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** openai-java retries above OkHttp: each attempt is a call of its own, and a trace. */
class OpenAiJavaRetriesTest extends OpenAiJavaFixture {
  @Test
  void theAttemptsOfACallAreLinkedAndTheRefusalIsKept() {
    server.answers(
        Answer.json("openai-rate-limited.json").withStatus(429).with("Retry-After-Ms", "1"),
        Answer.json("openai-chat.json"));

    ChatCompletion answer = client.chat().completions().create(OpenAiRequests.chat());

    assertThat(answer.id()).isEqualTo("chatcmpl-plain-1");
    SessionTimeline timeline =
        traceForge.storage().getTimeline(session.getSessionId()).orElseThrow();
    assertThat(timeline.steps()).hasSize(1);
    assertThat(timeline.steps().get(0).calls()).hasSize(1);
    SessionTimeline.Call call = timeline.steps().get(0).calls().get(0);
    assertThat(call.status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(call.attempts())
        .extracting(Trace::status)
        .containsExactly(TraceStatus.ERROR, TraceStatus.SUCCESS);
    assertThat(call.attempts())
        .extracting(attempt -> attempt.metadata().retryCount())
        .containsExactly(0, 1);
    Trace refused = call.attempts().get(0);
    assertThat(refused.response().statusCode()).isEqualTo(429);
    assertThat(refused.error())
        .isEqualTo(
            TraceError.of(
                "tokens",
                "Rate limit reached for gpt-5-mini in this test.",
                "rate_limit_exceeded"));
    assertThat(call.usage().totalTokens()).isEqualTo(1302);
    SessionMetadata metadata = timeline.metadata();
    assertThat(metadata.totalTraces()).isEqualTo(2);
    assertThat(metadata.totalCalls()).isEqualTo(1);
    assertThat(metadata.retryCount()).isEqualTo(1);
  }

  @Test
  void aCallThatFailsForGoodHasThreeAttempts() {
    for (int i = 0; i < 3; i++) {
      server.answers(Answer.error(500, "down " + i).with("Retry-After-Ms", "1"));
    }

    assertThatThrownBy(() -> client.chat().completions().create(OpenAiRequests.chat()))
        .isInstanceOf(InternalServerException.class);

    List<Trace> attempts =
        traceForge
            .storage()
            .getTimeline(session.getSessionId())
            .orElseThrow()
            .steps()
            .get(0)
            .calls()
            .get(0)
            .attempts();
    assertThat(attempts)
        .extracting(Trace::error)
        .containsExactly(
            TraceError.of("test_error", "down 0", "c500"),
            TraceError.of("test_error", "down 1", "c500"),
            TraceError.of("test_error", "down 2", "c500"));
  }

  @Test
  void aRefusalThatIsNotRetriedIsOneErrorWithItsMessage() {
    server.answers(Answer.error(401, "Incorrect API key provided"));

    assertThatThrownBy(() -> client.chat().completions().create(OpenAiRequests.chat()))
        .isInstanceOf(UnauthorizedException.class);

    assertThat(trace().status()).isEqualTo(TraceStatus.ERROR);
    assertThat(trace().error().code()).isEqualTo("c401");
  }
}
