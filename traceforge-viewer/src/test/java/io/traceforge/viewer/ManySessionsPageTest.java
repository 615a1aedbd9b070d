package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.Trace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page over a file of fifty thousand sessions, of which some are rare. */
@NeedsChromium
class ManySessionsPageTest {
  private static final int SESSIONS = 50_000;
  private static final int BATCH = 5_000;
  private static final List<Integer> RARE = List.of(7, 31_000, 49_990);
  private static final List<Integer> TALKING = List.of(123, 49_321);

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
    for (int from = 0; from < SESSIONS; from += BATCH) {
      storage.saveTraces(
          IntStream.range(from, from + BATCH).mapToObj(ManySessionsPageTest::session).toList());
    }
    Demo.index(storage);
  }

  /** Every hundredth fails; later numbers began later. */
  private static Trace session(int number) {
    String id = id(number);
    Instant start = Demo.START.plusSeconds(number);
    String model = RARE.contains(number) ? "rare" : "usual";
    if (TALKING.contains(number)) {
      return Plain.saying("Where is the needle?", id, start, model);
    }
    return number % 100 == 50
        ? Plain.failure(id, 0, start, model)
        : Plain.call(id, 0, start, model);
  }

  private static String id(int number) {
    return "session-" + String.format("%05d", number);
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
  void goesThroughPagesFromTheNewestOn() {
    browser.open(viewer.url());
    awaitFirst(49_999);
    browser.findText(".heading", "the newest 10,000 sessions");
    assertThat(browser.all("tbody tr")).hasSize(50);
    for (int page = 1; page <= 3; page++) {
      browser.find("a[rel=next]").click();
      awaitFirst(49_999 - 50 * page);
    }
    browser.back();
    awaitFirst(49_899);
    browser.findText(".pager a", "Newest").click();
    awaitFirst(49_999);
  }

  @Test
  void reachesTheOldestByTheAddress() {
    browser.open(viewer.url() + "#/?before=" + Demo.START.plusSeconds(60));
    awaitFirst(59);
    browser.find("a[rel=next]").click();
    awaitFirst(9);
    assertThat(browser.all("tbody tr")).hasSize(10);
    assertThat(browser.all("a[rel=next]")).as("what is older than the oldest").isEmpty();
  }

  @Test
  void filters() {
    browser.open(viewer.url());
    browser.find("select[name=model] option[value=rare]").click();
    awaitFirst(49_990);
    assertThat(ids()).containsExactly(id(49_990), id(31_000), id(7));
    browser.open(viewer.url() + "#/?status=failed");
    awaitFirst(49_950);
    browser.find("a[rel=next]").click();
    awaitFirst(44_950);
  }

  @Test
  void searches() {
    browser.open(viewer.url());
    awaitFirst(49_999);
    browser.press("/");
    browser.press("needle", Keys.ENTER);
    browser.findText(".hits .where", id(49_321));
    assertThat(browser.all(".hits .where"))
        .extracting(WebElement::getText)
        .allMatch(where -> where.startsWith("session-"))
        .hasSize(2);
    browser.findText(".hits a", id(123)).click();
    browser.findText(".message", "Where is the needle?");
    browser.open(viewer.url() + "#/?q=needle");
    awaitFirst(49_321);
    assertThat(ids()).containsExactly(id(49_321), id(123));
  }

  private static void awaitFirst(int number) {
    browser.findText("tbody tr:first-child .id", id(number));
  }

  private static List<String> ids() {
    return browser.all("tbody .id a").stream().map(WebElement::getText).toList();
  }
}
