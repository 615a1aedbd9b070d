package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.StorageBackend;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests of pages that show what each test has recorded, with one browser for all of a class. */
abstract class RecordedPages {
  @TempDir static Path folder;
  static Watched watched;
  static Browser browser;
  static StorageBackend storage;

  @BeforeAll
  static void start() {
    watched = Watched.start(folder.resolve("traces.db"));
    browser = watched.browser();
    storage = watched.storage();
  }

  @AfterAll
  static void stop() {
    if (watched != null) {
      watched.close();
    }
  }

  @AfterEach
  void theBrowserComplainsOfNothing() {
    assertThat(browser.complaints()).isEmpty();
  }
}
