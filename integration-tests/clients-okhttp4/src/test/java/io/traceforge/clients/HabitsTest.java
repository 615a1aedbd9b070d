package io.traceforge.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Client;
import com.google.genai.types.ClientOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import io.traceforge.okhttp.TraceForgeOkHttp;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** What docs/clients.md warns of is still so. */
class HabitsTest extends ClientFixture {

  @Test
  void openAiJavaTakesTheTimeoutsOfTheOkHttpClientItIsGivenUnlessItIsToldSome() {
    assertThat(readTimeoutOf(openAi().build())).isEqualTo("600");
    assertThat(readTimeoutOf(openAi().okHttpClient(new OkHttpClient()).build())).isEqualTo("10");
    assertThat(
            readTimeoutOf(
                openAi().okHttpClient(new OkHttpClient()).timeout(Duration.ofMinutes(10)).build()))
        .isEqualTo("600");
  }

  @Test
  void openAiJavaLeavesTheOkHttpClientThatItWasGivenOpen() {
    OkHttpClient shared = new OkHttpClient();

    openAi().okHttpClient(TraceForgeOkHttp.instrument(shared, session)).build().close();

    assertThat(shared.dispatcher().executorService().isShutdown()).isFalse();
  }

  @Test
  void googleGenAiShutsDownTheDispatcherOfTheOkHttpClientThatItWasGiven() {
    OkHttpClient shared = new OkHttpClient();
    OkHttpClient http = TraceForgeOkHttp.instrument(shared, session);

    Client.builder()
        .apiKey(KEY)
        .clientOptions(ClientOptions.builder().customHttpClient(http).build())
        .build()
        .close();

    assertThat(shared.dispatcher().executorService().isShutdown()).isTrue();
  }

  private OpenAIOkHttpClient.Builder openAi() {
    return OpenAIOkHttpClient.builder().apiKey(KEY).baseUrl(server.url() + "/v1");
  }

  private String readTimeoutOf(OpenAIClient client) {
    server.answers(Answer.json("openai-chat.json"));
    client.chat().completions().create(OpenAiRequests.chat());
    client.close();
    return server.requests().get(server.requests().size() - 1).header("X-Stainless-Read-Timeout");
  }
}
