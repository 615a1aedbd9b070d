package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are taken, and that others stay as they are. */
class SqliteFileTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("traces.db");
  }

  private static void store(Path file) {
    try (StorageBackend storage = SqliteStorageBackend.open(file)) {
      storage.saveTraces(TestTraces.batch("s", 1, 3));
    }
  }

  private static void sql(Path file, String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Checks that a file is refused with a message that names it, and that no byte changes. */
  private void isRefusedUntouched(String... messageParts) throws IOException {
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> SqliteStorageBackend.open(file))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContainingAll(messageParts);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aNewFileIsForItsOwnerAlone() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    try (StorageBackend storage = SqliteStorageBackend.open(file)) {
      storage.saveTraces(TestTraces.batch("s", 1, 3));
      storage.listSessions();
      for (String suffix : new String[] {"", "-wal", "-shm"}) {
        Path path = directory.resolve("traces.db" + suffix);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as(suffix)
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void anEmptyFileIsTaken() throws IOException {
    Files.createFile(file);
    store(file);
    assertThat(Files.size(file)).isPositive();
  }

  @Test
  void afterTheCloseOneFileHoldsEverything() throws IOException {
    store(file);
    try (var left = Files.list(directory)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void aFileOfAnotherProgram() throws Exception {
    sql(file, "CREATE TABLE theirs (a)", "INSERT INTO theirs VALUES (1)");
    isRefusedUntouched("another program", "choose another file");
  }

  @Test
  void aFileOfAnotherProgramInWalMode() throws Exception {
    sql(file, "PRAGMA journal_mode = WAL", "PRAGMA application_id = 7", "CREATE TABLE theirs (a)");
    isRefusedUntouched("another program");
  }

  @Test
  void anEmptyFileThatAnotherProgramHasMarked() throws Exception {
    sql(file, "PRAGMA application_id = 7");
    isRefusedUntouched("another program");
  }

  @Test
  void aFileOfANewerVersion() throws Exception {
    store(file);
    sql(file, "PRAGMA user_version = 99");
    isRefusedUntouched("newer TraceForge", "99");
  }

  @Test
  void aNewerVersionThatIsRunning() throws Exception {
    store(file);
    try (Connection newer = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = newer.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
      assertThat(Files.size(directory.resolve("traces.db-wal"))).isPositive();
      isRefusedUntouched("newer TraceForge");
    }
  }

  @Test
  void aFileThatIsNoDatabase() throws Exception {
    Files.writeString(file, "These are my notes. ".repeat(1_000));
    isRefusedUntouched("not an SQLite database");
  }

  @Test
  void aShortFileThatIsNoDatabase() throws Exception {
    Files.writeString(file, "x");
    isRefusedUntouched("not an SQLite database");
  }

  @Test
  void aFileThatWasCutOff() throws Exception {
    store(file);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 30_000));
    isRefusedUntouched("damaged");
  }

  @Test
  void aFileWithADamagedSchema() throws Exception {
    store(file);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 100, 16_384, (byte) 0x5a);
    Files.write(file, bytes);
    isRefusedUntouched("damaged");
  }

  @Test
  void aMissingDirectory() {
    Path missing = directory.resolve("no/traces.db");
    assertThatThrownBy(() -> SqliteStorageBackend.open(missing))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(missing.toString())
        .hasMessageContaining("does not exist; create it");
  }

  @Test
  void aFileWhereADirectoryShouldBe() throws IOException {
    Files.createFile(file);
    assertThatThrownBy(() -> SqliteStorageBackend.open(file.resolve("traces.db")))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("is not a directory");
  }

  @Test
  void aDirectoryWhereAFileShouldBe() {
    assertThatThrownBy(() -> SqliteStorageBackend.open(directory))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("not a regular file");
  }

  @Test
  void aLinkToNowhere() throws IOException {
    Files.createSymbolicLink(file, directory.resolve("nowhere.db"));
    assertThatThrownBy(() -> SqliteStorageBackend.open(file)).isInstanceOf(StorageException.class);
    assertThat(directory.resolve("nowhere.db")).doesNotExist();
  }

  @Test
  void noRoomForTheWal() throws IOException {
    store(file);
    Files.createDirectory(directory.resolve("traces.db-wal"));
    isRefusedUntouched("must be writable", "-wal");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b.db",
        "a?b=c.db",
        "100%25.db",
        "a#b.db",
        "a&b;c'd.db",
        "file:x",
        "%2e%00.db",
        "-x.db"
      })
  void namesWithCharactersThatMeanSomethingElsewhere(String name) {
    Path odd = directory.resolve(name);
    store(odd);
    assertThat(odd).exists();
    try (StorageBackend storage = SqliteStorageBackend.open(odd)) {
      assertThat(storage.listTracesBySession("s")).hasSize(3);
    }
  }

  @Test
  void aNameInAnyLanguage() {
    assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "names are not in UTF-8");
    file = directory.resolve("ü😀 日本.db");
    store(file);
    assertThat(file).exists();
  }

  @Test
  void aLinkAndTheFileItself() throws IOException {
    Path link = directory.resolve("link.db");
    Files.createSymbolicLink(link, file);
    assertThatThrownBy(() -> store(link)).isInstanceOf(StorageException.class); // to nowhere yet
    store(file);
    try (StorageBackend a = SqliteStorageBackend.open(link);
        StorageBackend b = SqliteStorageBackend.open(file)) {
      a.saveTraces(TestTraces.batch("s", 4, 3));
      b.saveTraces(TestTraces.batch("s", 7, 3));
      assertThat(a.listTracesBySession("s")).isEqualTo(b.listTracesBySession("s")).hasSize(9);
      assertThat(directory.resolve("link.db-wal")).doesNotExist();
    }
  }

  @Test
  void aRelativePath() {
    Path here = Path.of("").toAbsolutePath();
    assumeTrue(here.getRoot().equals(file.getRoot()), "on another drive");
    store(here.relativize(file));
    assertThat(file).exists();
  }

  @Test
  void aUrlNamesAFile() {
    try (StorageBackend storage = StorageBackend.open("sqlite:" + file)) {
      assertThat(storage).isInstanceOf(SqliteStorageBackend.class);
    }
    assertThat(file).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite:", "sqlite:  ", "sqlite:a\0b", "sqlite::memory:"})
  void aUrlThatNamesNoFile(String url) {
    assertThatThrownBy(() -> StorageBackend.open(url)).isInstanceOf(StorageException.class);
  }

  @Test
  void settingsOutOfRange() {
    var builder = SqliteStorageBackend.builder(file);
    assertThatThrownBy(() -> builder.readers(0)).hasMessageContaining("count");
    assertThatThrownBy(() -> builder.busyTimeout(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("timeout");
  }

  @Test
  void theFileSaysWhatItIs() throws IOException {
    store(file);
    byte[] header = Arrays.copyOf(Files.readAllBytes(file), 100);
    assertThat(new String(header, 0, 15, StandardCharsets.US_ASCII)).isEqualTo("SQLite format 3");
    assertThat(new String(header, 68, 4, StandardCharsets.US_ASCII)).isEqualTo("TrFg");
    assertThat(((header[16] & 0xff) << 8) + (header[17] & 0xff)).isEqualTo(16_384);
  }
}
