package io.traceforge.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** LangChain4j's OpenAI models over OkHttp. The OkHttp client serves all sessions. */
class LangChain4jTest extends ClientFixture {
  private OkHttpClient instrumented;
  private OpenAiChatModel model;

  @BeforeEach
  void instrument() {
    instrumented = TraceForgeOkHttp.instrument(new OkHttpClient(), traceForge);
    model =
        OpenAiChatModel.builder()
            .httpClientBuilder(new OkHttpForLangChain4j(instrumented))
            .baseUrl(server.url() + "/v1")
            .apiKey(KEY)
            .modelName(Told.OPENAI_MODEL)
            .build();
  }

  @Test
  void anAnswerIsRecordedToTheToken() {
    server.answers(Answer.json("openai-chat.json"));

    String answer = session.call(() -> model.chat("What is the capital of France?"));

    assertThat(answer).isEqualTo(Told.ANSWER);
    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(told(trace())).isEqualTo(Told.openAiChat("chatcmpl-plain-1"));
    assertThat(trace().response().body().text()).isEqualTo(Answer.text("openai-chat.json"));
  }

  @Test
  void toolCallsAreRecorded() {
    server.answers(Answer.json("openai-chat-tools.json"));

    ChatResponse answer = session.call(() -> model.chat(UserMessage.from("How do I get there?")));

    assertThat(answer.aiMessage().toolExecutionRequests())
        .extracting(ToolExecutionRequest::name)
        .containsExactly("weather", "flights");
    assertThat(told(trace())).isEqualTo(Told.openAiTools("chatcmpl-tools-1"));
  }

  @Test
  void aStreamBelongsToTheSessionOfTheThreadThatAsked() throws Exception {
    server.answers(Answer.events("openai-chat-stream.txt"));

    ChatResponse answer = session.call(this::askForStream).get(30, TimeUnit.SECONDS);

    assertThat(answer.aiMessage().text()).isEqualTo(Told.ANSWER);
    assertThat(server.requests().get(0).body()).contains("include_usage");
    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(told(trace())).isEqualTo(Told.openAiChat("chatcmpl-stream-1"));
    assertThat(trace().response().body().text()).isEqualTo(Answer.text("openai-chat-stream.txt"));
  }

  @Test
  void theAttemptsOfACallAreLinkedThoughNothingMarksThem() {
    server.answers(Answer.error(500, "down"), Answer.json("openai-chat.json"));

    session.run(() -> model.chat("What is the capital of France?"));

    SessionTimeline timeline =
        traceForge.storage().getTimeline(session.getSessionId()).orElseThrow();
    assertThat(timeline.metadata().totalCalls()).isEqualTo(1);
    SessionTimeline.Call call = timeline.steps().get(0).calls().get(0);
    assertThat(call.attempts())
        .extracting(Trace::status)
        .containsExactly(TraceStatus.ERROR, TraceStatus.SUCCESS);
    assertThat(call.attempts().get(0).error())
        .isEqualTo(TraceError.of("test_error", "down", "c500"));
  }

  @Test
  void aRefusalIsAnErrorWithItsMessage() {
    server.answers(Answer.error(401, "Incorrect API key provided"));

    assertThatThrownBy(() -> session.run(() -> model.chat("Hello")))
        .isInstanceOf(AuthenticationException.class);

    assertThat(trace().status()).isEqualTo(TraceStatus.ERROR);
    assertThat(trace().error().message()).isEqualTo("Incorrect API key provided");
  }

  private CompletableFuture<ChatResponse> askForStream() {
    CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
    OpenAiStreamingChatModel.builder()
        .httpClientBuilder(new OkHttpForLangChain4j(instrumented))
        .baseUrl(server.url() + "/v1")
        .apiKey(KEY)
        .modelName(Told.OPENAI_MODEL)
        .build()
        .chat(
            "What is the capital of France?",
            new StreamingChatResponseHandler() {
              @Override
              public void onCompleteResponse(ChatResponse response) {
                answer.complete(response);
              }

              @Override
              public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
              }
            });
    return answer;
  }
}
