package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file of each earlier version opens, and reads as it did then. */
class EarlierSchemaTest {
  static final int CURRENT = 6;
  private static final Clock CLOCK = Clock.fixed(TestTraces.START.plusSeconds(60), ZoneOffset.UTC);

  @TempDir Path directory;

  static Stream<Integer> earlierVersions() {
    return IntStream.range(1, CURRENT).boxed();
  }

  private Path fileOf(int version) throws Exception {
    return fileOf(directory, version);
  }

  /** Makes a file as a version has left it. */
  static Path fileOf(Path directory, int version) throws Exception {
    Path file = directory.resolve("version-" + version + ".db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      for (String sql : script(version).split(";\n", -1)) {
        statement.executeUpdate(sql);
      }
    }
    return file;
  }

  private static String script(int version) throws IOException {
    try (InputStream script =
        EarlierSchemaTest.class.getResourceAsStream("schema-" + version + ".sql")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static StorageBackend open(Path file) {
    return SqliteStorageBackend.builder(file).clock(CLOCK).open();
  }

  @ParameterizedTest
  @MethodSource("earlierVersions")
  void readsEqual(int version) throws Exception {
    try (StorageBackend storage = open(fileOf(version));
        StorageBackend reference = new InMemoryStorageBackend(CLOCK)) {
      EarlierTraces.storeIn(reference);
      for (Trace trace : EarlierTraces.all()) {
        assertThat(storage.getTrace(trace.id())).contains(trace);
      }
      assertThat(storage.listSessions()).isEqualTo(reference.listSessions()).hasSize(5);
      for (SessionMetadata session : reference.listSessions()) {
        String id = session.sessionId();
        assertThat(storage.listTracesBySession(id)).isEqualTo(reference.listTracesBySession(id));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("earlierVersions")
  void goesOnAsANewOneDoes(int version) throws Exception {
    Path file = fileOf(version);
    Trace more = TestTraces.trace("done", 100).stepIndex(4).build();
    try (StorageBackend storage = open(file)) {
      EarlierTraces.storeIn(storage); // once more, in place of what is there
      storage.saveTrace(more);
      storage.deleteSession("broken");
    }
    try (StorageBackend storage = open(file)) {
      assertThat(storage.getTrace(more.id())).contains(more);
      assertThat(storage.listTracesBySession("done")).hasSize(4).endsWith(more);
      assertThat(storage.getTrace(TestTraces.id(1))).contains(EarlierTraces.all().get(0));
      assertThat(storage.getSessionMetadata("done").orElseThrow().totalTraces()).isEqualTo(4);
      assertThat(storage.getSessionMetadata("broken")).isEmpty();
      assertThat(storage.getTrace(TestTraces.id(3))).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("earlierVersions")
  void findsTheChildrenOfThen(int version) throws Exception {
    try (StorageBackend storage = open(fileOf(version))) {
      TraceQuery query = TraceQuery.childrenOf(List.of(TestTraces.id(1)));
      assertThat(storage.listTraces(query).items()).containsExactly(EarlierTraces.all().get(1));
    }
  }
}
