package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.StorageBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Ways through the page: back and forth, with the keyboard, step by step. */
@NeedsChromium
class WaysPageTest {
  private static final int LONG = 3_000;

  /** Whether what has the focus can be seen, and not only something that lies above it. */
  private static final String FOCUS_IS_SEEN =
      """
      const box = document.activeElement.getBoundingClientRect();
      const seen = document.elementFromPoint(box.left + 50, box.top + 4);
      return seen !== null && document.activeElement.contains(seen);
      """;

  @TempDir static Path folder;
  private static Watched watched;
  private static Browser browser;
  private static TraceForgeViewer viewer;

  @BeforeAll
  static void start() {
    watched = Watched.start(folder.resolve("traces.db"));
    browser = watched.browser();
    viewer = watched.viewer();
    StorageBackend storage = watched.storage();
    Demo.many(storage, 120);
    Demo.longSession(storage, 200);
    Demo.flight(storage);
    storage.saveTraces(
        IntStream.range(0, LONG)
            .mapToObj(
                i ->
                    Plain.call(
                        "endless",
                        i,
                        Demo.START.minus(Duration.ofDays(9)).plusMillis(50L * i),
                        "m"))
            .toList());
  }

  @AfterAll
  static void stop() {
    if (watched != null) {
      watched.close();
    }
  }

  @BeforeEach
  void leaveThePage() {
    browser.open("about:blank");
  }

  @AfterEach
  void theBrowserComplainsOfNothing() {
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void leadsBackToThePlaceThatWasLeft() {
    browser.open(viewer.url());
    browser.await("50 rows", () -> browser.all("tbody tr").size() == 50 ? true : null);
    browser.script("scrollTo(0, 700)");
    browser.findText("tbody a", "support-00026").click();
    browser.findText("h1", "support-00026");
    browser.back();
    browser.awaitTrue("the place", "return document.querySelector('tbody') && scrollY === 700");
  }

  @Test
  void beginsEachPageAtItsTop() {
    browser.open(viewer.url());
    browser.find("a[rel=next]").click();
    browser.findText("tbody tr:first-child .id", "support-00047");
    browser.awaitTrue("the top", "return scrollY === 0");
  }

  @Test
  void keepsTheFocusOnAFilter() {
    browser.open(viewer.url());
    WebElement status = browser.find("select[name=status]");
    browser.script("arguments[0].focus()", status);
    status.findElement(By.cssSelector("option[value=failed]")).click();
    browser.findText("tbody tr:first-child .id", "support-00004");
    assertThat(browser.script("return document.activeElement.name")).isEqualTo("status");
  }

  @Test
  void keepsWhatTheFieldsDoNotShow() {
    browser.open(viewer.url() + "#/?before=" + Demo.START.minusSeconds(3700));
    browser.findText("tbody tr:first-child .id", "support-00002");
    browser.find("select[name=status] option[value=failed]").click();
    browser.findText("tbody tr:first-child .id", "support-00004");
    assertThat(browser.url()).contains("before=", "status=failed");
  }

  @Test
  void skipsToTheContentWithoutLeavingTheView() {
    browser.open(viewer.url() + "#/?status=failed");
    browser.findText("tbody tr:first-child .id", "support-00004");
    String url = browser.url();
    browser.press(Keys.TAB);
    browser.press(Keys.ENTER);
    assertThat(browser.script("return document.activeElement.id")).isEqualTo("main");
    assertThat(browser.url()).isEqualTo(url);
    browser.reload();
    browser.findText("tbody tr:first-child .id", "support-00004");
  }

  @Test
  void hidesNothingThatTheKeyboardGoesTo() {
    browser.open(viewer.urlOf("nightly-report"));
    browser.findText(".message", "Section 0 tells");
    press("ArrowDown", 60);
    assertThat(browser.script(FOCUS_IS_SEEN)).as("downwards").isEqualTo(true);
    press("ArrowUp", 40);
    assertThat(browser.script(FOCUS_IS_SEEN)).as("upwards").isEqualTo(true);
    browser.findText(".message", "Section 20 tells");
  }

  @Test
  void asksForNoMoreThanIsStillWanted() {
    browser.open(viewer.urlOf("nightly-report"));
    browser.findText(".message", "Section 0 tells");
    browser.script(
        "window.asked = []; const real = fetch; window.fetch = (path, options) => {"
            + "if (path.includes('/conversation')) asked.push(options.signal);"
            + "return real(path, options); }");
    press("ArrowDown", 90);
    browser.findText(".message", "Section 90 tells");
    assertThat(browser.script("return asked.filter(signal => !signal.aborted).length"))
        .as("conversations that are not given up")
        .isEqualTo(1L);
  }

  /** Browsers let a page change its address some hundred times in a while, and no more. */
  @Test
  void tellsTheAddressOfTheLastStepThatAKeyWentTo() {
    browser.open(viewer.urlOf("endless"));
    browser.awaitTrue("lanes", "return document.querySelectorAll('.lane').length === " + LONG);
    press("ArrowDown", 400);
    browser.findText(".detail-head", "Step 400");
    browser.await("the address", () -> browser.url().endsWith("?call=endless-401") ? true : null);
  }

  /** As fast as a key that is held down. */
  private static void press(String key, int times) {
    browser.script(
        "for (let i = 0; i < arguments[1]; i++) document.activeElement.dispatchEvent("
            + "new KeyboardEvent('keydown', {key: arguments[0], bubbles: true}))",
        key,
        times);
  }

  @Test
  void letsArrowsScrollWhereSomebodyReads() {
    browser.open(viewer.urlOf("nightly-report") + "?call=nightly-report-4");
    browser.findText(".message", "Section 3 tells");
    browser.script("document.getElementById('panel').focus()");
    browser.press(Keys.ARROW_DOWN);
    browser.press(Keys.ARROW_DOWN);
    assertThat(browser.find("[data-call][aria-current=true]").getDomAttribute("data-call"))
        .isEqualTo("nightly-report-4");
    browser.press("j");
    browser.findText(".message", "Section 4 tells");
  }

  @Test
  void beginsEachStepAtItsTop() {
    browser.resize(1440, 420);
    browser.open(viewer.urlOf("nightly-report"));
    browser.findText(".message", "Section 0 tells");
    browser.script("document.querySelector('.detail-pane').scrollTop = 150");
    browser.find("[data-call=nightly-report-2]").click();
    browser.findText(".message", "Section 1 tells");
    assertThat(browser.script("return document.querySelector('.detail-pane').scrollTop"))
        .isEqualTo(0L);
    browser.resize(1440, 900);
  }

  @Test
  void showsThousandsOfSteps() {
    browser.open(viewer.urlOf("endless"));
    browser.awaitTrue("lanes", "return document.querySelectorAll('.lane').length === " + LONG);
    assertThat(browser.all(".chart g")).hasSizeBetween(100, 240);
    press("ArrowDown", 30);
    browser.findText(".detail-head", "Step 30");
    browser.script(
        "document.querySelector('.chart g:last-of-type').dispatchEvent(new MouseEvent('click'))");
    browser.findText(".detail-head", "Step 2999");
    browser.awaitTrue(
        "the step's lane",
        "const box = document.querySelector('[data-call][aria-current=true]').getBoundingClientRect();"
            + "return box.top > 0 && box.bottom <= innerHeight");
  }

  @Test
  void tellsTimesOfWhereTheReaderIs() {
    browser.stayIn("America/New_York");
    browser.open(viewer.url() + "#/?from=" + Demo.START);
    WebElement row = browser.findText("tbody tr", "book-a-flight-to-paris");
    assertThat(row.getText()).contains("01 Jun, 05:30:00");
    assertThat(browser.find("select[name=since] option:checked").getText())
        .isEqualTo("Since 01 Jun, 05:30:00");
    browser.stayIn("UTC");
  }

  @Test
  void showsEachAttempt() {
    browser.open(viewer.urlOf("book-a-flight-to-paris"));
    browser.find("[data-call=book-a-flight-to-paris-3]").click();
    browser.findText(".attempts button", "Attempt 1: error").click();
    browser.findText("[role=tab]", "Response").click();
    browser.findText(".content pre", "Rate limit reached");
    browser.findText(".attempts button", "Attempt 2: success").click();
    browser.findText(".content pre", "search_flights");
    assertThat(Axe.faults(browser)).isEmpty();
  }

  @Test
  void copiesWithoutAClipboardOfTheNewKind() {
    browser.open(viewer.urlOf("book-a-flight-to-paris"));
    browser.findText("[role=tab]", "Request").click();
    browser.findText(".content pre", "\"role\": \"system\"");
    browser.script("Object.defineProperty(navigator, 'clipboard', {value: undefined})");
    browser.findText(".copy", "Copy").click();
    browser.findText(".copy", "Copied");
    browser.press("/");
    browser.press(Keys.chord(Keys.CONTROL, "v"));
    browser.awaitTrue(
        "the copy", "return document.activeElement.value.includes('You book flights')");
  }

  @Test
  void forgetsWhatWentWrongWhenItIsTriedAgain() {
    watched
        .storage()
        .saveTraces(
            new Chats("talkative", Demo.START.minus(Duration.ofDays(8)))
                .say("user", "z".repeat(400_000))
                .answer("One.", 40)
                .traces());
    browser.open(viewer.urlOf("talkative"));
    String more = "Show more of 400,000 characters";
    WebElement button = browser.findText(".fold-more button", more);
    browser.script(
        "window.real = fetch; window.fetch = () => Promise.reject(new TypeError('gone'))");
    button.click();
    browser.findText(".fold-more button", more + ": The viewer does not answer");
    browser.script("window.fetch = window.real");
    button.click();
    browser.awaitTrue(
        "the next piece", "return document.querySelector('.content').textContent.length > 100000");
    assertThat(button.getText()).isEqualTo(more);
  }

  @Test
  void saysThatItCannotCopy() {
    browser.open(viewer.urlOf("book-a-flight-to-paris"));
    browser.findText("[role=tab]", "Request").click();
    browser.findText(".content pre", "\"role\": \"system\"");
    browser.script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
            + "document.execCommand = () => false");
    browser.findText(".copy", "Copy").click();
    browser.findText(".copy", "Copy: the browser does not allow it");
  }
}
