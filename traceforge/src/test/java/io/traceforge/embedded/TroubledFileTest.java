package io.traceforge.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls go on while the file that they are recorded in cannot be written. */
@Timeout(120)
class TroubledFileTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final int EVENTS = 8;

  @TempDir Path folder;
  private Provider provider;
  private TraceForge traceForge;
  private SessionTracker session;
  private OkHttpClient client;

  @BeforeEach
  void open() throws IOException {
    provider = new Provider();
  }

  @AfterEach
  void close() throws IOException {
    if (traceForge != null) {
      traceForge.close();
    }
    provider.close();
  }

  private void record(Path file, int queueCapacity) {
    traceForge =
        TraceForge.builder().storage("sqlite:" + file).queueCapacity(queueCapacity).build();
    session = traceForge.startSession();
    client = TraceForgeOkHttp.instrument(new OkHttpClient(), session);
  }

  private List<String> calls(int count) throws IOException {
    List<String> ids = new ArrayList<>();
    for (int call = 0; call < count; call++) {
      Agent.Answer answer = Agent.ask(client, provider.url("events/" + EVENTS), "x");
      assertThat(answer.bytes()).isEqualTo(Provider.bytesOf(EVENTS));
      ids.add(answer.traceId());
    }
    return ids;
  }

  private static void await(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - start).as(what).isLessThan(DEADLINE.toNanos());
      Thread.onSpinWait();
    }
  }

  private List<String> storedIds() {
    return traceForge.storage().listTracesBySession(session.getSessionId()).stream()
        .filter(trace -> trace.status() == TraceStatus.SUCCESS)
        .map(Trace::id)
        .toList();
  }

  private SessionMetadata metadata() {
    return traceForge.storage().getSessionMetadata(session.getSessionId()).orElseThrow();
  }

  @Test
  void aFullDiskLosesWhatTheBufferDoesNotHoldAndTellsIt() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"))) {
      record(disk.path().resolve("traces.db"), 40);
      List<String> ids = new ArrayList<>(calls(5));
      assertThat(traceForge.flush(DEADLINE)).isTrue();
      disk.fill();
      ids.addAll(calls(100));
      await("it fails", () -> traceForge.stats().storageFailures() > 0);
      // How many the writer takes in hand before the queue is full is up to when it looks.
      while (traceForge.stats().lostTraces() == 0) {
        ids.addAll(calls(20));
      }

      disk.empty();
      assertThat(traceForge.flush(DEADLINE)).isTrue();
      List<String> afterwards = calls(5);
      ids.addAll(afterwards);
      assertThat(traceForge.flush(DEADLINE)).isTrue();

      long lost = traceForge.stats().lostTraces();
      assertThat(storedIds()).hasSize(ids.size() - (int) lost).isSubsetOf(ids);
      assertThat(storedIds()).containsAll(afterwards);
      assertThat(metadata().lostTraces()).isEqualTo(lost);
      traceForge.close();
      KilledAgentsTest.isSound(disk.path().resolve("traces.db"));
    }
  }

  @Test
  void aDatabaseThatAnotherProgramHasLockedLosesNothingAndHoldsUpNobody() throws Exception {
    Path file = folder.resolve("traces.db");
    record(file, 10_000);
    List<String> ids = new ArrayList<>(calls(1));
    assertThat(traceForge.flush(DEADLINE)).isTrue();
    try (ChildJvm other = ChildJvm.start(folder, LockHolder.class, file.toString())) {
      other.awaitLine("locked"::equals);
      ids.addAll(calls(30));
      assertThat(traceForge.stats().storedTraces()).isEqualTo(1);
      await("the busy timeout passes", () -> traceForge.stats().storageFailures() > 0);
      ids.addAll(calls(30));
      assertThat(traceForge.stats().storedTraces()).isEqualTo(1);
      other.say("end");
      assertThat(other.awaitExit()).as("%s", other).isZero();
    }
    assertThat(traceForge.flush(DEADLINE)).isTrue();
    assertThat(storedIds()).containsExactlyElementsOf(ids);
    assertThat(traceForge.stats().lostTraces()).isZero();
  }

  @Test
  void aFolderThatIsRemovedLosesWhatWasInItAndNothingElse() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    record(data.resolve("traces.db"), 10_000);
    calls(3);
    assertThat(traceForge.flush(DEADLINE)).isTrue();
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    }
    Files.delete(data);
    List<String> ids = calls(10);
    await("it fails", () -> traceForge.stats().storageFailures() > 0);
    Files.createDirectory(data);
    assertThat(traceForge.flush(DEADLINE)).isTrue();

    assertThat(storedIds()).containsExactlyElementsOf(ids);
    assertThat(metadata().lostTraces()).isEqualTo(3);
    assertThat(traceForge.stats().lostTraces()).isZero();
  }

  @Test
  void aFileThatMayNotBeWrittenForAWhileLosesNothing() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    record(data.resolve("traces.db"), 10_000);
    List<String> ids = new ArrayList<>(calls(3));
    assertThat(traceForge.flush(DEADLINE)).isTrue();
    // Not the third file: SQLite writes to it through memory, where a refusal kills the process.
    String[] files = {"" + data.resolve("traces.db"), data.resolve("traces.db") + "-wal"};
    try {
      assumeTrue(Commands.run("chattr", "+i", files[0], files[1]), "chattr +i is not possible");
      ids.addAll(calls(10));
      await("it fails", () -> traceForge.stats().storageFailures() > 0);
    } finally {
      Commands.run("chattr", "-i", files[0], files[1]);
    }
    assertThat(traceForge.flush(DEADLINE)).isTrue();

    assertThat(storedIds()).containsExactlyElementsOf(ids);
    assertThat(traceForge.stats().lostTraces()).isZero();
  }

  @Test
  void ofTwoProgramsWithOneFileOneMayBeKilled() throws Exception {
    Path file = folder.resolve("traces.db");
    String[] arguments = {"sqlite:" + file, provider.url("events/3")};
    try (ChildJvm survivor =
            ChildJvm.start(
                folder, AcknowledgingAgent.class, arguments[0], arguments[1], "survivor");
        ChildJvm victim =
            ChildJvm.start(
                folder, AcknowledgingAgent.class, arguments[0], arguments[1], "victim")) {
      awaitLines(victim, 10);
      awaitLines(survivor, 1);
      victim.kill();
      awaitLines(survivor, survivor.lines().size() + 20);
      survivor.kill();
      record(file, 100);
      for (ChildJvm agent : List.of(victim, survivor)) {
        String name = agent == victim ? "victim" : "survivor";
        List<String> whole = agent.lines().stream().filter(id -> id.length() == 36).toList();
        assertThat(traceForge.storage().listTracesBySession(name))
            .extracting(Trace::id)
            .containsAll(whole);
      }
    }
    KilledAgentsTest.isSound(file);
  }

  private static void awaitLines(ChildJvm agent, int count) throws InterruptedException {
    int[] seen = new int[1];
    agent.awaitLine(line -> ++seen[0] >= count);
  }
}
