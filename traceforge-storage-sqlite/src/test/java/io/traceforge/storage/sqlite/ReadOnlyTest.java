package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.storage.SearchHit;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageException;
import io.traceforge.trace.Trace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who opens a file for reading sees what is there, and changes nothing. */
@Timeout(120)
class ReadOnlyTest {
  /** From this version on, files are read as they are. */
  private static final int READABLE = 5;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("traces.db");
  }

  private void store(String session, int first, int count) {
    try (StorageBackend storage = SqliteStorageBackend.open(file)) {
      storage.saveTraces(TestTraces.batch(session, first, count));
    }
  }

  private static SqliteStorageBackend look(Path file) {
    return (SqliteStorageBackend) StorageBackend.open("sqlite:" + file + "?mode=ro");
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private static void isRefused(Path file, String... messageParts) {
    assertThatThrownBy(() -> look(file))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContainingAll(messageParts);
  }

  @Test
  void aMissingFileIsToldAndNotMade() throws IOException {
    isRefused(file, "there is no such file");
    isRefused(directory.resolve("no/traces.db"), "there is no such file");
    isRefused(directory, "not a regular file");
    assertThat(files()).isEmpty();
  }

  @Test
  void whatIsNoFileOfOursIsRefused() throws Exception {
    Files.writeString(file, "These are my notes. ".repeat(1_000));
    isRefused(file, "not an SQLite database");
    Files.write(file, new byte[0]);
    isRefused(file, "it is empty");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE theirs (a)");
    }
    isRefused(file, "another program");
    assertThat(files()).containsExactly(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "?mode=rw", "?mode=ro&cache=shared", "?x"})
  void anotherParameterIsRefused(String parameter) throws IOException {
    String url = "sqlite:" + file + parameter;
    assertThatThrownBy(() -> StorageBackend.open(url))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(url)
        .hasMessageContaining("?mode=ro");
    assertThat(files()).isEmpty();
  }

  @Test
  void lookingChangesNeitherTheFileNorItsFolder() throws IOException {
    store("s", 1, 30);
    byte[] bytes = Files.readAllBytes(file);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
    Files.setLastModifiedTime(directory, FileTime.fromMillis(1_000_000_000_000L));
    try (SqliteStorageBackend storage = look(file)) {
      assertThat(storage.listTracesBySession("s")).hasSize(30);
      assertThat(storage.listSessions()).hasSize(1);
      assertThat(storage.getTimeline("s").orElseThrow().steps()).hasSize(1);
      assertThat(storage.search().orElseThrow().count(SearchQuery.of("n"))).isZero();
      assertThat(storage.maintain()).isFalse();
      assertThat(storage.check()).isEmpty();
      assertThat(files()).containsExactly(file);
    }
    assertThat(files()).containsExactly(file);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(1_000_000_000_000L);
    assertThat(Files.getLastModifiedTime(directory).toMillis()).isEqualTo(1_000_000_000_000L);
  }

  @Test
  void whateverWouldWriteIsRefused() {
    store("s", 1, 3);
    try (SqliteStorageBackend storage = look(file)) {
      for (Runnable write :
          List.<Runnable>of(
              () -> storage.saveTraces(TestTraces.batch("s", 4, 1)),
              () -> storage.updateSession(SessionUpdate.ended("s", TestTraces.START)),
              () -> storage.deleteSession("s"))) {
        assertThatThrownBy(write::run)
            .isExactlyInstanceOf(StorageException.class)
            .hasMessageContainingAll(file.toString(), "open for reading only");
      }
      assertThat(storage.retention()).isEmpty();
      assertThat(storage.listTracesBySession("s")).hasSize(3);
    }
  }

  @Test
  void whatOthersStoreMeanwhileIsSeenAtOnce() throws IOException {
    store("s", 1, 3);
    try (SqliteStorageBackend reader = look(file)) {
      for (int round = 1; round <= 5; round++) {
        assertThat(reader.listTracesBySession("s")).hasSize(3 * round);
        try (StorageBackend writer = SqliteStorageBackend.open(file)) {
          writer.saveTraces(TestTraces.batch("s", round * 10, 2));
          assertThat(reader.listTracesBySession("s")).hasSize(3 * round + 2);
          writer.saveTraces(TestTraces.batch("s", round * 10 + 5, 1));
          assertThat(reader.getSessionMetadata("s").orElseThrow().totalTraces())
              .isEqualTo(3 * round + 3);
        }
      }
      Files.copy(file, directory.resolve("other.db"));
    }
    try (SqliteStorageBackend reader = look(directory.resolve("other.db"))) {
      assertThat(reader.listTracesBySession("s")).hasSize(18);
    }
  }

  @Test
  void anotherProcessThatWritesAndIsKilled() throws Exception {
    Process process = SqliteProcess.start(file, "s", 1, 100_000);
    try (BufferedReader output = process.inputReader()) {
      SqliteProcess.awaitBatches(output, 3);
      try (SqliteStorageBackend reader = look(file)) {
        for (int batches = 10; batches <= 50; batches += 10) {
          SqliteProcess.awaitBatches(output, 9);
          assertThat(reader.listTracesBySession("s")).hasSizeGreaterThanOrEqualTo(batches * 10);
        }
        process.destroyForcibly().waitFor();
        List<Trace> left = reader.listTracesBySession("s");
        byte[] bytes = Files.readAllBytes(file);
        try (SqliteStorageBackend another = look(file)) {
          assertThat(another.listTracesBySession("s")).isEqualTo(left);
          assertThat(another.check()).isEmpty();
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
      }
    } finally {
      process.destroyForcibly();
    }
  }

  /** Each time the file changes under a reader that was told that it does not. */
  @Test
  void writersThatComeAndGoWhileManyRead() throws Exception {
    store("s", 1, 100);
    AtomicBoolean done = new AtomicBoolean();
    List<CompletableFuture<Integer>> readers = new ArrayList<>();
    try (SqliteStorageBackend storage = look(file)) {
      for (int n = 0; n < 3; n++) {
        readers.add(CompletableFuture.supplyAsync(() -> readUntil(storage, done)));
      }
      for (int round = 0; round < 25; round++) {
        try (StorageBackend writer = SqliteStorageBackend.open(file)) {
          writer.saveTraces(TestTraces.batch("s", 1_000 * (round + 1), 100));
          writer.deleteSession("t");
          writer.saveTraces(TestTraces.batch("t", 500_000 + round * 100, 50));
        }
      }
      done.set(true);
      for (CompletableFuture<Integer> reader : readers) {
        assertThat(reader.get()).isEqualTo(2_600);
      }
    }
  }

  /** Returns how many there were at last. */
  private static int readUntil(SqliteStorageBackend storage, AtomicBoolean done) {
    int seen = 0;
    boolean last = false;
    while (!last) {
      last = done.get();
      int found = storage.listTracesBySession("s").size();
      assertThat(found).isGreaterThanOrEqualTo(seen);
      assertThat(found % 100).isZero();
      assertThat(storage.getSessionMetadata("s").orElseThrow().totalTraces())
          .isGreaterThanOrEqualTo(found);
      seen = found;
    }
    return seen;
  }

  private static void searchesAlike(SqliteStorageBackend reader, Path other) {
    try (SqliteStorageBackend reference = SqliteStorageBackend.open(other)) {
      for (String words : List.of("f1", "function", "f1 OR f2", "\"f2\"", "f*", "nothing")) {
        SearchQuery query = SearchQuery.of(words);
        assertThat(reader.search().orElseThrow().count(query))
            .as(words)
            .isEqualTo(reference.search().orElseThrow().count(query));
        assertThat(hits(reader, query.withLimit(3)))
            .as(words)
            .isEqualTo(hits(reference, query.withLimit(100)));
        assertThat(hits(reader, query.inSession("s4")))
            .isEqualTo(hits(reference, query.inSession("s4")));
        assertThat(reader.search().orElseThrow().search(query.bestFirst().withLimit(1_000)).items())
            .as(words)
            .containsExactlyInAnyOrderElementsOf(
                reference
                    .search()
                    .orElseThrow()
                    .search(query.bestFirst().withLimit(1_000))
                    .items());
      }
    }
  }

  private static List<SearchHit> hits(SqliteStorageBackend storage, SearchQuery query) {
    List<SearchHit> hits = new ArrayList<>();
    SearchQuery next = query;
    while (true) {
      var page = storage.search().orElseThrow().search(next);
      hits.addAll(page.items());
      if (page.nextCursor() == null) {
        return hits;
      }
      next = next.after(page.nextCursor());
    }
  }

  /** Nothing indexed, some of it, all of it; the file of the reference is a copy. */
  @Test
  void aSearchSeesWhatIsNotIndexedToo() throws Exception {
    int copies = 0;
    for (int indexed : new int[] {0, 3, 8}) {
      Files.deleteIfExists(file);
      try (SqliteStorageBackend writer = SqliteStorageBackend.open(file)) {
        for (int n = 0; n < 8; n++) {
          if (n == indexed) {
            writer.search().orElseThrow().count(SearchQuery.of("f1"));
          }
          writer.saveTraces(Conversations.session("s" + n, 4, n * 10, TestTraces.START));
        }
        if (indexed == 8) {
          writer.search().orElseThrow().count(SearchQuery.of("f1"));
        }
      }
      Path copy = Files.copy(file, directory.resolve("copy" + copies++));
      byte[] bytes = Files.readAllBytes(file);
      try (SqliteStorageBackend reader = look(file)) {
        assertThat(reader.search().orElseThrow().count(SearchQuery.of("f1"))).isEqualTo(8);
        searchesAlike(reader, copy);
      }
      assertThat(Arrays.equals(Files.readAllBytes(file), bytes)).isTrue();
    }
  }

  /** What is not indexed repeats what is, or what is not either. */
  @Test
  void aTextThatComesBackInOtherBytesIsFoundOnce() {
    try (SqliteStorageBackend writer = SqliteStorageBackend.open(file)) {
      writer.saveTrace(
          TestTraces.says("s", 1, "{\"role\":\"user\",\"content\":\"the first question\"}"));
      assertThat(hits(writer, SearchQuery.of("question"))).hasSize(1);
      writer.saveTrace(
          TestTraces.says("s", 2, "{\"content\":\"the first question\",\"role\":\"user\"}"));
      writer.saveTrace(
          TestTraces.says("s", 3, "{\"role\":\"user\",\"content\":\"the second question\"}"));
      writer.saveTrace(
          TestTraces.says("s", 4, "{\"content\":\"the second question\",\"role\":\"user\"}"));
    }
    try (SqliteStorageBackend reader = look(file)) {
      assertThat(hits(reader, SearchQuery.of("question").withLimit(1)))
          .extracting(SearchHit::traceId)
          .containsExactly(TestTraces.id(3), TestTraces.id(1));
    }
  }

  @Test
  void aSearchWhileOthersStoreIndexAndDelete() {
    store("none", 1, 1);
    try (SqliteStorageBackend reader = look(file);
        SqliteStorageBackend writer = SqliteStorageBackend.open(file)) {
      for (int n = 0; n < 12; n++) {
        writer.saveTraces(Conversations.session("s" + n, 3, n * 10, TestTraces.START));
        assertThat(hits(reader, SearchQuery.of("f1").withLimit(2))).hasSize(n + 1);
        if (n % 3 == 1) {
          writer.search().orElseThrow().count(SearchQuery.of("f1"));
        }
        if (n % 4 == 3) {
          writer.saveTraces(Conversations.session("gone", 3, 1_000, TestTraces.START));
          assertThat(reader.search().orElseThrow().count(SearchQuery.of("f1"))).isEqualTo(n + 2);
          writer.deleteSession("gone");
        }
        assertThat(reader.search().orElseThrow().count(SearchQuery.of("f1"))).isEqualTo(n + 1);
      }
    }
  }

  /** Whoever adds a version says in {@code Schema} from which one on files are read as they are. */
  @ParameterizedTest
  @MethodSource("unreadableVersions")
  void aFileOfAnEarlierVersionIsRefusedAndLeftAsItIs(int version) throws Exception {
    file = EarlierSchemaTest.fileOf(directory, version);
    byte[] bytes = Files.readAllBytes(file);
    isRefused(file, "schema " + version, "open it for writing once");
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    SqliteStorageBackend.open(file).close();
    isRead();
  }

  /** What has changed since then is nothing that a reader needs. */
  @ParameterizedTest
  @MethodSource("readableVersions")
  void aFileOfTheVersionBeforeIsReadAndLeftAsItIs(int version) throws Exception {
    file = EarlierSchemaTest.fileOf(directory, version);
    byte[] bytes = Files.readAllBytes(file);
    isRead();
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  static Stream<Integer> unreadableVersions() {
    return EarlierSchemaTest.earlierVersions().filter(version -> version < READABLE);
  }

  static Stream<Integer> readableVersions() {
    return EarlierSchemaTest.earlierVersions().filter(version -> version >= READABLE);
  }

  private void isRead() {
    try (SqliteStorageBackend reader = look(file)) {
      for (Trace trace : EarlierTraces.all()) {
        assertThat(reader.getTrace(trace.id())).contains(trace);
      }
      assertThat(reader.listSessions()).hasSize(5);
    }
  }
}
