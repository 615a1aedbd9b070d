package io.traceforge.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Client;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.GenerateContentResponse;
import com.google.gson.JsonObject;
import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.trace.TraceStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retrofit2.Retrofit;
import retrofit2.converter.gson.GsonConverterFactory;

/** The code of docs/clients.md: what is written there stands here, and runs. */
class SnippetsTest extends ClientFixture {
  private final String key = KEY;
  private String baseUrl;

  @BeforeEach
  void prepare() {
    baseUrl = server.url() + "/v1/";
    System.setProperty("openai.apiKey", KEY);
    System.setProperty("openai.baseUrl", server.url() + "/v1");
    Client.setDefaultBaseUrls(Optional.of(server.url()), Optional.empty());
  }

  @AfterEach
  void everySnippetRecordsOneCall() {
    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(trace().metadata().tokensUsed()).isPositive();
    System.clearProperty("openai.apiKey");
    System.clearProperty("openai.baseUrl");
    Client.setDefaultBaseUrls(Optional.empty(), Optional.empty());
  }

  @Test
  void openAiJava() {
    server.answers(Answer.json("openai-chat.json"));
    ChatCompletionCreateParams question = OpenAiRequests.chat();

    OkHttpClient http = TraceForgeOkHttp.instrument(new OkHttpClient(), session);
    OpenAIClient openAi =
        OpenAIOkHttpClient.builder()
            .fromEnv()
            .okHttpClient(http)
            .timeout(Duration.ofMinutes(10))
            .build();
    ChatCompletion answer = openAi.chat().completions().create(question);

    assertThat(answer.id()).isEqualTo("chatcmpl-plain-1");
  }

  @Test
  void openAiJavaAsynchronously() {
    server.answers(Answer.json("openai-chat.json"));

    OkHttpClient shared = TraceForgeOkHttp.instrument(new OkHttpClient(), traceForge);
    OpenAIClientAsync openAi =
        OpenAIOkHttpClientAsync.builder()
            .fromEnv()
            .okHttpClient(shared)
            .timeout(Duration.ofMinutes(10))
            .build();
    ChatCompletionCreateParams.Builder question =
        ChatCompletionCreateParams.builder()
            .model("gpt-5-mini")
            .addUserMessage("What is the capital of France?");
    session.getHeaders().forEach(question::putAdditionalHeader);
    CompletableFuture<ChatCompletion> answer = openAi.chat().completions().create(question.build());

    assertThat(answer.join().id()).isEqualTo("chatcmpl-plain-1");
  }

  @Test
  void googleGenAi() {
    server.answers(Answer.json("gemini-answer.json"));

    OkHttpClient http =
        TraceForgeOkHttp.instrument(
            new OkHttpClient.Builder().readTimeout(Duration.ofMinutes(10)).build(), session);
    Client gemini =
        Client.builder()
            .apiKey(key)
            .clientOptions(ClientOptions.builder().customHttpClient(http).build())
            .build();
    GenerateContentResponse answer =
        gemini.models.generateContent("gemini-3-flash", "What is the capital of France?", null);

    assertThat(answer.responseId()).contains("gemini-test-1");
  }

  @Test
  void retrofit() throws Exception {
    server.answers(Answer.json("openai-chat.json"));
    JsonObject question = RetrofitTest.question();

    OkHttpClient shared = TraceForgeOkHttp.instrument(new OkHttpClient(), traceForge);
    Retrofit retrofit =
        new Retrofit.Builder()
            .baseUrl(baseUrl)
            .client(shared)
            .addConverterFactory(GsonConverterFactory.create())
            .build();

    OpenAiApi api = retrofit.create(OpenAiApi.class);
    session.call(() -> api.chat("Bearer " + key, question).execute());
  }

  @Test
  void langChain4j() {
    server.answers(Answer.json("openai-chat.json"));

    OkHttpClient shared = TraceForgeOkHttp.instrument(new OkHttpClient(), traceForge);
    ChatModel model =
        OpenAiChatModel.builder()
            .httpClientBuilder(new OkHttpForLangChain4j(shared))
            .baseUrl(baseUrl)
            .apiKey(key)
            .modelName("gpt-5-mini")
            .build();
    String answer = session.call(() -> model.chat("What is the capital of France?"));

    assertThat(answer).isEqualTo(Told.ANSWER);
  }
}
