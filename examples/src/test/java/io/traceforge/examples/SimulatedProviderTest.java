package io.traceforge.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedProviderTest {
  private final OkHttpClient client = new OkHttpClient();
  private final SimulatedProvider simulated = SimulatedProvider.start();
  private final Provider provider = Provider.simulated(simulated);

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void everyAnswerSaysThatItIsSimulated() throws IOException {
    Request request = provider.request(Conversation.asking("Hello"));
    try (Response response = client.newCall(request).execute()) {
      JsonObject answer = JsonParser.parseString(response.body().string()).getAsJsonObject();
      assertThat(response.header("X-Simulated-Provider")).isEqualTo("true");
      assertThat(answer.get("model").getAsString()).isEqualTo("simulated-model");
      assertThat(answer.get("system_fingerprint").getAsString()).isEqualTo("fp_simulated");
      assertThat(answer.getAsJsonArray("choices").toString()).contains("[simulated]");
      assertThat(answer.getAsJsonObject("usage").get("total_tokens").getAsInt()).isPositive();
    }
  }

  @Test
  void itCallsTheToolsThatItIsOffered() throws IOException {
    Conversation conversation =
        Conversation.asking("What is the weather?")
            .offer("weather", "Knows the weather", Map.of("city", "Paris"))
            .offer("time", "Knows the time", Map.of());

    List<Answer.ToolCall> calls = new Chat(client, provider).ask(conversation).toolCalls();

    assertThat(calls).extracting(Answer.ToolCall::name).containsExactly("weather", "time");
    assertThat(calls.get(0).arguments()).hasToString("{\"city\":\"Paris\"}");
    assertThat(calls).extracting(Answer.ToolCall::id).doesNotHaveDuplicates();
  }

  @Test
  void aStreamHoldsTheSameToolCalls() throws IOException {
    Conversation conversation =
        Conversation.asking("What is the weather?")
            .offer("weather", "Knows the weather", Map.of("city", "Paris"));
    try (Response response = client.newCall(provider.streamRequest(conversation)).execute()) {
      assertThat(response.header("Content-Type")).isEqualTo("text/event-stream");
      assertThat(response.body().string())
          .contains("\"name\":\"weather\"")
          .contains("\"finish_reason\":\"tool_calls\"")
          .contains("\"usage\":{")
          .endsWith("data: [DONE]\n\n");
    }
  }

  @Test
  void itRefusesWhatIsNoChatRequest() throws IOException {
    assertThat(statusOf("/chat/completions", "no JSON")).isEqualTo(400);
    assertThat(statusOf("/chat/completions", "{}")).isEqualTo(400);
    assertThat(statusOf("/embeddings", "{}")).isEqualTo(404);
  }

  private int statusOf(String path, String body) throws IOException {
    Request request =
        new Request.Builder()
            .url(simulated.baseUrl() + path)
            .post(RequestBody.create(body, MediaType.get("application/json")))
            .build();
    try (Response response = client.newCall(request).execute()) {
      return response.code();
    }
  }
}
