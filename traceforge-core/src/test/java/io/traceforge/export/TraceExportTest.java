package io.traceforge.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.Unclosed;
import io.traceforge.redaction.Redactor;
import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.Page;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageException;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.FinalState;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceJson;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import io.traceforge.trace.TraceStatus;
import io.traceforge.trace.TraceTiming;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceExportTest {
  private static final FinalState STOOD = FinalState.of(7, "{\"n\":1.50,\"text\":\"\\ud83d é <\"}");

  private static final Instant START = Instant.parse("2026-05-01T12:00:00.000001Z");

  private final InMemoryStorageBackend storage = new InMemoryStorageBackend();
  private final InMemoryStorageBackend other = new InMemoryStorageBackend();
  private Path file;

  @BeforeEach
  void setFile(@TempDir Path directory) {
    file = directory.resolve("traces.jsonl");
  }

  @Test
  void aSessionComesBackAsItWas() throws IOException {
    save("a", 45);
    storage.updateSession(SessionUpdate.ended("a", START.plusSeconds(99)).withFinalState(STOOD));
    save("b", 3);

    assertThat(TraceExport.session(storage, "a").to(file)).isEqualTo(45);
    assertThat(Files.readAllLines(file)).hasSize(45);
    assertThat(TraceImport.into(other).from(file)).isEqualTo(45);

    assertThat(other.listTracesBySession("a")).isEqualTo(storage.listTracesBySession("a"));
    assertThat(other.getSessionMetadata("a")).isEqualTo(storage.getSessionMetadata("a"));
    assertThat(other.getSessionMetadata("a").get().finalState()).isEqualTo(STOOD);
    assertThat(other.listSessions()).hasSize(1);
  }

  @Test
  void theImportsRedactorTakesSecretsOutOfWhatASessionTells() throws IOException {
    save("a", 1);
    storage.updateSession(
        SessionUpdate.failed("a", START.plusSeconds(9), "Bearer sk-ant-0123456789abcdefghijklmn")
            .withFinalState(FinalState.of(1, "{\"password\":\"hunter2\"}")));
    TraceExport.session(storage, "a").to(file);
    TraceImport.into(other).withRedactor(Redactor.secrets()).from(file);

    SessionMetadata session = other.getSessionMetadata("a").get();
    assertThat(session.statusReason()).doesNotContain("sk-ant");
    assertThat(session.finalState()).isEqualTo(FinalState.of(1, "{\"password\":\"[REDACTED]\"}"));
  }

  @Test
  void howASessionFailedAndWhatItLostComesBack() throws IOException {
    save("a", 2);
    storage.updateSession(SessionUpdate.lost("a", START, 7));
    storage.updateSession(SessionUpdate.failed("a", START.plusSeconds(9), "the tool broke"));

    TraceExport.session(storage, "a").to(file);
    TraceImport.into(other).from(file);

    assertThat(other.getSessionMetadata("a")).isEqualTo(storage.getSessionMetadata("a"));
    assertThat(other.getSessionMetadata("a").get().statusReason()).isEqualTo("the tool broke");
    assertThat(other.getSessionMetadata("a").get().lostTraces()).isEqualTo(7);
  }

  @Test
  void allIsSessionsAndWhatBelongsToNone() throws IOException {
    save("a", 2);
    save(null, 30);
    save("b", 2);

    assertThat(TraceExport.all(storage).to(file)).isEqualTo(34);
    assertThat(read(file)).extracting(Trace::sessionId).startsWith("a", "a", "b", "b", null);
    TraceImport.into(other).from(file);

    assertThat(all(other)).isEqualTo(all(storage));
  }

  @Test
  void sessionsAndTracesAreChosenByQueries() throws IOException {
    save("a", 3);
    save("b", 40);

    SessionQuery newest = SessionQuery.all().withLimit(1);
    assertThat(TraceExport.sessions(storage, newest).to(file)).isEqualTo(43);
    assertThat(read(file).get(0).sessionId()).isEqualTo("b");

    TraceQuery one = TraceQuery.ofSession("b").startedFrom(START.plusSeconds(20)).withLimit(1);
    assertThat(TraceExport.traces(storage, one).to(file)).isEqualTo(21);
  }

  @Test
  void aSessionThatIsNotStoredIsRefusedAndTheFileStays() throws IOException {
    Files.writeString(file, "as it was");
    TraceExport unknown = TraceExport.session(storage, "nope");

    assertThatThrownBy(() -> unknown.to(file))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("no session \"nope\"");

    assertThat(file).hasContent("as it was");
    assertThatThrownBy(() -> unknown.to(new StringWriter()))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void aSessionWithoutCallsIsAnEmptyFile() throws IOException {
    storage.updateSession(SessionUpdate.ended("quiet", START));

    assertThat(TraceExport.session(storage, "quiet").to(file)).isZero();
    assertThat(file).isEmptyFile();
  }

  @Test
  void toImportAgainChangesNothing() throws IOException {
    save("a", 5);
    storage.updateSession(SessionUpdate.lost("a", START, 2));
    storage.updateSession(SessionUpdate.ended("a", START.plusSeconds(9)));
    TraceExport.all(storage).to(file);

    TraceImport.into(other).from(file);
    TraceImport.into(other).from(file);
    TraceImport.into(storage).from(file);

    assertThat(other.getSessionMetadata("a")).isEqualTo(storage.getSessionMetadata("a"));
    assertThat(other.getSessionMetadata("a").get().lostTraces()).isEqualTo(2);
    assertThat(all(other)).isEqualTo(all(storage));
  }

  @Test
  void aSessionThatWentOnIsNotEndedByItsOldExport() throws IOException {
    save("a", 2);
    storage.updateSession(SessionUpdate.ended("a", START.plusSeconds(2)));
    TraceExport.session(storage, "a").to(file);
    Instant now = Instant.now();
    storage.updateSession(SessionUpdate.resumed("a", now));
    storage.saveTrace(trace("a", 3).startTime(now).build());

    TraceImport.into(storage).from(file);

    assertThat(storage.getSessionMetadata("a").get().status()).isEqualTo(SessionStatus.IN_PROGRESS);
  }

  @Test
  void aBadLineStopsTheImportBeforeAnythingIsStored() throws IOException {
    save("a", 3);
    TraceExport.all(storage).to(file);
    Files.writeString(file, "\n{\"id\":\"half", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> TraceImport.into(other).from(file))
        .isInstanceOf(BadLineException.class)
        .hasMessage("line 5 of " + file + ": expected a JSON object on its own");

    assertThat(all(other)).isEmpty();
  }

  @Test
  void badLinesAreReportedAndSkippedIfAsked() throws IOException {
    save("a", 3);
    TraceExport.all(storage).to(file);
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.add(1, "not JSON");
    lines.add("{\"id\":\"t\"}");
    Files.write(file, lines);
    Files.write(file, new byte[] {'{', (byte) 0xff, '}', '\n'}, StandardOpenOption.APPEND);

    List<BadLineException> bad = new ArrayList<>();
    assertThat(TraceImport.into(other).skippingBadLines(bad::add).from(file)).isEqualTo(3);

    assertThat(bad).extracting(BadLineException::line).containsExactly(2L, 5L, 6L);
    assertThat(bad.get(1))
        .hasMessage("line 5 of " + file + ": metadata.status: expected it, got nothing");
    assertThat(bad.get(2)).hasMessage("line 6 of " + file + ": not UTF-8");
    assertThat(all(other)).isEqualTo(all(storage));
  }

  @Test
  void anExportThatFailsLeavesTheFileAsItWas() throws IOException {
    save("a", 100);
    TraceExport.all(storage).to(file);
    byte[] before = Files.readAllBytes(file);
    StorageBackend breaking =
        new Unclosed(storage) {
          @Override
          public Page<Trace> listTraces(TraceQuery query) {
            if (query.cursor() != null) {
              throw new StorageException("the disk is gone");
            }
            return super.listTraces(query);
          }
        };
    TraceExport failing = TraceExport.session(breaking, "a");

    assertThatThrownBy(() -> failing.to(file)).isInstanceOf(StorageException.class);

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void secretsInAFileAreNotStoredUnlessAsked() throws IOException {
    String key = "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH";
    Trace leaky =
        trace("a", 1)
            .request(
                TraceRequest.of(
                    "POST", "http://h/", HttpHeaders.of("Authorization", "Bearer " + key), null))
            .build();
    Files.writeString(file, TraceJson.write(leaky));

    TraceImport.into(other).from(file);
    assertThat(TraceJson.write(all(other).get(0))).doesNotContain(key);

    TraceImport.into(other).withRedactor(Redactor.none()).from(file);
    assertThat(all(other)).containsExactly(leaky);
  }

  @Test
  void aWriterGetsTheSameAndStaysOpen() throws IOException {
    save("a", 3);
    StringWriter out = new StringWriter();

    assertThat(TraceExport.all(storage).to(out)).isEqualTo(3);
    TraceExport.all(storage).to(file);

    assertThat(out).hasToString(Files.readString(file, StandardCharsets.UTF_8));
  }

  private void save(@Nullable String session, int count) {
    storage.saveTraces(
        IntStream.rangeClosed(1, count).mapToObj(n -> trace(session, n).build()).toList());
  }

  private static Trace.Builder trace(@Nullable String session, int n) {
    TraceBody body = TraceBody.ofText("{\"n\": " + n + ", \"ä\": \"😀\"}", "application/json");
    return Trace.builder()
        .id(session + "-" + n)
        .sessionId(session)
        .stepIndex(session == null ? 0 : n / 3)
        .callNumber(session == null ? 0 : n)
        .status(TraceStatus.SUCCESS)
        .startTime(START.plusSeconds("b".equals(session) ? n : n - 1))
        .request(TraceRequest.of("POST", "http://localhost/v1/chat", HttpHeaders.empty(), body))
        .response(TraceResponse.of(200, HttpHeaders.empty(), body, null))
        .metadata(
            TraceMetadata.builder()
                .timing(TraceTiming.builder().total(Duration.ofMillis(5)).build())
                .build());
  }

  private static List<Trace> read(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(TraceJson::read).toList();
  }

  private static List<Trace> all(InMemoryStorageBackend storage) {
    return storage.listTraces(TraceQuery.all().withLimit(1_000)).items();
  }
}
