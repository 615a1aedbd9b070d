package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.StorageException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage is found, and told. */
class CheckTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void store() {
    file = directory.resolve("traces.db");
    try (SqliteStorageBackend storage = SqliteStorageBackend.open(file)) {
      storage.saveTraces(Conversations.session("s", 20, 0, TestTraces.START));
      storage.saveTraces(EarlierTraces.all());
      while (storage.maintain()) {
        // until all is indexed
      }
    }
  }

  private List<String> check() {
    try (SqliteStorageBackend storage = SqliteStorageBackend.open(file)) {
      return storage.check();
    }
  }

  @Test
  void aSoundFile() {
    assertThat(check()).isEmpty();
  }

  @Test
  void aFileThatHasChangedSinceItWasSearched() {
    try (SqliteStorageBackend storage = SqliteStorageBackend.open(file)) {
      for (int n = 0; n < 15; n++) {
        storage.saveTraces(Conversations.session("s" + n, 20, 1_000 + n * 100, TestTraces.START));
      }
      assertThat(storage.search().orElseThrow().count(SearchQuery.of("f1"))).isPositive();
      for (int n = 0; n < 10; n++) {
        storage.deleteSession("s" + n);
      }
      assertThat(storage.check()).isEmpty();
    }
  }

  @Test
  void aSoundFileWithoutAnySession() {
    file = directory.resolve("no-session.db");
    try (SqliteStorageBackend storage = SqliteStorageBackend.open(file)) {
      storage.saveTrace(TestTraces.trace(null, 1).build());
    }
    assertThat(check()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM parts WHERE id = 3",
        "DELETE FROM part_origins WHERE id = 3",
        "UPDATE sessions SET traces = 99",
        "DELETE FROM sessions",
        "UPDATE traces SET request_form = 7 WHERE number = 2",
        "UPDATE traces SET request_body = x'1f' WHERE number = 2",
        "UPDATE parts SET content = x'1f1f1e' WHERE kind & 1",
        "UPDATE traces SET state = '4711' WHERE number = 2",
        "UPDATE parts SET content = CAST(replace(CAST(content AS TEXT), 'a', 'b') AS BLOB)"
            + " WHERE id = (SELECT min(id) FROM parts WHERE NOT kind & 1)",
        "UPDATE parts SET content = CAST(replace(CAST(content AS TEXT), 'role', 'rule') AS BLOB)"
            + " WHERE kind & 1",
        "UPDATE part_origins SET hash = zeroblob(16) WHERE id = 2",
        "INSERT INTO part_uses VALUES (99999, 1, 1)",
        "UPDATE steps SET calls = 2 WHERE session_id = 's'",
        "DELETE FROM steps WHERE session_id = 'broken'",
        "DELETE FROM failed_calls",
        "UPDATE failed_calls SET error = 'another'",
        "INSERT INTO steps VALUES ('nobody', 0, 1, 1, 0, 0)",
        "DELETE FROM search WHERE rowid = (SELECT min(id) FROM search_docsize)",
        "UPDATE search_data SET block = zeroblob(40) WHERE id > 10"
      })
  void whatDoesNotFitTogether(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      connection.createStatement().executeUpdate(sql);
    }
    assertThat(check()).isNotEmpty();
  }

  /** Which the engine does not see: its pages have no checksums. */
  @Test
  void aByteOfATextThatHasChanged() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    for (String known : List.of("The train to Paris", "\"name\":\"f1\"")) {
      String changed = known.substring(0, 5) + "X" + known.substring(6);
      Files.write(file, text.replace(known, changed).getBytes(StandardCharsets.ISO_8859_1));
      assertThat(check()).as(known).isNotEmpty();
    }
    Files.write(file, whole);
    assertThat(check()).isEmpty();
  }

  @Test
  void pagesThatWereOverwritten() throws Exception {
    long size = Files.size(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (long at = 16_384 * 5; at < size; at += 16_384) {
        channel.write(ByteBuffer.wrap(new byte[2_000]), at);
      }
    }
    assertThatThrownBy(
            () -> {
              assertThat(check()).isEmpty();
            })
        .isInstanceOfAny(StorageException.class, AssertionError.class);
  }

  @Test
  void aFileThatWasCutShort() throws Exception {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(file) / 2);
    }
    assertThatThrownBy(
            () -> {
              assertThat(check()).isEmpty();
            })
        .isInstanceOfAny(StorageException.class, AssertionError.class);
  }
}
