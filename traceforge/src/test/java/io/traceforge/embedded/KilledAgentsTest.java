package io.traceforge.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What programs leave behind that are killed while calls run on several threads. */
@Timeout(240)
class KilledAgentsTest {
  private static final int ROUNDS = 20;
  private static final int AT_ONCE = 2;

  /** A second of the program's own: what the machine took from it does not count. */
  private static final int GRACE_BEATS = (int) Duration.ofSeconds(1).dividedBy(BusyAgents.BEAT);

  @TempDir Path folder;

  @Test
  void whatHadEndedASecondBeforeIsThereAndWhatWasUnderWayIsInProgress() throws Exception {
    Random random = new Random();
    ExecutorService rounds = Executors.newFixedThreadPool(AT_ONCE);
    try (Provider provider = new Provider()) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        Path file = folder.resolve("round-" + round + ".db");
        int after = GRACE_BEATS + 5 + random.nextInt(15);
        tasks.add(() -> killAndLook(provider, file, after));
      }
      for (Future<Void> round : rounds.invokeAll(tasks)) {
        round.get();
      }
    } finally {
      rounds.shutdownNow();
    }
  }

  private Void killAndLook(Provider provider, Path file, int afterBeats) throws Exception {
    List<Line> lines;
    try (ChildJvm agents =
        ChildJvm.start(folder, BusyAgents.class, "sqlite:" + file, provider.url("KIND"), "s")) {
      agents.awaitLine(line -> Line.of(line).isBeat(afterBeats));
      agents.kill();
      lines = agents.lines().stream().map(Line::of).toList();
    }
    isSound(file);
    looksBack(file, lines, beatOf(lines, lastBeat(lines) - GRACE_BEATS));
    return null;
  }

  private static int lastBeat(List<Line> lines) {
    return (int) lines.stream().filter(line -> line.what().equals("beat")).count();
  }

  private static int beatOf(List<Line> lines, int number) {
    return IntStream.range(0, lines.size())
        .filter(at -> lines.get(at).isBeat(number))
        .findFirst()
        .orElseThrow();
  }

  /** A line that a kill cut off tells of a call that had just been. */
  private record Line(String what, String session, String mark) {
    static Line of(String line) {
      String[] parts = line.split(" ", -1);
      return parts.length == 4 && parts[3].length() == 13
          ? new Line(parts[0], parts[1], parts[2])
          : new Line("cut off", "", "");
    }

    boolean isBeat(int number) {
      return what.equals("beat") && mark.equals(Integer.toString(number));
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

  private static void looksBack(Path file, List<Line> lines, int atGrace) {
    List<Line> longBefore = lines.subList(0, atGrace);
    Set<String> ended = calls(longBefore, "end");
    Set<String> underWay = calls(longBefore, "begin");
    underWay.removeAll(calls(lines, "end"));
    assertThat(ended).hasSizeGreaterThan(10);
    assertThat(underWay).hasSizeGreaterThanOrEqualTo(2);
    try (StorageBackend storage = StorageBackend.open("sqlite:" + file)) {
      Map<String, Trace> traces = new HashMap<>();
      lines.stream()
          .map(Line::session)
          .filter(session -> session.startsWith("s-"))
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

  private static Set<String> calls(List<Line> lines, String what) {
    return lines.stream()
        .filter(line -> line.what().equals(what))
        .map(Line::call)
        .collect(Collectors.toCollection(HashSet::new));
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
