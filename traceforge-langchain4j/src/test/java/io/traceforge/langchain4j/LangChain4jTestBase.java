package io.traceforge.langchain4j;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.traceforge.Eventually;
import io.traceforge.TraceForge;
import io.traceforge.adapter.StubServer;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server in OpenAI's place, a TraceForge on a SQLite file, and LangChain4j's own models. */
@Timeout(60)
abstract class LangChain4jTestBase {
  static final String KEY = "the-key-that-nobody-may-store-4711";

  @TempDir Path folder;
  final StubServer server = new StubServer();
  TraceForge traceForge;

  @BeforeEach
  void open() {
    traceForge = TraceForge.open("sqlite:" + folder.resolve("traces.db"));
  }

  @AfterEach
  void close() {
    server.close();
    traceForge.close();
  }

  HttpClientBuilder recorded() {
    return TraceForgeLangChain4j.instrument(JdkHttpClient.builder(), traceForge);
  }

  OpenAiChatModel.OpenAiChatModelBuilder chat(HttpClientBuilder http) {
    return OpenAiChatModel.builder()
        .httpClientBuilder(http)
        .baseUrl(server.url() + "/v1")
        .apiKey(KEY)
        .modelName("gpt-4o-mini")
        .maxRetries(0);
  }

  OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder streaming(HttpClientBuilder http) {
    return OpenAiStreamingChatModel.builder()
        .httpClientBuilder(http)
        .baseUrl(server.url() + "/v1")
        .apiKey(KEY)
        .timeout(Duration.ofSeconds(20))
        .modelName("gpt-4o-mini");
  }

  /** Streams an answer and waits for its end. */
  Collected streamed(HttpClientBuilder http) throws Exception {
    Collected answer = new Collected(false);
    streaming(http).build().chat("Good day?", answer);
    answer.await();
    return answer;
  }

  List<Trace> traces() {
    return traceForge.storage().listTraces(TraceQuery.all()).items();
  }

  /** A stream's caller hears of its end a little before the stream is closed. */
  Trace onlyTrace() {
    Eventually.waitUntil(
        "one call has ended",
        () -> traces().size() == 1 && traces().get(0).status() != TraceStatus.IN_PROGRESS);
    return traces().get(0);
  }
}
