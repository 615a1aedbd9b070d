package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageBackends;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, over a real SQLite file. */
class PageTest {
  @TempDir static Path folder;
  private static StorageBackend storage;
  private static TraceForgeViewer viewer;
  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    storage = StorageBackends.open("sqlite:" + folder.resolve("traces.db"));
    Demo.many(storage, 120);
    Demo.longSession(storage, 200);
    Demo.flight(storage);
    Demo.index(storage);
    viewer = TraceForgeViewer.start(storage);
  }

  @AfterAll
  static void stop() {
    if (viewer != null) {
      viewer.close();
      storage.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void listsSessionsTheNewestFirst() {
    browser.open(viewer.url());
    browser.findText("tbody tr:first-child .id", "compare-prices");
    assertThat(browser.all("tbody tr")).hasSize(50);
    browser.await("bars", () -> browser.all(".step-bar").size() > 10);
    browser.picture("sessions.png");
  }

  @Test
  void showsASession() {
    browser.open(viewer.urlOf("book-a-flight-to-paris"));
    browser.findText("h1", "book-a-flight-to-paris");
    browser.findText(".message", "I will look for flights");
    browser.picture("session.png");
  }
}
