package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.StorageBackend;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** What the page shows is what was recorded: numbers, sizes, money, and which result is whose. */
@NeedsChromium
class ExactPageTest {
  @TempDir static Path folder;
  private static Watched watched;
  private static Browser browser;
  private static StorageBackend storage;

  @BeforeAll
  static void start() {
    watched = Watched.start(folder.resolve("traces.db"));
    browser = watched.browser();
    storage = watched.storage();
  }

  @AfterAll
  static void stop() {
    if (watched != null) {
      watched.close();
    }
  }

  @AfterEach
  void theBrowserComplainsOfNothing() {
    assertThat(browser.complaints()).isEmpty();
  }

  private static Chats chats(String session) {
    return new Chats(session, Demo.START).say("user", "Count.");
  }

  private static void open(Chats chats) {
    storage.saveTraces(chats.traces());
    open(chats.last().sessionId());
  }

  private static void open(String session) {
    browser.open(watched.viewer().urlOf(session));
    browser.findText("h1", session);
  }

  @Test
  void countsTheMoneyThatIsKnownAfterARetry() {
    open(chats("retried").fail(502, "Bad gateway", 10).answer("One.", 40));
    String cost = browser.find(".figure-cost dd").getText();
    assertThat(cost).matches("\\$0\\.0+\\d+\\+");
    assertThat(browser.find(".figure-cost dd").getDomAttribute("title"))
        .isEqualTo("The cost of 1 call is not known");
    assertThat(browser.find(".figures-line").getText()).endsWith(cost);
    browser.open(watched.viewer().url());
    WebElement row = browser.findText("tbody tr", "retried");
    browser.await("the same in the list", () -> row.getText().contains(cost) ? true : null);
  }
}
