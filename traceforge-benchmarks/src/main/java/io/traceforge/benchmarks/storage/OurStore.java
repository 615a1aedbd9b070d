package io.traceforge.benchmarks.storage;

import io.traceforge.SessionContext;
import io.traceforge.TraceForge;
import io.traceforge.adapter.ClientCall;
import io.traceforge.adapter.ClientCalls;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.sqlite.SqliteStorageBackend;
import io.traceforge.trace.HttpHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The whole way of a call as a client captured it: its start is stored, then its end, interpreted
 * and redacted.
 */
final class OurStore implements Store {
  private static final HttpHeaders HEADERS =
      HttpHeaders.of("Content-Type", "application/json", "User-Agent", "benchmark/1");

  private final Path file;
  private final TraceForge traceForge;
  private final ClientCalls calls;

  OurStore(Path file) {
    this(file, SqliteStorageBackend.open(file));
  }

  /** Stores through a backend that writes the given file. */
  OurStore(Path file, StorageBackend backend) {
    this.file = file;
    traceForge = TraceForge.builder().storage(new Unindexed(backend)).build();
    calls = ClientCalls.of(traceForge);
  }

  @Override
  public void store(List<Exchange> exchanges) {
    List<ClientCall> begun = exchanges.stream().map(this::begin).toList();
    flush();
    IntStream.range(0, begun.size()).forEach(n -> end(begun.get(n), exchanges.get(n)));
    flush();
  }

  private ClientCall begin(Exchange exchange) {
    String session = exchange.sessionId();
    ClientCall call =
        calls.begin(
            none -> null,
            session == null ? null : SessionContext.of(session).withStep(exchange.step()));
    if (call == null) {
      throw new IllegalStateException("nothing is recorded");
    }
    call.request(
        "POST", "https://api.openai.com/v1/chat/completions", () -> HEADERS, "application/json");
    call.requestBody(exchange.request());
    call.requestSent();
    return call;
  }

  private static void end(ClientCall call, Exchange exchange) {
    call.response(200, () -> HEADERS);
    call.responseBody(exchange.response());
    call.readToEnd();
  }

  private void flush() {
    if (!traceForge.flush(Duration.ofMinutes(1))) {
      throw new IllegalStateException("not stored within a minute");
    }
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public void close() {
    String stats = traceForge.stats().toString();
    boolean whole =
        traceForge.stats().lostTraces() == 0
            && traceForge.stats().internalErrors() == 0
            && traceForge.stats().storageFailures() == 0;
    traceForge.close();
    if (!whole) {
      throw new IllegalStateException("Not everything was recorded: " + stats);
    }
  }
}
