package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The file is taken away while it is open. */
@Timeout(60)
class LostFileTest {
  @TempDir Path root;
  private Path folder;
  private Path file;

  @BeforeEach
  void create() throws IOException {
    assumeFalse(
        System.getProperty("os.name").startsWith("Windows"), "an open file cannot be deleted");
    folder = Files.createDirectory(root.resolve("folder"));
    file = folder.resolve("traces.db");
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    }
  }

  private int storedForOthers() {
    try (StorageBackend other = SqliteStorageBackend.open(file)) {
      return other.listTracesBySession("s").size();
    }
  }

  @Test
  void whatIsStoredAfterTheFileWasDeletedGoesIntoANewOne() throws Exception {
    try (StorageBackend storage = SqliteStorageBackend.open(file)) {
      storage.saveTraces(TestTraces.batch("s", 1, 3));
      assertThat(storage.listTracesBySession("s")).hasSize(3);
      deleteAll(folder);
      storage.saveTraces(TestTraces.batch("s", 4, 5));

      assertThat(storage.listTracesBySession("s")).hasSize(5);
      assertThat(storage.getSessionMetadata("s").orElseThrow().lostTraces()).isEqualTo(3);
      assertThat(storedForOthers()).isEqualTo(5);
    }
    assertThat(storedForOthers()).isEqualTo(5);
  }

  @Test
  void aFolderThatIsGoneIsAnErrorUntilItIsBack() throws Exception {
    try (StorageBackend storage = SqliteStorageBackend.open(file)) {
      storage.saveTraces(TestTraces.batch("s", 1, 3));
      deleteAll(folder);
      Files.delete(folder);
      for (Runnable use :
          List.<Runnable>of(
              () -> storage.saveTraces(TestTraces.batch("s", 4, 5)),
              () -> storage.listTracesBySession("s"))) {
        assertThatThrownBy(use::run)
            .isInstanceOf(StorageUnavailableException.class)
            .hasMessageContaining(file.toString())
            .hasMessageContaining("gone");
      }
      Files.createDirectory(folder);
      storage.saveTraces(TestTraces.batch("s", 4, 5));
      assertThat(storage.listTracesBySession("s")).hasSize(5);
    }
  }

  @Test
  void aFolderThatIsMovedAwayAndBackHasLostNothing() throws Exception {
    try (StorageBackend storage = SqliteStorageBackend.open(file)) {
      storage.saveTraces(TestTraces.batch("s", 1, 3));
      Path elsewhere = Files.move(folder, root.resolve("elsewhere"));
      assertThatThrownBy(() -> storage.saveTraces(TestTraces.batch("s", 4, 5)))
          .isInstanceOf(StorageUnavailableException.class);
      Files.move(elsewhere, folder);
      storage.saveTraces(TestTraces.batch("s", 4, 5));
      assertThat(storage.listTracesBySession("s")).hasSize(8);
    }
    assertThat(storedForOthers()).isEqualTo(8);
  }
}
