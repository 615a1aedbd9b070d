package io.traceforge.viewer;

import io.traceforge.storage.StorageBackend;
import java.nio.file.Path;

/** A viewer over a SQLite file, and a browser to look at it with. */
record Watched(Browser browser, StorageBackend storage, TraceForgeViewer viewer)
    implements AutoCloseable {

  static Watched start(Path file) {
    Browser browser = Browser.start();
    StorageBackend storage = StorageBackend.open("sqlite:" + file);
    return new Watched(browser, storage, TraceForgeViewer.start(storage));
  }

  @Override
  public void close() {
    viewer.close();
    storage.close();
    browser.close();
  }
}
