package io.traceforge.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIIoException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** openai-java, answers that break off. */
class OpenAiJavaFailuresTest extends ClientFixture {
  private OpenAIClient client;

  private OpenAIClient clientWith(Duration timeout) {
    client =
        OpenAIOkHttpClient.builder()
            .apiKey(KEY)
            .baseUrl(server.url() + "/v1")
            .okHttpClient(TraceForgeOkHttp.instrument(new OkHttpClient(), session))
            .timeout(timeout)
            .maxRetries(0)
            .build();
    return client;
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void anErrorInTheMidstOfAStreamIsKept() {
    String error =
        "data: {\"error\":{\"message\":\"Overloaded.\",\"type\":\"server_error\",\"code\":null}}";
    Answer begun = Answer.events("openai-chat-stream.txt").first(2);
    server.answers(
        new Answer(
            200,
            Map.of("Content-Type", "text/event-stream"),
            List.of(begun.body(), error + "\n\n"),
            false));

    assertThatThrownBy(() -> drain(clientWith(Duration.ofMinutes(1))))
        .isInstanceOf(OpenAIException.class);

    assertThat(trace().status()).isEqualTo(TraceStatus.ERROR);
    assertThat(trace().error()).isEqualTo(TraceError.of("server_error", "Overloaded.", null));
    assertThat(trace().response().answerBody().text()).contains("Paris");
  }

  @Test
  void anAnswerThatDoesNotComeInTimeIsAnError() {
    server.answers(Answer.events("openai-chat-stream.txt").first(2).withoutEnd());

    assertThatThrownBy(() -> drain(clientWith(Duration.ofSeconds(2))))
        .isInstanceOf(OpenAIIoException.class);

    assertThat(trace().status()).isEqualTo(TraceStatus.ERROR);
    assertThat(trace().error().message()).isNotNull();
    assertThat(trace().metadata().responseId()).isEqualTo("chatcmpl-stream-1");
  }

  private static void drain(OpenAIClient client) {
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(OpenAiRequests.streamWithUsage())) {
      stream.stream().forEach(chunk -> {});
    }
  }
}
