package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be used is left as it was: the file, what lies beside it, and the folder. */
@Timeout(120)
class UntouchedTest {
  @TempDir Path root;
  private Path folder;
  private Path file;

  @BeforeEach
  void create() throws IOException {
    folder = Files.createDirectory(root.resolve("folder"));
    file = folder.resolve("traces.db");
  }

  @AfterEach
  void makeDeletable() throws IOException {
    mode(folder, "rwx------");
  }

  private static void mode(Path path, String mode) throws IOException {
    if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
  }

  private void store(int traces) {
    try (StorageBackend storage = SqliteStorageBackend.open(file)) {
      storage.saveTraces(TestTraces.batch("s", 1, traces));
    }
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Returns all files of the folder, with their bytes. */
  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (var files = Files.list(folder)) {
      for (Path path : (Iterable<Path>) files::iterator) {
        String bytes = Files.isRegularFile(path) ? hex(Files.readAllBytes(path)) : "a folder";
        contents.put(path.getFileName().toString(), bytes);
      }
    }
    return contents;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private void isRefused(String... messageParts) throws IOException {
    Map<String, String> before = contents();
    isRefusedWith(messageParts);
    assertThat(contents().equals(before)).as("untouched: %s", contents().keySet()).isTrue();
  }

  private void isRefusedWith(String... messageParts) {
    assertThatThrownBy(() -> SqliteStorageBackend.open(file))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContainingAll(messageParts);
  }

  @Test
  void aFileOfAnotherProgramInWalMode() throws Exception {
    sql("PRAGMA journal_mode = WAL", "CREATE TABLE theirs (a)");
    isRefused("another program", "choose another file");
  }

  @Test
  void aFileOfANewerVersion() throws Exception {
    store(3);
    sql("PRAGMA user_version = 99");
    isRefused("newer TraceForge", "use that version or choose another file");
  }

  /** What was committed there is not in the file yet. */
  @Test
  void aFileOfAnotherProgramThatWasKilled() throws Exception {
    sql("PRAGMA journal_mode = WAL", "CREATE TABLE theirs (a)");
    try (Connection theirs = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = theirs.createStatement()) {
      statement.execute("INSERT INTO theirs VALUES (1)");
      Path copy = Files.createDirectory(root.resolve("copy"));
      Files.copy(file, copy.resolve("traces.db"));
      Files.copy(folder.resolve("traces.db-wal"), copy.resolve("traces.db-wal"));
      folder = copy;
    }
    file = folder.resolve("traces.db");
    Map<String, String> before = contents();
    isRefusedWith("another program");
    assertThat(contents()).containsAllEntriesOf(before);
  }

  @Test
  void aFileThatIsNoDatabase() throws Exception {
    Files.writeString(file, "These are my notes. ".repeat(1_000));
    isRefused("not an SQLite database", "choose another file");
  }

  @Test
  void aFileThatWasCutShort() throws Exception {
    store(100);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 30_000));
    isRefused("damaged", "restore a copy");
  }

  @Test
  void aPathThatIsTooLong() throws Exception {
    file = folder.resolve("n".repeat(248));
    isRefused("choose a shorter one", "248");
    file = folder;
    while (file.toString().length() < 300) {
      file = Files.createDirectory(file.resolve("d".repeat(150)));
    }
    file = file.resolve("n".repeat(505 - file.toString().length() - 1));
    isRefused("choose a shorter one", "505");
    file = file.resolveSibling("n".repeat(504 - file.getParent().toString().length() - 1));
    store(3);
  }

  @Test
  void aFileThatIsNotWritable() throws Exception {
    assumeTrue(OpeningProcess.isPossible(), "this user may write anything");
    store(3);
    mode(file, "r--------");
    Map<String, String> before = contents();
    assertThat(OpeningProcess.run(file)).contains(file.toString(), "not writable");
    assertThat(contents()).isEqualTo(before);
    mode(file, "rw-------");
    assertThat(OpeningProcess.run(file)).isEqualTo("stored");
  }

  /** Whether nobody writes, somebody does, or somebody who wrote was killed. */
  @Test
  void aFileAndAFolderThatAreOnlyLookedAt() throws Exception {
    assumeTrue(OpeningProcess.isPossible(), "this user may write anything");
    store(3);
    mode(file, "r--------");
    mode(folder, "r-x------");
    Map<String, String> before = contents();
    assertThat(OpeningProcess.runToLook(file)).isEqualTo("3");
    assertThat(contents()).isEqualTo(before);
    mode(file, "rw-------");
    mode(folder, "rwx------");
    Path copy = Files.createDirectory(root.resolve("copy")).resolve("traces.db");
    try (StorageBackend storage = SqliteStorageBackend.open(file)) {
      storage.saveTraces(TestTraces.batch("s", 10, 4));
      mode(folder.resolve("traces.db-shm"), "r--------");
      mode(folder, "r-x------");
      assertThat(OpeningProcess.runToLook(file)).isEqualTo("7");
      storage.saveTraces(TestTraces.batch("s", 20, 1));
      assertThat(OpeningProcess.runToLook(file)).isEqualTo("8");
      Files.copy(file, copy);
      Files.copy(folder.resolve("traces.db-wal"), copy.resolveSibling("traces.db-wal"));
    }
    mode(folder, "rwx------");
    folder = copy.getParent();
    mode(folder, "r-x------");
    assertThat(OpeningProcess.runToLook(copy)).contains(copy.toString(), "make the directory writ");
    mode(folder, "rwx------");
    assertThat(OpeningProcess.runToLook(copy)).isEqualTo("8");
  }

  @Test
  void aFileThatIsNotReadable() throws Exception {
    assumeTrue(OpeningProcess.isPossible(), "this user may read anything");
    store(3);
    mode(file, "-w-------");
    assertThat(OpeningProcess.run(file)).contains(file.toString(), "not readable");
    assertThat(OpeningProcess.runToLook(file)).contains(file.toString(), "not readable");
  }

  @Test
  void aFolderThatIsNotWritable() throws Exception {
    assumeTrue(OpeningProcess.isPossible(), "this user may write anything");
    mode(folder, "r-x------");
    assertThat(OpeningProcess.run(file)).contains(file.toString(), "is its directory writable?");
    mode(folder, "rwx------");
    store(3);
    Map<String, String> before = contents();
    mode(folder, "r-x------");
    assertThat(OpeningProcess.run(file)).contains(file.toString(), "must be writable", "-wal");
    assertThat(contents()).isEqualTo(before);
  }
}
