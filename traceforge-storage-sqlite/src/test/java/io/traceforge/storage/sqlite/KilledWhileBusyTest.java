package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.Trace;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share a file are killed again and again while they write. */
@Timeout(300)
class KilledWhileBusyTest {
  private static final int ROUNDS = 50;

  @TempDir Path directory;

  /** The last step that was acknowledged, by session. */
  private final Map<String, Integer> acknowledged = new HashMap<>();

  @Test
  void whatWasAcknowledgedIsThereAndTheFileIsSound() throws Exception {
    Path file = directory.resolve("traces.db");
    SqliteStorageBackend.open(file).close();
    Deque<Process> running = new ArrayDeque<>();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        running.add(BusyProcess.start(file, "p" + round));
        if (running.size() == 2) {
          kill(running.remove());
        }
      }
      kill(running.remove());
    } finally {
      running.forEach(Process::destroyForcibly);
    }
    isSound(file);
  }

  private void awaitLines(Process process, int lines) throws Exception {
    BufferedReader output = process.inputReader();
    for (int n = 0; n < lines; n++) {
      note(output.readLine());
    }
  }

  private void kill(Process process) throws Exception {
    awaitLines(process, 20);
    process.toHandle().destroyForcibly(); // the process's own method closes its output
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      note(line);
    }
    process.waitFor();
  }

  /** A line that the kill has cut short tells nothing. */
  private void note(String line) {
    String[] words = line.split(" ", -1);
    if (words.length == 2 && !words[1].isEmpty()) {
      acknowledged.merge(words[0], Integer.valueOf(words[1]), Math::max);
    }
  }

  private void isSound(Path file) throws Exception {
    assertThat(acknowledged.size()).isGreaterThan(ROUNDS);
    try (SqliteStorageBackend storage = SqliteStorageBackend.open(file)) {
      assertThat(storage.check()).isEmpty();
      for (var session : acknowledged.entrySet()) {
        List<Trace> expected =
            BusyProcess.session(session.getKey()).subList(0, session.getValue() + 1);
        assertThat(storage.listTracesBySession(session.getKey()))
            .startsWith(expected.toArray(new Trace[0]));
      }
    }
  }
}
