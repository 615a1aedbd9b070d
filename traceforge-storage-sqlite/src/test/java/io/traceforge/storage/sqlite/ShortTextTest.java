package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SearchHit;
import io.traceforge.storage.SearchQuery;
import io.traceforge.trace.Trace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said is found, also if it is short and the provider has no messages. */
class ShortTextTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"m\",\"prompt\":\"Why is a zeppelin blue?\"}",
        "{\"model\":\"m\",\"input\":\"Find a zeppelin\"}",
        "{\"model\":\"m\",\"input\":[\"a zeppelin\",\"b\"]}",
        "{\"model\":\"m\",\"response\":\"A zeppelin.\",\"done\":true}",
        "{\"system\":\"Be a zeppelin.\",\"messages\":[]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"zeppelin\"}]}",
        "{\"contents\":[{\"parts\":[{\"text\":\"zeppelin\"}]}]}",
        "{\"error\":{\"message\":\"no zeppelin here\"}}"
      })
  void isFound(String body) {
    try (SqliteStorageBackend storage = SqliteStorageBackend.open(directory.resolve("traces.db"))) {
      Trace trace = TestTraces.trace("s", 1).request(TestTraces.request(body)).build();
      storage.saveTrace(trace);
      List<SearchHit> hits =
          storage.search().orElseThrow().search(SearchQuery.of("zeppelin")).items();
      assertThat(hits).hasSize(1);
      assertThat(hits.get(0).marked("[", "]")).contains("[zeppelin]");
      assertThat(storage.getTrace(trace.id())).contains(trace);
      assertThat(storage.check()).isEmpty();
    }
  }
}
