package io.traceforge.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ClientException;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** google-genai, with answers in one piece and in streams. */
class GoogleGenAiTest extends ClientFixture {
  private static final TraceMetadata TOLD =
      TraceMetadata.builder()
          .provider("gcp.gemini")
          .operation("chat")
          .requestModel("gemini-3-flash")
          .responseModel("gemini-3-flash-002")
          .responseId("gemini-test-1")
          .finishReasons(List.of("STOP"))
          .toolCalls(List.of(ToolCall.of("fc-1", "weather", "{\"city\":\"Paris\"}")))
          .usage(Told.usage(34, 70, 104).cachedInputTokens(16L).reasoningTokens(58L).build())
          .build();

  private Client client;

  @BeforeEach
  void instrument() {
    client = over(TraceForgeOkHttp.instrument(new OkHttpClient(), session));
  }

  private Client over(OkHttpClient instrumented) {
    return Client.builder()
        .apiKey(KEY)
        .httpOptions(
            HttpOptions.builder()
                .baseUrl(server.url())
                .retryOptions(HttpRetryOptions.builder().initialDelay(0.001).jitter(0.0))
                .build())
        .clientOptions(ClientOptions.builder().customHttpClient(instrumented).build())
        .build();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void anAnswerIsRecordedToTheToken() {
    server.answers(Answer.json("gemini-answer.json"));

    GenerateContentResponse answer = ask();

    assertThat(answer.parts().get(0).text()).contains(Told.ANSWER);
    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(told(trace())).isEqualTo(TOLD);
    assertThat(trace().response().body().text()).isEqualTo(Answer.text("gemini-answer.json"));
  }

  @Test
  void aStreamIsRecordedToTheTokenAndPutTogether() {
    server.answers(Answer.events("gemini-stream.txt"));
    List<GenerateContentResponse> pieces = new ArrayList<>();

    try (ResponseStream<GenerateContentResponse> stream =
        client.models.generateContentStream("gemini-3-flash", "Capital of France?", null)) {
      stream.forEach(pieces::add);
    }

    assertThat(pieces).hasSize(3);
    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(told(trace())).isEqualTo(TOLD);
    assertThat(trace().response().body().text()).isEqualTo(Answer.text("gemini-stream.txt"));
    assertThat(trace().response().answerBody().text()).contains(Told.ANSWER);
  }

  @Test
  void aStreamThatTheProgramLeavesIsCancelledAndKeepsWhatCame() {
    server.answers(Answer.events("gemini-stream.txt").first(1).withoutEnd());

    try (ResponseStream<GenerateContentResponse> stream =
        client.models.generateContentStream("gemini-3-flash", "Capital of France?", null)) {
      assertThat(stream.iterator().next().text()).isEqualTo("Paris");
    }

    assertThat(trace().status()).isEqualTo(TraceStatus.CANCELLED);
    assertThat(trace().metadata().responseId()).isEqualTo("gemini-test-1");
  }

  @Test
  void anAsynchronousCallBelongsToTheSessionOfTheThreadThatAsked() throws Exception {
    server.answers(Answer.json("gemini-answer.json"));

    try (Client shared = over(TraceForgeOkHttp.instrument(new OkHttpClient(), traceForge))) {
      session
          .call(
              () ->
                  shared.async.models.generateContent("gemini-3-flash", "Capital of France?", null))
          .get(30, TimeUnit.SECONDS);
    }

    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(told(trace())).isEqualTo(TOLD);
  }

  /** The client retries below the recording interceptor, in one OkHttp call. */
  @Test
  void allAttemptsOfACallAreOneTraceWithTheLastAnswer() {
    server.answers(
        Answer.json("gemini-rate-limited.json").withStatus(429), Answer.json("gemini-answer.json"));

    ask();

    assertThat(server.requests()).hasSize(2);
    Trace trace = trace();
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(told(trace)).isEqualTo(TOLD);
    assertThat(trace.request().body().text()).isEqualTo(server.requests().get(1).body());
  }

  @Test
  void aRefusalIsAnErrorWithItsMessage() {
    server.answers(Answer.json("gemini-rate-limited.json").withStatus(400));

    assertThatThrownBy(this::ask).isInstanceOf(ClientException.class);

    assertThat(trace().status()).isEqualTo(TraceStatus.ERROR);
    assertThat(trace().error())
        .isEqualTo(TraceError.of("RESOURCE_EXHAUSTED", "Quota exceeded for this test.", "429"));
  }

  private GenerateContentResponse ask() {
    return client.models.generateContent("gemini-3-flash", "Capital of France?", null);
  }
}
