package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page whose viewer has gone, or has nothing to show yet. */
@NeedsChromium
class GonePageTest extends ChangingPages {
  private int port;

  @BeforeEach
  void notePort() {
    port = URI.create(viewer.url()).getPort();
  }

  private TraceForgeViewer startAgain() {
    return TraceForgeViewer.builder(storage).port(port).start();
  }

  @Test
  void saysThatNobodyAnswersUntilSomebodyDoes() {
    Demo.many(storage, 3);
    browser.open(viewer.url());
    browser.findText("tbody", "support-00002");
    viewer.close();
    browser.findText(".stale", "The viewer does not answer");
    browser.findText("tbody a", "support-00002").click();
    browser.findText("[role=alert]", "The viewer does not answer");
    try (TraceForgeViewer again = startAgain()) {
      browser.findText("h1", "support-00002");
      browser.findText(".message", "Answer 2");
      assertThat(browser.url()).startsWith(again.url());
    }
  }

  @Test
  void followsASessionThatOutlivesTheViewer() {
    Chats chats = new Chats("running", Instant.now()).say("user", "Count.").answer("One.", 40);
    storage.saveTraces(chats.traces());
    browser.open(viewer.urlOf("running"));
    browser.findText(".live", "Live");
    viewer.close();
    browser.findText(".lost", "The viewer does not answer");
    assertThat(browser.all(".live")).isEmpty();
    storage.saveTraces(chats.next().say("user", "Go on.").answer("Two.", 40).traces());
    try (TraceForgeViewer again = startAgain()) {
      browser.findText(".message", "Two.");
      browser.findText(".live", "Live");
      assertThat(browser.all(".lost")).isEmpty();
      assertThat(browser.url()).startsWith(again.url());
    }
  }

  @Test
  void saysThatASessionIsGoneWhichItWatched() {
    storage.saveTraces(
        new Chats("running", Instant.now()).say("user", "Count.").answer("One.", 40).traces());
    browser.open(viewer.urlOf("running"));
    browser.findText(".live", "Live");
    storage.deleteSession("running");
    browser.findText(".lost", "no session has this id");
    assertThat(browser.find(".lost").getText()).doesNotContain("again");
  }

  @Test
  void saysNothingWrongOfAViewerWhoseOtherListenersAreTooMany() {
    storage.saveTraces(
        new Chats("running", Instant.now()).say("user", "Count.").answer("One.", 40).traces());
    List<EventReader> others = new ArrayList<>();
    try {
      for (int i = 0; i < 32; i++) {
        others.add(new EventReader(viewer.url() + "api/sessions/running/events"));
        assertThat(others.get(i).next()).startsWith("session ");
      }
      browser.open(viewer.urlOf("running"));
      browser.findText(".message", "One.");
      browser.findText(".lost", "Not live; trying again");
    } finally {
      others.forEach(EventReader::close);
    }
    browser.findText(".live", "Live");
  }

  /** The body of an answer ends in the middle, when the viewer is stopped say. */
  @Test
  void asksAgainWhenAnAnswerBreaksOff() {
    Demo.many(storage, 3);
    browser.open(viewer.url());
    browser.findText("tbody", "support-00002");
    browser.script(
        "window.real = fetch; window.fetch = async () => new Response(new ReadableStream("
            + "{ pull: (body) => body.error(new TypeError('network error')) }))");
    browser.findText("tbody a", "support-00002").click();
    browser.findText("[role=alert]", "The answer of the viewer broke off");
    browser.script("window.fetch = window.real");
    browser.findText("h1", "support-00002");
    browser.findText(".message", "Answer 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"#/sessions/a/b", "#/sessions/..", "#/sessions/%zz", "#/sessions/", "#/x"})
  void doesNotWaitForWhatCannotCome(String place) {
    browser.open(viewer.url() + place);
    browser.findText("[role=alert]", "There is no such page.");
    assertThat(browser.find("[role=alert]").getText()).doesNotContain("by itself");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void waitsForWhatIsYetToBeRecorded() {
    browser.open(viewer.url());
    browser.findText("tbody", "Nothing has been recorded yet.");
    browser.open(viewer.url() + "#/?status=failed");
    browser.findText("tbody", "No session matches.");
    browser.open(viewer.urlOf("support-00001"));
    browser.findText("[role=alert]", "no session has this id");
    Demo.many(storage, 3);
    browser.findText("h1", "support-00001");
    browser.findText(".message", "Answer 1");
  }
}
