package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page that is open while somebody records. */
@NeedsChromium
class LivePageTest {
  @TempDir Path folder;
  private Watched watched;
  private Browser browser;
  private StorageBackend storage;
  private TraceForgeViewer viewer;

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

  @Test
  void followsASessionWhileItRuns() {
    Chats chats = new Chats("running", Instant.now()).say("user", "Count.").answer("One.", 40);
    storage.saveTraces(chats.traces());
    browser.open(viewer.urlOf("running"));
    browser.findText(".live", "Live");
    browser.findText(".message", "One.");
    browser.script("window.sameDocument = true");

    storage.saveTraces(chats.next().say("user", "Go on.").open().traces());
    browser.find(".call.in_progress[aria-current=true]");
    browser.picture("live.png");
    storage.saveTraces(chats.end("Two.", 300).traces());
    browser.findText(".message", "Two.");
    assertThat(browser.all(".call.in_progress")).isEmpty();

    browser.all(".call").get(0).click();
    browser.findText(".message", "One.");
    storage.saveTraces(chats.next().say("user", "And?").answer("Three.", 40).traces());
    browser.await("a third lane", () -> browser.all(".lane").size() == 3 ? true : null);
    assertThat(browser.find(".call[aria-current=true]").getAttribute("aria-label"))
        .as("what somebody has chosen stays")
        .startsWith("Step 0");

    storage.updateSession(SessionUpdate.ended("running", Instant.now().plusSeconds(5)));
    browser.findText(".session-head .status", "completed");
    assertThat(browser.all(".live")).isEmpty();
    assertThat(browser.script("return window.sameDocument")).isEqualTo(true);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void listsNewSessionsByItself() {
    Demo.many(storage, 3);
    browser.open(viewer.url());
    browser.findText("tbody", "support-00002");
    Demo.flight(storage);
    browser.findText("tbody", "book-a-flight-to-paris");
  }

  @Test
  void readsADatabaseThatAnotherProcessIsWriting() throws IOException {
    Path file = folder.resolve("shared.db");
    try (WritingProcess writer = WritingProcess.start(file);
        StorageBackend shared = StorageBackend.open("sqlite:" + file);
        TraceForgeViewer other = TraceForgeViewer.start(shared)) {
      writer.write();
      browser.open(other.urlOf("elsewhere"));
      browser.findText(".message", "Answer 0");
      writer.write();
      browser.findText(".message", "Answer 1");
      writer.write();
      browser.findText(".message", "Answer 2");
      writer.end();
      browser.findText(".session-head .status", "completed");
    }
  }
}
