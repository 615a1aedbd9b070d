package io.traceforge.viewer;

import io.traceforge.storage.StorageBackend;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of pages while what they show changes, each with a browser and a file of its own. */
abstract class ChangingPages {
  @TempDir Path folder;
  Browser browser;
  StorageBackend storage;
  TraceForgeViewer viewer;
  private Watched watched;

  @BeforeEach
  void start() {
    watched = Watched.start(folder.resolve("traces.db"));
    browser = watched.browser();
    viewer = watched.viewer();
    storage = watched.storage();
  }

  @AfterEach
  void stop() {
    if (watched != null) {
      watched.close();
    }
  }
}
