package io.traceforge.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.TraceForge;
import io.traceforge.redaction.Redactor;
import io.traceforge.storage.Page;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.Call;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plants secrets of every kind in every place, and looks whether anything tells one. */
@Timeout(300)
class CanaryTest {
  @TempDir Path folder;
  private final Aviary aviary = new Aviary();
  private final Set<String> found = new TreeSet<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream err = System.err;
  private MockWebServer server;

  @BeforeEach
  void open() throws Exception {
    server = new MockWebServer();
    server.start();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() throws Exception {
    System.setErr(err);
    server.shutdown();
  }

  @Test
  void nothingThatIsStoredOrLoggedTellsASecret() throws Exception {
    record(Redactor.secrets());

    assertThat(found).isEmpty();
    assertThat(aviary.planted()).hasSizeGreaterThan(40 * 15);
  }

  /** Else the search might find nothing because it looks in the wrong place. */
  @Test
  void withoutRedactionEverySecretIsFound() throws Exception {
    record(Redactor.none());

    assertThat(found).isEqualTo(aviary.planted());
  }

  private void record(Redactor redactor) throws Exception {
    Path file = folder.resolve("traces.db");
    Search search = new Search(aviary, found);
    List<Call> open = new ArrayList<>();
    try (TraceForge whole = open(file, redactor, 8 << 20);
        TraceForge small = open(file, redactor, 3000)) {
      int padding = 1300;
      for (Kind kind : Kind.all()) {
        new Flights(whole, server, aviary, kind).flyAll();
        new Flights(small, server, aviary, kind).flyTruncated(padding += 5);
      }
      assertThat(small.flush(Duration.ofSeconds(60))).isTrue();
      for (Kind kind : Kind.all()) {
        open.add(new Flights(whole, server, aviary, kind).flyWithoutEnd());
      }
      awaitOpenCalls(whole.storage());
      readAll(whole.storage(), search);
      search.files(folder);
      search.tables(file);
      open.forEach(Call::cancel);
    }
    search.files(folder);
    search.text(log.toString(StandardCharsets.UTF_8));
  }

  private static void awaitOpenCalls(StorageBackend storage) {
    TraceQuery open = TraceQuery.all().withStatus(TraceStatus.IN_PROGRESS).withLimit(100);
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (storage.listTraces(open).items().size() < Kind.all().size()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
  }

  private static void readAll(StorageBackend storage, Search search) {
    TraceQuery query = TraceQuery.all().withLimit(100);
    Page<Trace> page = storage.listTraces(query);
    page.items().forEach(search::trace);
    while (page.nextCursor() != null) {
      page = storage.listTraces(query.after(page.nextCursor()));
      page.items().forEach(search::trace);
    }
  }

  private static TraceForge open(Path file, Redactor redactor, int maxBodyBytes) {
    return TraceForge.builder()
        .storage("sqlite:" + file)
        .redactor(redactor)
        .maxBodyBytes(maxBodyBytes)
        .build();
  }
}
