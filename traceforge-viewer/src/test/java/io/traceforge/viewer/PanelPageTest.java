package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SessionUpdate;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody reads what a call said, while more of it is recorded. */
@NeedsChromium
class PanelPageTest extends ChangingPages {
  private static final String SELECTED = ".call[aria-current=true]";

  private Chats chats;

  @BeforeEach
  void ask() {
    chats = new Chats("running", Instant.now()).say("user", "Count.");
  }

  private void open() {
    storage.saveTraces(chats.traces());
    browser.open(viewer.urlOf("running"));
    browser.findText(".live", "Live");
  }

  private void record(Chats more) {
    storage.saveTraces(more.traces());
  }

  private Object knows(String css) {
    return browser.script("return document.querySelector(arguments[0])?.known === true", css);
  }

  private void learn(String css) {
    browser.find(css);
    browser.script("document.querySelector(arguments[0]).known = true", css);
  }

  @Test
  void leavesACallAloneThatHasNoNewsWhileItsSessionHas() {
    chats.callTool("c", "compare", "{}", 40);
    Chats child = new Chats("below", Instant.now()).parent("running-1").say("user", "Fares?");
    record(child.fail(502, "Bad gateway", 20).answer("109 EUR.", 30));
    open();
    browser.find("[data-call=below-2]").click();
    browser.findText(".attempts button", "Attempt 1: error").click();
    browser.findText(".message", "Fares?");
    browser.await("what was said", () -> browser.all(".message").size() == 1 ? true : null);
    learn(".message");
    record(child.next().say("user", "Sure?").answer("Yes.", 30));
    browser.find("[data-call=below-3]");
    assertThat(knows(".message")).as("the same message").isEqualTo(true);
    assertThat(browser.find(".attempts [aria-pressed=true]").getText())
        .isEqualTo("Attempt 1: error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "document.querySelector('.message').click()",
        "document.querySelector('.content').focus()",
        "document.querySelector('.message').dispatchEvent("
            + "new KeyboardEvent('keydown', {key: 'End', bubbles: true}))",
        "getSelection().selectAllChildren(document.querySelector('.message'))"
      })
  void staysWithWhatSomebodyReads(String reads) {
    chats.answer("One.", 40);
    open();
    browser.findText(".message", "One.");
    browser.script(reads);
    record(chats.next().say("user", "Go on.").answer("Two.", 40));
    browser.find("[data-call=running-2]");
    assertThat(browser.find(SELECTED).getDomAttribute("data-call")).isEqualTo("running-1");
    assertThat(browser.find(".messages").getText()).contains("One.");
  }

  @Test
  void scrollsToTheNewestOnlyForThoseWhoSeeTheOneBefore() {
    for (int i = 0; i < 80; i++) {
      chats.at(i).say("user", "More.").answer("Answer " + i, 40);
    }
    open();
    browser.findText(".message", "Answer 79");
    record(chats.next().say("user", "More.").answer("Answer 80", 40));
    browser.findText(".message", "Answer 80");
    browser.awaitTrue(
        "the newest call in sight",
        "return document.querySelector('" + SELECTED + "').getBoundingClientRect().top < 900");
    browser.script("document.querySelector('.lanes-pane').scrollTop = 7");
    record(chats.next().say("user", "More.").answer("Answer 81", 40));
    browser.findText(".message", "Answer 81");
    assertThat(browser.script("return document.querySelector('.lanes-pane').scrollTop"))
        .isEqualTo(7L);
  }

  @Test
  void showsAtTheEndWhatChangedAfterTheLastCall() {
    chats.state("query", "\"flights\"").answer("One.", 40);
    open();
    browser.findText(".message", "One.");
    storage.updateSession(
        SessionUpdate.ended("running", Instant.now())
            .withFinalState(chats.state("booking", "\"TF 109\"").stood()));
    browser.findText(".session-head .status", "completed");
    browser.findText(".state", "After the last call");
    assertThat(browser.find(".state").getText()).contains("TF 109");
  }

  @Test
  void tellsOfARetryThatItRuns() {
    chats.fail(503, "The server is overloaded", 200).later(100).open();
    open();
    browser.find(SELECTED + " .tag.retried");
    assertThat(browser.find(SELECTED + " .number").getText()).isEqualTo("running");
    assertThat(browser.find(".figures-line").getText()).contains("running");
    storage.updateSession(SessionUpdate.failed("running", Instant.now(), "given up"));
    browser.findText(".session-head .status", "failed");
    browser.await(
        "a dash in place of a time",
        () -> browser.find(SELECTED + " .number").getText().equals("–") ? true : null);
  }

  @Test
  void tellsAtTheEndThatWhatIsUnansweredRunsNoMore() {
    chats.open();
    open();
    browser.findText(".figures-line", "running");
    storage.updateSession(SessionUpdate.failed("running", Instant.now(), "given up"));
    browser.findText(".figures-line", "–");
  }

  @Test
  void letsBarsOfSessionsBelowGrow() {
    chats.callTool("c", "compare", "{}", 40);
    record(new Chats("below", Instant.now()).parent("running-1").say("user", "Fares?").open());
    open();
    browser.find(".below .bar.in_progress");
    String took = "return document.querySelector('.below .bar').style.getPropertyValue('--took')";
    Object first = browser.script(took);
    browser.await("the bar grows", () -> !first.equals(browser.script(took)) ? true : null);
  }

  /** Whoever presses a link while something arrives is on it still when he lets go. */
  @Test
  void keepsItsLinksAndChartsWhileNothingInThemChanges() {
    chats.answer("One.", 40).next().say("user", "Go on.").answer("Two.", 40);
    open();
    learn(".export");
    learn(".back");
    record(chats.next().say("user", "And?").open());
    browser.find(".call.in_progress");
    learn(".chart");
    storage.updateSession(SessionUpdate.failed("running", Instant.now(), "given up"));
    browser.findText(".session-head .status", "failed");
    assertThat(knows(".export")).isEqualTo(true);
    assertThat(knows(".back")).isEqualTo(true);
    assertThat(knows(".chart")).isEqualTo(true);
  }
}
