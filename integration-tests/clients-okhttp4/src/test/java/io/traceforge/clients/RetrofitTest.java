package io.traceforge.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.trace.TraceStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.converter.gson.GsonConverterFactory;

/** Retrofit with an interface in the shape of OpenAI's. The OkHttp client serves all sessions. */
class RetrofitTest extends ClientFixture {
  private OpenAiApi api;

  @BeforeEach
  void instrument() {
    api =
        new Retrofit.Builder()
            .baseUrl(server.url() + "/v1/")
            .client(TraceForgeOkHttp.instrument(new OkHttpClient(), traceForge))
            .addConverterFactory(GsonConverterFactory.create())
            .build()
            .create(OpenAiApi.class);
  }

  @Test
  void aCallThatIsExecutedIsRecordedToTheToken() throws Exception {
    server.answers(Answer.json("openai-chat.json"));

    Response<OpenAiApi.Completion> answer =
        session.call(() -> api.chat("Bearer " + KEY, question()).execute());

    assertThat(answer.body().choices().get(0).message().content()).isEqualTo(Told.ANSWER);
    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(told(trace())).isEqualTo(Told.openAiChat("chatcmpl-plain-1"));
    assertThat(trace().response().body().text()).isEqualTo(Answer.text("openai-chat.json"));
  }

  @Test
  void aCallThatIsEnqueuedBelongsToTheSessionOfTheThreadThatAsked() throws Exception {
    server.answers(Answer.json("openai-chat-tools.json"));

    CompletableFuture<OpenAiApi.Completion> answer =
        session.call(() -> api.chatLater("Bearer " + KEY, question()));

    assertThat(answer.get(30, TimeUnit.SECONDS).choices()).hasSize(1);
    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(told(trace())).isEqualTo(Told.openAiTools("chatcmpl-tools-1"));
  }

  @Test
  void aStreamThatIsReadToDoneIsASuccess() throws Exception {
    server.answers(Answer.events("openai-chat-stream.txt").withoutEnd());

    Response<ResponseBody> answer =
        session.call(() -> api.stream("Bearer " + KEY, question()).execute());
    try (ResponseBody body = answer.body()) {
      assertThat(body.source().readUtf8Line()).startsWith("data: {");
      while (!body.source().readUtf8LineStrict().equals("data: [DONE]")) {}
    }

    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(told(trace())).isEqualTo(Told.openAiChat("chatcmpl-stream-1"));
  }

  @Test
  void aRefusalIsAnErrorWithItsMessageAndTheProgramReadsItToo() throws Exception {
    server.answers(Answer.json("openai-rate-limited.json").withStatus(429));

    Response<OpenAiApi.Completion> answer =
        session.call(() -> api.chat("Bearer " + KEY, question()).execute());

    assertThat(answer.errorBody().string()).isEqualTo(Answer.text("openai-rate-limited.json"));
    assertThat(trace().status()).isEqualTo(TraceStatus.ERROR);
    assertThat(trace().error().code()).isEqualTo("rate_limit_exceeded");
  }

  static JsonObject question() {
    return JsonParser.parseString(
            """
            {
              "model": "gpt-5-mini",
              "messages": [{"role": "user", "content": "What is the capital of France?"}]
            }
            """)
        .getAsJsonObject();
  }
}
