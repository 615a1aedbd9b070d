package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process was killed, and something happened to the WAL that it left. */
class LeftOverTest {
  private static final List<Trace> COPIED =
      Conversations.session("copied", 10, 0, TestTraces.START);
  private static final List<Trace> IN_THE_WAL =
      Conversations.session("in-the-wal", 10, 100, TestTraces.START);

  @TempDir Path directory;
  private Path file;
  private Path wal;

  /** Takes a copy of what the file and its WAL are while a session is only in the WAL. */
  @BeforeEach
  void killed() throws IOException {
    Path living = directory.resolve("living.db");
    file = directory.resolve("left.db");
    wal = directory.resolve("left.db-wal");
    try (StorageBackend storage = SqliteStorageBackend.open(living)) {
      storage.saveTraces(COPIED);
    }
    try (StorageBackend storage = SqliteStorageBackend.open(living)) {
      IN_THE_WAL.forEach(storage::saveTrace);
      Files.copy(living, file);
      Files.copy(directory.resolve("living.db-wal"), wal);
    }
  }

  /** Returns how much is left of what was in the WAL. The file must be sound in any case. */
  private int left() {
    try (SqliteStorageBackend storage = SqliteStorageBackend.open(file)) {
      assertThat(storage.check()).isEmpty();
      assertThat(storage.listTracesBySession("copied")).isEqualTo(COPIED);
      List<Trace> left = storage.listTracesBySession("in-the-wal");
      assertThat(left).isEqualTo(IN_THE_WAL.subList(0, left.size()));
      storage.saveTraces(IN_THE_WAL);
      assertThat(storage.listTracesBySession("in-the-wal")).isEqualTo(IN_THE_WAL);
      assertThat(storage.check()).isEmpty();
      return left.size();
    }
  }

  @Test
  void itIsThere() {
    assertThat(left()).isEqualTo(IN_THE_WAL.size());
  }

  @Test
  void itIsMissing() throws IOException {
    Files.delete(wal);
    assertThat(left()).isZero();
  }

  @Test
  void itWasCutShort() throws IOException {
    byte[] bytes = Files.readAllBytes(wal);
    Files.write(wal, Arrays.copyOf(bytes, bytes.length / 2 + 7));
    assertThat(left()).isBetween(1, IN_THE_WAL.size() - 1);
  }

  @Test
  void itHasChangedInTheMiddle() throws IOException {
    byte[] bytes = Files.readAllBytes(wal);
    bytes[bytes.length / 2] ^= 1;
    Files.write(wal, bytes);
    assertThat(left()).isBetween(1, IN_THE_WAL.size() - 1);
  }

  @Test
  void itIsNoWalAtAll() throws IOException {
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    Files.write(wal, noise);
    assertThat(left()).isZero();
  }
}
