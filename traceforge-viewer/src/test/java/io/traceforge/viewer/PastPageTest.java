package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

/** Sessions of some time ago: what was not answered then is not under way now. */
@NeedsChromium
class PastPageTest extends RecordedPages {
  private static Instant yesterday() {
    return Instant.now().minus(Duration.ofDays(1));
  }

  private static Chats unanswered(String session) {
    return new Chats(session, yesterday())
        .say("user", "Count.")
        .answer("One.", 400)
        .next()
        .later(100)
        .say("user", "Go on.")
        .open();
  }

  private static void checkThatTimeStoodStill(String session) {
    browser.open(watched.viewer().urlOf(session));
    browser.find("[data-call=" + session + "-2]").click();
    browser.findText(".detail-head", "in progress");
    assertThat(browser.find(".figures-line").getText()).doesNotContain("running");
    assertThat(durationOf(session + "-2")).isEqualTo("–");
    assertThat(durationOf(session + "-1")).isEqualTo("400 ms");
    assertThat(ticks()).contains("400 ms").allMatch(tick -> tick.matches("0|\\d+ ms"));
    assertThat(share(session + "-1")).isBetween(0.75, 0.85);
  }

  @Test
  void keepsThePastOfASessionThatFailed() {
    storage.saveTraces(unanswered("failed").traces());
    storage.updateSession(SessionUpdate.failed("failed", yesterday().plusSeconds(2), "killed"));
    checkThatTimeStoodStill("failed");
  }

  @Test
  void keepsThePastOfASessionThatFellSilent() {
    storage.saveTraces(unanswered("silent").traces());
    checkThatTimeStoodStill("silent");
  }

  /** A recording that was written by hand, or by another program. */
  @Test
  void takesAnAnswerWithoutTimesForAnswered() {
    Trace answered =
        new Chats("untimed", Instant.parse("2000-01-01T00:00:00Z"))
            .say("user", "Count.")
            .answer("One.", 40)
            .last();
    TraceMetadata untimed = TraceMetadata.builder().provider("openai").requestModel("m").build();
    storage.saveTraces(List.of(answered.toBuilder().metadata(untimed).build()));
    browser.open(watched.viewer().urlOf("untimed"));
    browser.findText(".message", "One.");
    assertThat(browser.find(".figures-line").getText()).doesNotContain("running");
    assertThat(durationOf("untimed-1")).isEqualTo("–");
    assertThat(browser.script("return document.querySelector('.bar').style.cssText"))
        .asString()
        .contains("--took: 0;");
    assertThat(ticks()).containsExactly("0");
  }

  private static String durationOf(String call) {
    return browser.find("[data-call=" + call + "] .number").getText();
  }

  private static List<String> ticks() {
    return browser.all(".ticks span").stream().map(WebElement::getText).toList();
  }

  /** Returns how much of the whole time a call's bar covers. */
  private static double share(String call) {
    return ((Number)
            browser.script(
                "const track = document.querySelector(`[data-call=${arguments[0]}] .track`);"
                    + "return track.firstChild.getBoundingClientRect().width"
                    + " / track.getBoundingClientRect().width",
                call))
        .doubleValue();
  }
}
