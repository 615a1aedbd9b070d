package io.traceforge.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * openai-java's asynchronous client. It hands every call to the common pool before it tells OkHttp
 * of it, so the session of the thread that asked is out of sight: the client must be bound, or the
 * request must name its session.
 */
class OpenAiJavaAsyncTest extends ClientFixture {
  private final ExecutorService threads = Executors.newSingleThreadExecutor();
  private OpenAIClientAsync client;

  private void use(OkHttpClient instrumented) {
    client =
        OpenAIOkHttpClientAsync.builder()
            .apiKey(KEY)
            .baseUrl(server.url() + "/v1")
            .okHttpClient(instrumented)
            .build();
  }

  private void useBound() {
    use(TraceForgeOkHttp.instrument(new OkHttpClient(), session));
  }

  private void useShared() {
    use(TraceForgeOkHttp.instrument(new OkHttpClient(), traceForge));
  }

  @AfterEach
  void close() {
    threads.shutdown();
    client.close();
  }

  @Test
  void aCallOfABoundClientIsRecordedToTheToken() throws Exception {
    useBound();
    server.answers(Answer.json("openai-chat.json"));

    ChatCompletion answer = answerTo(client.chat().completions().create(OpenAiRequests.chat()));

    assertThat(answer.id()).isEqualTo("chatcmpl-plain-1");
    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(told(trace()))
        .isEqualTo(Told.openAiChat("chatcmpl-plain-1").toBuilder().retryCount(0).build());
  }

  @Test
  void aCallThatABoundClientMakesOnAnotherThreadIsInTheSessionAndItsStep() throws Exception {
    useBound();
    server.answers(Answer.json("openai-chat.json"));
    session.nextStep();

    Future<ChatCompletion> answer =
        threads.submit(() -> client.chat().completions().create(OpenAiRequests.chat()).join());

    assertThat(answer.get(30, TimeUnit.SECONDS).id()).isEqualTo("chatcmpl-plain-1");
    assertThat(trace().stepIndex()).isEqualTo(1);
  }

  @Test
  void aStreamOfABoundClientIsRecordedToTheToken() throws Exception {
    useBound();
    server.answers(Answer.events("openai-chat-stream.txt").withoutEnd());
    List<ChatCompletionChunk> chunks = new CopyOnWriteArrayList<>();

    answerTo(
        client
            .chat()
            .completions()
            .createStreaming(OpenAiRequests.streamWithUsage())
            .subscribe(chunks::add)
            .onCompleteFuture());

    assertThat(chunks).hasSize(7);
    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(told(trace()))
        .isEqualTo(Told.openAiChat("chatcmpl-stream-1").toBuilder().retryCount(0).build());
  }

  @Test
  void aRetryIsAnAttemptOfTheSameCall() throws Exception {
    useBound();
    server.answers(
        Answer.json("openai-rate-limited.json").withStatus(429).with("Retry-After-Ms", "1"),
        Answer.json("openai-chat.json"));

    answerTo(client.chat().completions().create(OpenAiRequests.chat()));

    assertThat(traces())
        .extracting(Trace::status)
        .containsExactly(TraceStatus.ERROR, TraceStatus.SUCCESS);
    SessionTimeline timeline =
        traceForge.storage().getTimeline(session.getSessionId()).orElseThrow();
    assertThat(timeline.metadata().totalCalls()).isEqualTo(1);
  }

  @Test
  void aSharedClientDoesNotSeeTheSessionOfTheThreadThatAsked() throws Exception {
    useShared();
    server.answers(Answer.json("openai-chat.json"));

    answerTo(session.call(() -> client.chat().completions().create(OpenAiRequests.chat())));

    assertThat(traces()).isEmpty();
    Trace trace = traceForge.storage().listTraces(TraceQuery.all()).items().get(0);
    assertThat(trace.sessionId()).isNotEqualTo(session.getSessionId());
    assertThat(trace.metadata().tokensUsed()).isEqualTo(1302);
  }

  @Test
  void aRequestThatNamesItsSessionStaysAtItsStepWhateverTheThreadAndWhateverComesNext()
      throws Exception {
    useShared();
    server.answers(Answer.json("openai-chat.json"));
    session.setState("tool", "weather");
    ChatCompletionCreateParams.Builder question = OpenAiRequests.chat().toBuilder();
    session.getHeaders().forEach(question::putAdditionalHeader);
    session.nextStep();
    session.setState("tool", "flights");

    answerTo(client.chat().completions().create(question.build()));

    assertThat(trace().stepIndex()).isZero();
    assertThat(trace().stateJson()).isEqualTo("{\"tool\":\"weather\"}");
  }

  private static <T> T answerTo(CompletableFuture<T> question) throws Exception {
    return question.get(30, TimeUnit.SECONDS);
  }
}
