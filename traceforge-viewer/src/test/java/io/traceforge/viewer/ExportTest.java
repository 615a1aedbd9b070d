package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.storage.Page;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageException;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.Trace;
import io.traceforge.viewer.internal.ReadOnlyStorage;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever exports a session gets all of it, or sees that he has not. */
class ExportTest {
  private static final int MORE_THAN_A_PAGE = 30;
  private StorageBackend storage;

  @BeforeEach
  void open() {
    storage = StorageBackend.open("memory:");
    // Long, and nothing that can be compressed away: the first page is sent before the second.
    StringBuilder text = new StringBuilder();
    new Random(1).ints(40_000, 'a', 'z' + 1).forEach(text::appendCodePoint);
    Chats chats = new Chats("long", Demo.START).say("user", text.toString());
    for (int step = 0; step < MORE_THAN_A_PAGE; step++) {
      chats.at(step).answer("Go on.", 10);
    }
    storage.saveTraces(chats.traces());
  }

  @AfterEach
  void close() {
    storage.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip"})
  void breaksOffWhereTheStorageFails(String encoding) {
    assertThatThrownBy(() -> export(failingAt(2), encoding))
        .isInstanceOf(UncheckedIOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip"})
  void isAProblemIfTheStorageFailsBeforeAnythingIsSent(String encoding) {
    HttpResponse<String> response = export(failingAt(1), encoding);
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.headers().map()).doesNotContainKey("content-disposition");
    assertThat(response.body()).contains("the storage could not be read");
  }

  private static HttpResponse<String> export(StorageBackend storage, String encoding) {
    try (TraceForgeViewer viewer = TraceForgeViewer.start(storage)) {
      return new Http(viewer).get("/api/sessions/long/export", "Accept-Encoding", encoding);
    }
  }

  private StorageBackend failingAt(int page) {
    AtomicInteger pages = new AtomicInteger();
    return new ReadOnlyStorage(storage) {
      @Override
      public Page<Trace> listTraces(TraceQuery query) {
        if (pages.incrementAndGet() == page) {
          throw new StorageException("the disk is gone");
        }
        return super.listTraces(query);
      }
    };
  }
}
