package io.traceforge.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClientAsync;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.traceforge.TraceForge;
import io.traceforge.adapter.StubServer;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.Trace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server in Anthropic's place, a TraceForge on a SQLite file, and the real clients. */
@Timeout(60)
abstract class AnthropicTestBase {
  static final String KEY = "the-key-that-nobody-may-store-4711";
  static final MessageCreateParams QUESTION =
      MessageCreateParams.builder()
          .model("claude-sonnet-4-5")
          .maxTokens(100)
          .addUserMessage("Good day?")
          .build();

  @TempDir Path folder;
  final StubServer server = new StubServer();
  TraceForge traceForge;
  AnthropicClient plain;
  AnthropicClientAsync plainAsync;
  AnthropicClient client;
  AnthropicClientAsync async;

  @BeforeEach
  void open() {
    traceForge = TraceForge.open("sqlite:" + folder.resolve("traces.db"));
    plain = AnthropicOkHttpClient.builder().apiKey(KEY).baseUrl(server.url()).build();
    plainAsync = AnthropicOkHttpClientAsync.builder().apiKey(KEY).baseUrl(server.url()).build();
    client = TraceForgeAnthropic.instrument(plain, traceForge);
    async = TraceForgeAnthropic.instrument(plainAsync, traceForge);
  }

  @AfterEach
  void close() {
    server.close();
    plain.close();
    plainAsync.close();
    traceForge.close();
  }

  List<Trace> traces() {
    return traceForge.storage().listTraces(TraceQuery.all()).items();
  }

  Trace onlyTrace() {
    List<Trace> traces = traces();
    if (traces.size() != 1) {
      throw new AssertionError("expected one trace, got " + traces);
    }
    return traces.get(0);
  }

  /** Reads a stream to its end, and returns its text. */
  static String text(StreamResponse<RawMessageStreamEvent> stream) {
    StringBuilder text = new StringBuilder();
    stream.stream()
        .flatMap(event -> event.contentBlockDelta().stream())
        .flatMap(event -> event.delta().text().stream())
        .forEach(delta -> text.append(delta.text()));
    return text.toString();
  }
}
