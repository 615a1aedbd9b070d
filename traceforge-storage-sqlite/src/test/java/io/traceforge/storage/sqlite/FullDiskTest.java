package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.traceforge.storage.RetentionPolicy;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.StorageUnavailableException;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk is full, whatever is being done, and later it is not. */
@Timeout(120)
class FullDiskTest {
  private static final RetentionPolicy FEW = RetentionPolicy.keepAll().withMaxSessions(5);

  @TempDir Path directory;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=6m", "none", directory.toString());
    assumeTrue(mounted, "this user cannot make a small disk");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      run("umount", directory.toString());
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  /** Returns whether the disk was not full. */
  private static boolean works(Runnable action) {
    try {
      action.run();
      return true;
    } catch (StorageUnavailableException full) {
      assertThat(full).hasMessageContaining("full");
      return false;
    }
  }

  @Test
  void nothingThatWasStoredIsLostAndAllGoesOnWhenThereIsRoom() throws Exception {
    Path file = directory.resolve("traces.db");
    List<List<Trace>> stored = new ArrayList<>();
    try (SqliteStorageBackend storage = SqliteStorageBackend.open(file)) {
      List<Trace> next = session(0);
      while (works(storing(storage, next))) {
        stored.add(next);
        next = session(stored.size());
      }
      assertThat(stored.size()).isGreaterThan(10);
      fill(directory.resolve("filler"));
      works(() -> storage.search().orElseThrow().count(SearchQuery.of("f1")));
      boolean pruned = works(() -> storage.retention().orElseThrow().prune(FEW));
      assertThat(storage.check()).isEmpty();
      List<List<Trace>> left = pruned ? stored.subList(stored.size() - 5, stored.size()) : stored;
      areThere(storage, left);

      Files.delete(directory.resolve("filler"));
      assertThat(run("mount", "-o", "remount,size=64m", directory.toString())).isTrue();
      storage.saveTraces(next);
      stored.add(next);
      assertThat(storage.search().orElseThrow().count(SearchQuery.of("f1"))).isPositive();
      storage.retention().orElseThrow().prune(FEW);
      assertThat(storage.listSessions()).hasSize(5);
      areThere(storage, stored.subList(stored.size() - 5, stored.size()));
      assertThat(storage.check()).isEmpty();
    }
  }

  private static Runnable storing(SqliteStorageBackend storage, List<Trace> traces) {
    return () -> storage.saveTraces(traces);
  }

  private static List<Trace> session(int n) {
    return Conversations.session("s" + n, 20, n * 100, TestTraces.START.plusSeconds(n));
  }

  private static void fill(Path filler) throws IOException {
    try (var out = Files.newOutputStream(filler)) {
      for (int n = 0; n < 10_000; n++) {
        out.write(new byte[4_096]);
      }
    } catch (IOException full) {
      // as it should be
    }
  }

  private static void areThere(SqliteStorageBackend storage, List<List<Trace>> sessions) {
    for (List<Trace> session : sessions) {
      assertThat(storage.listTracesBySession(session.get(0).sessionId())).isEqualTo(session);
    }
  }
}
