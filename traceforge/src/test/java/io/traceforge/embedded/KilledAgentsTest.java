package io.traceforge.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageBackends;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What programs leave behind that are killed while calls run on several threads. */
@Timeout(240)
class KilledAgentsTest {
  private static final int ROUNDS = 20;
  private static final int AT_ONCE = 2;
  private static final long GRACE_MILLIS = 1_000;

  @TempDir Path folder;

  @Test
  void whatHadEndedASecondBeforeIsThereAndWhatWasUnderWayIsInProgress() throws Exception {
    Random random = new Random();
    ExecutorService rounds = Executors.newFixedThreadPool(AT_ONCE);
    try (Provider provider = new Provider()) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        Path file = folder.resolve("round-" + round + ".db");
        long after = GRACE_MILLIS + 100 + random.nextInt(700);
        tasks.add(() -> killAndLook(provider, file, after));
      }
      for (Future<Void> round : rounds.invokeAll(tasks)) {
        round.get();
      }
    } finally {
      rounds.shutdownNow();
    }
  }

  private Void killAndLook(Provider provider, Path file, long afterMillis) throws Exception {
    List<Line> lines;
    long killedAt;
    try (ChildJvm agents =
        ChildJvm.start(folder, BusyAgents.class, "sqlite:" + file, provider.url("KIND"), "s")) {
      Line first = Line.of(agents.awaitLine(line -> line.startsWith("end")));
      agents.awaitLine(line -> line.startsWith("end") && Line.of(line).isAt(first, afterMillis));
      killedAt = System.currentTimeMillis();
      agents.kill();
      lines = agents.lines().stream().filter(line -> !line.isEmpty()).map(Line::of).toList();
    }
    isSound(file);
    looksBack(file, lines, killedAt - GRACE_MILLIS);
    return null;
  }

  /** A line that a kill cut off tells of a call that had just been. */
  private record Line(String what, String session, String mark, long time) {
    static Line of(String line) {
      String[] parts = line.split(" ", -1);
      return parts.length == 4 && parts[3].length() == 13
          ? new Line(parts[0], parts[1], parts[2], Long.parseLong(parts[3]))
          : new Line("cut off", "", "", Long.MAX_VALUE);
    }

    boolean isAt(Line first, long afterMillis) {
      return time >= first.time + afterMillis && time < Long.MAX_VALUE;
    }

    String call() {
      return session + " " + mark;
    }
  }

  static void isSound(Path file) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
      assertThat(result.getString(1)).isEqualTo("ok");
    }
  }

  private static void looksBack(Path file, List<Line> lines, long before) {
    Set<String> begun = calls(lines, "begin", before);
    Set<String> ended = calls(lines, "end", before);
    Set<String> underWay = new HashSet<>(begun);
    underWay.removeAll(calls(lines, "end", Long.MAX_VALUE));
    assertThat(ended).hasSizeGreaterThan(10);
    assertThat(underWay).hasSizeGreaterThanOrEqualTo(2);
    try (StorageBackend storage = StorageBackends.open("sqlite:" + file)) {
      Map<String, Trace> traces = new HashMap<>();
      lines.stream()
          .map(Line::session)
          .distinct()
          .flatMap(session -> storage.listTracesBySession(session).stream())
          .forEach(trace -> traces.put(trace.sessionId() + " " + markOf(trace), trace));
      assertThat(traces).containsKeys(ended.toArray(String[]::new));
      assertThat(ended)
          .allSatisfy(call -> assertThat(traces.get(call).status()).isEqualTo(TraceStatus.SUCCESS))
          .allSatisfy(call -> assertThat(traces.get(call).response().body().size()).isPositive());
      assertThat(traces).containsKeys(underWay.toArray(String[]::new));
      assertThat(underWay)
          .allSatisfy(
              call -> assertThat(traces.get(call).status()).isEqualTo(TraceStatus.IN_PROGRESS));
      storage.saveTraces(List.copyOf(traces.values()));
    }
  }

  private static Set<String> calls(List<Line> lines, String what, long before) {
    Set<String> calls = new HashSet<>();
    lines.stream()
        .filter(line -> line.what().equals(what) && line.time() < before)
        .forEach(line -> calls.add(line.call()));
    return calls;
  }

  /** The request is there whole: its mark is its last word. */
  private static String markOf(Trace trace) {
    String request = trace.request().body().text();
    int at = request.lastIndexOf("\"content\":\"") + "\"content\":\"".length();
    String mark = request.substring(at, request.indexOf('"', at));
    assertThat(request).isEqualTo(Agent.question(mark));
    return mark;
  }
}
