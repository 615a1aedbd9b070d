package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.StorageBackend;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a real browser, over a real SQLite file. */
@NeedsChromium
class PageTest {
  private static final String RIGHTMOST =
      "return Math.ceil(Math.max(...[...document.querySelectorAll('main *:not(bdi, .hidden)')]"
          + ".map(one => one.getBoundingClientRect().right)))";

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
    Demo.index(storage);
  }

  @AfterAll
  static void stop() {
    if (watched != null) {
      watched.close();
    }
  }

  @BeforeEach
  void asItIsAtFirst() {
    browser.resize(1440, 900);
    browser.preferColours("light");
    browser.open("about:blank");
  }

  @AfterEach
  void theBrowserComplainsOfNothing() {
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void listsSessionsTheNewestFirst() {
    browser.open(viewer.url());
    browser.findText("tbody tr:first-child .id", "compare-prices");
    assertThat(browser.all("tbody tr")).hasSize(50);
    WebElement row = browser.findText("tbody tr", "book-a-flight-to-paris");
    browser.await("the row's cost", () -> row.getText().contains("$0.0011"));
    assertThat(row.getText()).contains("completed", "4", "7.88 s", "1,536", "gpt-4o +1");
    assertThat(row.findElements(By.cssSelector(".step-bar > span"))).hasSize(4);
    browser.await(
        "the bars of all rows in sight", () -> browser.all(".step-bar").size() > 18 ? true : null);
    browser.picture("sessions.png");
    checkAccessibility();
  }

  @Test
  void goesThroughPagesByTheAddress() {
    browser.open(viewer.url());
    browser.find("a[rel=next]").click();
    browser.findText("tbody tr:first-child .id", "support-00047");
    String shared = browser.url();
    browser.open("about:blank");
    browser.open(shared);
    browser.findText("tbody tr:first-child .id", "support-00047");
    browser.findText(".pager a", "Newest").click();
    browser.findText("tbody tr:first-child .id", "compare-prices");
  }

  @Test
  void keepsFiltersInTheAddress() {
    browser.open(viewer.url());
    choose("status", "failed");
    browser.findText("tbody tr:first-child .id", "support-00004");
    choose("model", "gpt-4o");
    browser.findText("tbody tr:first-child .id", "support-00040");
    assertThat(browser.url()).endsWith("#/?status=failed&model=gpt-4o");
    browser.open("about:blank");
    browser.open(viewer.url() + "#/?status=failed&model=gpt-4o");
    browser.findText("tbody tr:first-child .id", "support-00040");
    assertThat(browser.find("select[name=status]").getAttribute("value")).isEqualTo("failed");
    browser.findText("a", "Clear filters").click();
    browser.findText("tbody tr:first-child .id", "compare-prices");
  }

  @Test
  void showsASession() {
    browser.open(viewer.url());
    browser.findText("tbody a", "book-a-flight-to-paris").click();
    browser.findText("h1", "book-a-flight-to-paris");
    browser.findText(".message", "I will look for flights");
    assertThat(browser.all(".lanes > .lane > .calls > li > .call")).hasSize(7);
    assertThat(browser.all(".below .call")).as("the child session's calls").hasSize(2);
    assertThat(browser.all(".bar.error")).as("the attempt that failed").hasSize(1);
    assertThat(browser.all(".waited")).as("first tokens").hasSize(7);
    assertThat(browser.all(".tag"))
        .extracting(WebElement::getText)
        .containsExactly("2 attempts", "parallel", "parallel");
    assertThat(browser.all(".chart")).hasSize(2);
    select("Step 2: gpt-4o-mini");
    browser.findText(".message", "TF 109 at 20:55");
    assertThat(browser.find(".changes").getText().lines().toList())
        .contains("results_count", "tool_called");
    assertThat(browser.find(".messages").getText())
        .contains("result of search_flights")
        .doesNotContain("You book flights");
    browser.picture("session.png");
    checkAccessibility();
  }

  /** Both charts and bars tell of time and size, so they must be to scale. */
  @Test
  void drawsBarsToScale() {
    browser.open(viewer.urlOf("book-a-flight-to-paris"));
    browser.find(".call");
    Number longest = width("Step 2: gpt-4o,");
    Number first = width("Step 0: gpt-4o-mini");
    assertThat(first.doubleValue() / longest.doubleValue())
        .isBetween(1840 / 2210.0 - 0.02, 1840 / 2210.0 + 0.02);
  }

  private static Number width(String call) {
    return (Number)
        browser.script(
            "return [...document.querySelectorAll('.call')]"
                + ".find(one => one.ariaLabel.startsWith(arguments[0]))"
                + ".querySelector('.bar').getBoundingClientRect().width",
            call);
  }

  @Test
  void bringsEarlierMessagesOnDemand() {
    browser.open(viewer.urlOf("book-a-flight-to-paris"));
    select("Step 3: gpt-4o-mini");
    browser.findText(".message", "Here is my seat map");
    browser.await("the image", () -> drawn(browser.find("img.image")) ? true : null);
    browser.picture("image.png");
    browser.findText("button", "earlier messages").click();
    browser.findText(".message.by-system", "You book flights");
    assertThat(browser.find(".tool").getText())
        .as("a call and its result stand together")
        .contains("calls search_flights", "result of search_flights", "TF 101");
  }

  @Test
  void showsWhatChangedAfterTheLastCall() {
    browser.open(viewer.urlOf("book-a-flight-to-paris"));
    browser.findText(".state", "user_query");
    assertThat(browser.find(".state").getText()).doesNotContain("After the last call");
    select("Step 3: gpt-4o-mini");
    browser.findText(".state", "budget");
    assertThat(browser.find(".state").getText())
        .contains("After the last call")
        .containsPattern("(?s)After the last call.*booking.*TF 109, 12A");
  }

  private static boolean drawn(WebElement image) {
    return Boolean.TRUE.equals(
        browser.script("return arguments[0].complete && arguments[0].naturalWidth > 0", image));
  }

  @Test
  void showsBodiesAndFacts() {
    browser.open(viewer.urlOf("book-a-flight-to-paris"));
    browser.findText("[role=tab]", "Request").click();
    browser.findText(".content pre", "\"role\": \"system\"");
    assertThat(browser.findText("button", "Copy").isDisplayed()).isTrue();
    browser.findText("[role=tab]", "Response").click();
    browser.findText(".content pre", "\"finish_reason\": \"stop\"");
    browser.findText("[role=tab]", "Call").click();
    browser.findText(".facts", "https://api.openai.com/v1/chat/completions");
    checkAccessibility();
  }

  @Test
  void showsALongSession() {
    browser.open(viewer.urlOf("nightly-report"));
    browser.await("200 lanes", () -> browser.all(".lane").size() == 200 ? true : null);
    assertThat(browser.all(".lane .tag.retried")).hasSize(12);
    browser.findText(".message", "Section 0 tells");
    browser.picture("long.png");
  }

  @Test
  void goesThroughStepsByKeyboard() {
    browser.open(viewer.urlOf("nightly-report"));
    browser.findText(".message", "Section 0 tells");
    browser.press(Keys.ARROW_DOWN);
    browser.press(Keys.ARROW_DOWN);
    browser.findText(".message", "Section 2 tells");
    browser.press(Keys.ARROW_UP);
    browser.findText(".message", "Section 1 tells");
    browser.await(
        "the address", () -> browser.url().endsWith("?call=nightly-report-2") ? true : null);
    assertThat(browser.all("[aria-current=true]")).hasSize(1);
    browser.press("/");
    assertThat(browser.script("return document.activeElement.id")).isEqualTo("find-text");
    browser.press("cheapest", Keys.ENTER);
    browser.findText(".hits .where", "book-a-flight-to-paris");
    browser.press(Keys.ESCAPE);
    browser.press(Keys.ARROW_DOWN);
    browser.press(Keys.ENTER);
    browser.find("[data-call][aria-current=true]");
  }

  @Test
  void searches() {
    browser.open(viewer.url());
    browser.find("#find-text").sendKeys("\"seat map\"", Keys.ENTER);
    WebElement hit = browser.findText(".hits a", "book-a-flight-to-paris");
    assertThat(hit.findElement(By.tagName("mark")).getText()).isEqualToIgnoringCase("seat map");
    browser.picture("search.png");
    checkAccessibility();
    hit.click();
    browser.findText(".message", "Here is my seat map");
    assertThat(browser.url()).contains("?call=book-a-flight-to-paris-6");
  }

  @Test
  void isDarkForThoseWhoPreferIt() {
    browser.preferColours("dark");
    browser.open(viewer.urlOf("book-a-flight-to-paris"));
    browser.find(".call");
    select("Step 1: gpt-4o-mini");
    browser.findText(".tool-name", "search_flights");
    assertThat(ground()).isEqualTo("rgb(18, 19, 22)");
    browser.picture("session-dark.png");
    checkAccessibility();
    browser.find("#theme").click();
    assertThat(ground()).isEqualTo("rgb(247, 247, 245)");
    browser.open(viewer.url());
    browser.find("tbody tr");
    assertThat(ground()).as("the choice is kept").isEqualTo("rgb(247, 247, 245)");
    browser.find("#theme").click();
    browser.picture("sessions-dark.png");
    checkAccessibility();
    browser.script("localStorage.clear(); delete document.documentElement.dataset.theme");
  }

  private static Object ground() {
    return browser.script("return getComputedStyle(document.documentElement).backgroundColor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "#/sessions/book-a-flight-to-paris", "#/search?q=cheapest"})
  void worksOnANarrowScreen(String place) {
    browser.resize(390, 844);
    browser.open(viewer.url() + place);
    browser.find("main section");
    browser.find("[data-step]");
    assertThat((Long) browser.script("return document.documentElement.scrollWidth"))
        .as("nothing reaches over the edge")
        .isLessThanOrEqualTo(390);
    assertThat((Long) browser.script(RIGHTMOST)).as("nor is cut there").isLessThanOrEqualTo(390);
    browser.picture("narrow-" + place.replaceAll("[^a-z]+", "-") + ".png");
    checkAccessibility();
  }

  @Test
  void saysWhatIsNotThere() {
    browser.open(viewer.urlOf("nobody"));
    browser.findText("[role=alert]", "no session has this id");
    assertThat(browser.complaints()).allMatch(one -> one.contains("404"));
  }

  private static void choose(String name, String value) {
    WebElement select = browser.find("select[name=" + name + "]");
    select.findElements(By.tagName("option")).stream()
        .filter(option -> value.equals(option.getAttribute("value")))
        .findFirst()
        .orElseThrow()
        .click();
  }

  private static void select(String call) {
    browser
        .await(
            call,
            () ->
                browser.all(".call").stream()
                    .filter(one -> one.getAttribute("aria-label").startsWith(call))
                    .findFirst()
                    .orElse(null))
        .click();
  }

  private static void checkAccessibility() {
    List<String> faults = Axe.faults(browser);
    assertThat(faults).as("what axe finds").isEmpty();
  }
}
