package io.traceforge.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.responses.ResponseStreamEvent;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** openai-java, streams. */
class OpenAiJavaStreamTest extends OpenAiJavaFixture {
  @Test
  void aStreamIsRecordedToTheTokenAndPutTogether() {
    server.answers(Answer.events("openai-chat-stream.txt"));

    assertThat(textOfStream()).isEqualTo(Told.ANSWER);

    Trace trace = trace();
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(told(trace))
        .isEqualTo(Told.openAiChat("chatcmpl-stream-1").toBuilder().retryCount(0).build());
    assertThat(trace.response().body().text()).isEqualTo(Answer.text("openai-chat-stream.txt"));
    assertThat(trace.response().answerBody().json().orElseThrow().toString())
        .contains("\"content\":\"" + Told.ANSWER + "\"");
    assertThat(trace.metadata().timing().toFirstToken()).isNotNull();
  }

  @Test
  void aStreamIsASuccessThoughTheServerLeavesItOpenAfterDone() {
    server.answers(Answer.events("openai-chat-stream.txt").withoutEnd());

    assertThat(textOfStream()).isEqualTo(Told.ANSWER);

    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(trace().metadata().tokensUsed()).isEqualTo(1302);
  }

  @Test
  void aStreamNobodyAskedTheUsageOfHasUnknownUsage() {
    server.answers(Answer.events("openai-chat-stream-without-usage.txt"));

    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(OpenAiRequests.chat())) {
      assertThat(textOf(stream)).isEqualTo(Told.ANSWER);
    }

    assertThat(server.requests().get(0).json().has("stream_options")).isFalse();
    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(trace().metadata().usage()).isEqualTo(TokenUsage.unknown());
    assertThat(trace().metadata().finishReasons()).containsExactly("stop");
  }

  @Test
  void toolCallsOfAStreamAreJoined() {
    server.answers(Answer.events("openai-chat-stream-tools.txt"));

    textOfStream();

    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(told(trace()))
        .isEqualTo(Told.openAiTools("chatcmpl-stream-tools-1").toBuilder().retryCount(0).build());
  }

  @Test
  void aStreamThatTheProgramLeavesIsCancelledAndKeepsWhatCame() {
    server.answers(Answer.events("openai-chat-stream.txt").first(3).withoutEnd());

    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(OpenAiRequests.streamWithUsage())) {
      assertThat(stream.stream().limit(3)).hasSize(3);
    }

    assertThat(trace().status()).isEqualTo(TraceStatus.CANCELLED);
    assertThat(trace().response().answerBody().text()).contains("Paris, bien");
    assertThat(trace().metadata().responseId()).isEqualTo("chatcmpl-stream-1");
  }

  @Test
  void aStreamOfTheResponsesApiIsRecordedToTheToken() {
    server.answers(Answer.events("openai-responses-stream.txt").withoutEnd());

    List<ResponseStreamEvent> events;
    try (StreamResponse<ResponseStreamEvent> stream =
        client.responses().createStreaming(OpenAiRequests.response())) {
      events = stream.stream().limit(18).toList();
    }

    assertThat(events.get(17).completed()).isPresent();
    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(told(trace()))
        .isEqualTo(OpenAiRequests.toldResponse().toBuilder().retryCount(0).build());
  }

  private String textOfStream() {
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(OpenAiRequests.streamWithUsage())) {
      return textOf(stream);
    }
  }

  private static String textOf(StreamResponse<ChatCompletionChunk> stream) {
    return stream.stream()
        .flatMap(chunk -> chunk.choices().stream())
        .map(choice -> choice.delta().content())
        .flatMap(Optional::stream)
        .collect(Collectors.joining());
  }
}
