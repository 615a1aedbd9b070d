package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A page that is open while somebody records. */
@NeedsChromium
class LivePageTest extends ChangingPages {
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
  void leavesAloneWhatIsNotNew() {
    Chats chats = new Chats("running", Instant.now()).say("user", "Count.").answer("One.", 40);
    storage.saveTraces(chats.traces());
    browser.open(viewer.urlOf("running"));
    browser.findText(".live", "Live");
    browser.script("document.querySelector('.lane').known = true");
    browser.script("document.querySelector('.export').focus()");
    storage.saveTraces(chats.next().say("user", "Go on.").open().traces());
    browser.find(".call.in_progress[aria-current=true]");
    assertThat(browser.script("return document.querySelector('.lane').known")).isEqualTo(true);
    assertThat(browser.script("return document.activeElement.className")).isEqualTo("export");
    String took =
        "return document.querySelector('.bar.in_progress').style.getPropertyValue('--took')";
    Object first = browser.script(took);
    browser.script("document.querySelector('.call.in_progress').known = true");
    browser.await("the bar grows", () -> !first.equals(browser.script(took)) ? true : null);
    assertThat(browser.script("return document.querySelector('.call.in_progress').known"))
        .isEqualTo(true);
  }

  @Test
  void showsSessionsBelowWhileTheyRun() {
    Chats chats = new Chats("above", Instant.now()).say("user", "Compare.");
    storage.saveTraces(chats.callTool("c", "compare", "{}", 40).traces());
    browser.open(viewer.urlOf("above"));
    browser.findText(".live", "Live");
    Chats child = new Chats("below", Instant.now()).parent("above-1").say("user", "Fares?");
    storage.saveTraces(child.answer("109 EUR.", 30).traces());
    browser.findText(".below", "below");
    browser.find("[data-call=below-1]").click();
    browser.findText(".message", "109 EUR.");
    storage.saveTraces(child.next().say("user", "Sure?").answer("Yes.", 30).traces());
    browser.find("[data-call=below-2]").click();
    browser.findText(".message", "Yes.");
    storage.saveTraces(child.next().say("user", "Really?").answer("Quite.", 30).traces());
    browser.find("[data-call=below-3]");
    browser.findText("[role=tab]", "Call").click();
    browser.findText(".facts", "below-2");
    browser.findText("[role=tab]", "Messages").click();
    browser.findText(".said h3", "New at this step");
    assertThat(browser.all("[role=alert]")).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  /** A browser opens no more than six connections to a server. */
  @Test
  void leavesConnectionsToOtherTabs() {
    storage.saveTraces(
        new Chats("running", Instant.now()).say("user", "Count.").answer("One.", 40).traces());
    for (int tab = 0; tab < 8; tab++) {
      browser.newTab();
      browser.open(viewer.urlOf("running"));
      browser.findText(".live", "Live");
      browser.findText(".message", "One.");
    }
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
