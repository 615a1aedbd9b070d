package io.traceforge.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** openai-java, calls that are answered in one piece. */
class OpenAiJavaTest extends OpenAiJavaFixture {
  @Test
  void aChatCompletionIsRecordedToTheToken() {
    server.answers(Answer.json("openai-chat.json"));
    session.setState("question", "capital");

    ChatCompletion answer = client.chat().completions().create(OpenAiRequests.chat());

    assertThat(answer.choices().get(0).message().content()).contains(Told.ANSWER);
    Trace trace = trace();
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(trace.error()).isNull();
    assertThat(told(trace))
        .isEqualTo(Told.openAiChat("chatcmpl-plain-1").toBuilder().retryCount(0).build());
    assertThat(trace.request().body().text()).isEqualTo(server.requests().get(0).body());
    assertThat(trace.response().body().text()).isEqualTo(Answer.text("openai-chat.json"));
    assertThat(trace.stateJson()).isEqualTo("{\"question\":\"capital\"}");
  }

  @Test
  void toolCallsAreRecordedAtTheStepThatAskedForThem() {
    server.answers(Answer.json("openai-chat.json"), Answer.json("openai-chat-tools.json"));

    client.chat().completions().create(OpenAiRequests.chat());
    session.nextStep();
    ChatCompletion answer = client.chat().completions().create(OpenAiRequests.chat());

    assertThat(answer.choices().get(0).message().toolCalls().orElseThrow()).hasSize(2);
    assertThat(traces()).extracting(Trace::stepIndex).containsExactly(0, 1);
    assertThat(told(traces().get(1)))
        .isEqualTo(Told.openAiTools("chatcmpl-tools-1").toBuilder().retryCount(0).build());
    session.end();
    SessionMetadata metadata =
        traceForge.storage().getSessionMetadata(session.getSessionId()).orElseThrow();
    assertThat(metadata.status()).isEqualTo(SessionStatus.COMPLETED);
    assertThat(metadata.totalSteps()).isEqualTo(2);
    assertThat(metadata.totalTokens()).isEqualTo(1302 + 137);
  }

  @Test
  void aResponseOfTheResponsesApiIsRecordedToTheToken() {
    server.answers(Answer.json("openai-responses.json"));

    Response answer = client.responses().create(OpenAiRequests.response());

    assertThat(answer.output()).hasSize(3);
    Trace trace = trace();
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(told(trace))
        .isEqualTo(OpenAiRequests.toldResponse().toBuilder().retryCount(0).build());
    assertThat(trace.metadata().toolCalls())
        .containsExactly(ToolCall.of("call_weather_1", "weather", "{\"city\":\"Paris\"}"));
  }

  @Test
  void embeddingsAreRecordedInWhicheverEncodingTheClientAskedFor() {
    server.answers(Answer.json("openai-embeddings-base64.json"));

    CreateEmbeddingResponse answer =
        client
            .embeddings()
            .create(
                EmbeddingCreateParams.builder()
                    .model("text-embedding-3-small")
                    .input("Paris")
                    .build());

    assertThat(server.requests().get(0).json().get("encoding_format").getAsString())
        .isEqualTo("base64");
    assertThat(answer.data().get(0).embedding()).isEqualTo(List.of(0.25f, -0.5f, 0.125f));
    Trace trace = trace();
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(told(trace))
        .isEqualTo(
            Told.openAi("embeddings", null)
                .requestModel("text-embedding-3-small")
                .responseModel("text-embedding-3-small")
                .usage(TokenUsage.builder().inputTokens(7L).totalTokens(7L).build())
                .retryCount(0)
                .build());
  }

  @Test
  void anAnswerIsASuccessThoughTheClientNeverSeesTheBodysEnd() {
    server.answers(Answer.json("openai-chat.json").withoutEnd());

    ChatCompletion answer = client.chat().completions().create(OpenAiRequests.chat());

    assertThat(answer.id()).isEqualTo("chatcmpl-plain-1");
    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(trace().metadata().tokensUsed()).isEqualTo(1302);
  }

  @Test
  void theInterceptorAloneRecordsTheSameAndLeavesTheClientItsTimeouts() {
    server.answers(Answer.json("openai-chat.json"));

    OpenAIClient other =
        OpenAIOkHttpClient.builder()
            .apiKey(KEY)
            .baseUrl(server.url() + "/v1")
            .addInterceptor(TraceForgeOkHttp.interceptor(session))
            .build();
    other.chat().completions().create(OpenAiRequests.chat());
    other.close();

    assertThat(server.requests().get(0).header("X-Stainless-Read-Timeout")).isEqualTo("600");
    assertThat(told(trace()))
        .isEqualTo(Told.openAiChat("chatcmpl-plain-1").toBuilder().retryCount(0).build());
  }
}
