package io.traceforge.clients.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.clients.Answer;
import io.traceforge.clients.ClientFixture;
import io.traceforge.clients.Told;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceStatus;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import okhttp3.Interceptor;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** Spring AI's OpenAI model, which takes an OkHttp interceptor. */
class SpringAiTest extends ClientFixture {
  private static final Prompt QUESTION = new Prompt("What is the capital of France?");

  private OpenAiChatModel model(Interceptor interceptor) {
    return OpenAiChatModel.builder()
        .httpClientBuilderCustomizer(builder -> builder.interceptor(interceptor))
        .options(
            OpenAiChatOptions.builder()
                .apiKey(KEY)
                .baseUrl(server.url() + "/v1")
                .model(Told.OPENAI_MODEL)
                .streamUsage(true)
                .build())
        .build();
  }

  private OpenAiChatModel bound() {
    return model(TraceForgeOkHttp.interceptor(session));
  }

  private OpenAiChatModel shared() {
    return model(TraceForgeOkHttp.interceptor(traceForge));
  }

  @Test
  void anAnswerIsRecordedToTheToken() {
    server.answers(Answer.json("openai-chat.json"));

    ChatResponse answer = bound().call(QUESTION);

    assertThat(answer.getResult().getOutput().getText()).isEqualTo(Told.ANSWER);
    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(told(trace()))
        .isEqualTo(Told.openAiChat("chatcmpl-plain-1").toBuilder().retryCount(0).build());
    assertThat(trace().response().body().text()).isEqualTo(Answer.text("openai-chat.json"));
  }

  @Test
  void toolCallsAreRecorded() {
    server.answers(Answer.json("openai-chat-tools.json"));

    ChatResponse answer = bound().call(QUESTION);

    assertThat(answer.getResult().getOutput().getToolCalls())
        .extracting(AssistantMessage.ToolCall::name)
        .containsExactly("weather", "flights");
    assertThat(told(trace()))
        .isEqualTo(Told.openAiTools("chatcmpl-tools-1").toBuilder().retryCount(0).build());
  }

  @Test
  void aStreamIsRecordedToTheToken() {
    server.answers(Answer.events("openai-chat-stream.txt"));

    assertThat(textOf(bound())).isEqualTo(Told.ANSWER);

    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(told(trace()))
        .isEqualTo(Told.openAiChat("chatcmpl-stream-1").toBuilder().retryCount(0).build());
  }

  @Test
  void aModelForAllSessionsSeesTheSessionOfTheThreadThatCalls() {
    server.answers(Answer.json("openai-chat.json"));
    OpenAiChatModel model = shared();

    session.run(() -> model.call(QUESTION));

    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
  }

  /** It runs on a thread of OkHttp's, and an interceptor sees no more than that. */
  @Test
  void aStreamOfAModelForAllSessionsIsASessionOfItsOwn() {
    server.answers(Answer.events("openai-chat-stream.txt"));
    OpenAiChatModel model = shared();

    session.run(() -> textOf(model));

    assertThat(traces()).isEmpty();
    assertThat(traceForge.storage().listTraces(TraceQuery.all()).items())
        .extracting(Trace::status)
        .containsExactly(TraceStatus.SUCCESS);
  }

  @Test
  void theAttemptsOfACallAreLinked() {
    server.answers(
        Answer.json("openai-rate-limited.json").withStatus(429).with("Retry-After-Ms", "1"),
        Answer.json("openai-chat.json"));

    bound().call(QUESTION);

    SessionTimeline timeline =
        traceForge.storage().getTimeline(session.getSessionId()).orElseThrow();
    assertThat(timeline.metadata().totalCalls()).isEqualTo(1);
    List<Trace> attempts = timeline.steps().get(0).calls().get(0).attempts();
    assertThat(attempts)
        .extracting(Trace::status)
        .containsExactly(TraceStatus.ERROR, TraceStatus.SUCCESS);
    assertThat(attempts.get(0).error().code()).isEqualTo("rate_limit_exceeded");
  }

  @Test
  void aRefusalIsAnErrorWithItsMessage() {
    server.answers(Answer.error(401, "Incorrect API key provided"));

    assertThatThrownBy(() -> bound().call(QUESTION)).hasMessageContaining("Incorrect API key");

    assertThat(trace().error())
        .isEqualTo(TraceError.of("test_error", "Incorrect API key provided", "c401"));
  }

  private static String textOf(OpenAiChatModel model) {
    return model.stream(QUESTION).collectList().block(Duration.ofSeconds(30)).stream()
        .filter(piece -> piece.getResult() != null)
        .map(piece -> piece.getResult().getOutput().getText())
        .filter(text -> text != null)
        .collect(Collectors.joining());
  }
}
