package io.traceforge.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import io.traceforge.SessionTracker;
import io.traceforge.okhttp.ReplayInterceptor;
import io.traceforge.okhttp.ReplayMissException;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.trace.Trace;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** An agent that is recorded with a server, and replayed without one. */
class OpenAiJavaReplayTest extends OpenAiJavaFixture {
  private static final String OFFLINE = "http://offline.invalid/v1";

  private String recorded() {
    server.answers(
        Answer.error(429, "Slow down").with("Retry-After-Ms", "1"),
        Answer.json("openai-chat-tools.json"),
        Answer.events("openai-chat-stream.txt"));
    String answer = agent(client, session);
    session.end();
    server.close();
    return answer;
  }

  /** Asks, runs the tools that the model wants, and streams the answer. */
  static String agent(OpenAIClient openAi, SessionTracker session) {
    ChatCompletionCreateParams.Builder conversation = OpenAiRequests.streamWithUsage().toBuilder();
    ChatCompletion asked =
        openAi
            .chat()
            .completions()
            .create(OpenAiRequests.chat().toBuilder().temperature(0.5).build());
    ChatCompletionMessage wanted = asked.choices().get(0).message();
    conversation.addMessage(wanted);
    for (ChatCompletionMessageToolCall call : wanted.toolCalls().orElseThrow()) {
      conversation.addMessage(result(call));
    }
    session.nextStep();
    session.setState("tools", wanted.toolCalls().orElseThrow().size());
    try (StreamResponse<ChatCompletionChunk> stream =
        openAi.chat().completions().createStreaming(conversation.build())) {
      return stream.stream()
          .flatMap(chunk -> chunk.choices().stream())
          .map(choice -> choice.delta().content())
          .flatMap(Optional::stream)
          .collect(Collectors.joining());
    }
  }

  private static ChatCompletionToolMessageParam result(ChatCompletionMessageToolCall call) {
    return ChatCompletionToolMessageParam.builder()
        .toolCallId(call.asFunction().id())
        .content("result of " + call.asFunction().function().name())
        .build();
  }

  private OpenAIClient offline(OkHttpClient http) {
    return OpenAIOkHttpClient.builder().apiKey("none").baseUrl(OFFLINE).okHttpClient(http).build();
  }

  private OkHttpClient replaying() {
    ReplayInterceptor replay =
        ReplayInterceptor.ofSession(traceForge.storage(), session.getSessionId());
    return new OkHttpClient.Builder().addInterceptor(replay).build();
  }

  @Test
  void anAgentIsReplayedOfflineWithItsRetryItsToolsAndItsStream() {
    String answer = recorded();
    OpenAIClient openAi = offline(replaying());

    assertThat(agent(openAi, new SessionTracker())).isEqualTo(answer).isEqualTo(Told.ANSWER);

    openAi.close();
  }

  @Test
  void aReplayThatIsRecordedTellsWhatTheOriginalTold() {
    recorded();
    SessionTracker again = traceForge.startSession();
    OpenAIClient openAi = offline(TraceForgeOkHttp.instrument(replaying(), again));

    agent(openAi, again);
    again.end();
    openAi.close();

    List<Trace> before = traces();
    List<Trace> after = traceForge.storage().listTracesBySession(again.getSessionId());
    assertThat(before).hasSize(3);
    assertThat(after).extracting(Trace::status).isEqualTo(of(before, Trace::status));
    assertThat(after).extracting(Trace::stateJson).isEqualTo(of(before, Trace::stateJson));
    assertThat(of(after, ClientFixture::told)).isEqualTo(of(before, ClientFixture::told));
    assertThat(of(after, trace -> trace.request().body()))
        .isEqualTo(of(before, trace -> trace.request().body()));
    assertThat(of(after, trace -> trace.response().body()))
        .isEqualTo(of(before, trace -> trace.response().body()));
  }

  private static <T> List<T> of(List<Trace> traces, java.util.function.Function<Trace, T> part) {
    return traces.stream().map(part).toList();
  }

  @Test
  void anotherQuestionIsAMissThatShowsTheDifference() {
    recorded();
    OpenAIClient openAi = offline(replaying());
    ChatCompletionCreateParams other =
        ChatCompletionCreateParams.builder()
            .model(Told.OPENAI_MODEL)
            .temperature(0.5)
            .addUserMessage("What is the capital of Italy?")
            .build();

    assertThatThrownBy(
            () -> openAi.withOptions(o -> o.maxRetries(0)).chat().completions().create(other))
        .hasRootCauseInstanceOf(ReplayMissException.class)
        .rootCause()
        .hasMessageContaining("/messages/0/content was \"What is the capital of France?\"")
        .hasMessageContaining("now is \"What is the capital of Italy?\"");
    openAi.close();
  }
}
