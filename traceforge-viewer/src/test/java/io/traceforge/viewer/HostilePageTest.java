package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** What a model or a tool says is never more than text, whoever wrote it. */
@NeedsChromium
class HostilePageTest {
  private static final List<String> HOSTILE =
      List.of(
          "<script>window.hacked = 1</script>",
          "<img src=x onerror='window.hacked = 2'>",
          "<svg onload='window.hacked = 3'><animate onbegin='window.hacked = 4'/></svg>",
          "[click](javascript:window.hacked=5) <a href=\"javascript:window.hacked=6\">here</a>",
          "\"><iframe srcdoc=\"<script>parent.hacked = 7</script>\"></iframe>",
          "${window.hacked = 8} {{constructor.constructor('window.hacked = 9')()}}",
          "</pre></details><style>* { display: none !important }</style>",
          "\u001b[31mred\u001b[0m \u001b]8;;javascript:alert(1)\u0007link\u001b]8;;\u0007",
          "tag \udb40\udc48, soft\u00adhyphen, \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
          "user\u202egnp.exe \u2066isolated\u2069 zero\u200bwidth",
          "nul \u0000, a lone surrogate \ud800, an emoji \ud83d\ude00");
  private static final String HOSTILE_ID = "<b>x</b>/javascript:alert(1)";

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
    String all = String.join("\n", HOSTILE);
    Chats chats =
        new Chats(HOSTILE_ID, Demo.START)
            .model("<i onclick=window.hacked=10>model</i>")
            .state("<u>name</u>", "\"<script>window.hacked = 11</script>\"");
    HOSTILE.forEach(text -> chats.say("user", text));
    chats.say("<b>role</b>", "said");
    chats.sayJson(
        "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":"
            + "\"data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+\"}}]}");
    chats.callTool("c", "<script>tool</script>", all.replace("\n", " "), 100);
    chats.toolResult("c", all).next().answer(all, 100).next();
    chats.fail(500, "<script>window.hacked = 12</script>", 10).next();
    chats.say("user", "z".repeat(5_000_000)).answer("x\n".repeat(2_500_000), 100);
    storage.saveTraces(chats.traces());
    storage.updateSession(SessionUpdate.failed(HOSTILE_ID, Demo.START.plusSeconds(9), all));
    Demo.index(storage);
  }

  @AfterAll
  static void stop() {
    if (watched != null) {
      watched.close();
    }
  }

  @Test
  void isTextWhereverItIsShown() {
    browser.open(viewer.url());
    browser.findText("tbody .id", HOSTILE_ID);
    check();
    browser.open(viewer.urlOf(HOSTILE_ID));
    browser.findText("h1", HOSTILE_ID);
    browser.findText(".message", "<script>window.hacked = 1</script>");
    browser.findText(".changes", "<script>window.hacked = 11</script>");
    check();
    browser.picture("hostile.png");
    for (String name : List.of("Request", "Response", "Call", "Messages")) {
      browser.findText("[role=tab]", name).click();
      browser.await(name, () -> browser.all(".content[aria-busy=false]").size() == 1 ? true : null);
      check();
    }
    browser.open(viewer.url() + "#/search?q=hacked");
    browser.find(".hits a");
    check();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void showsWhatCannotBeSeen() {
    browser.open(viewer.urlOf(HOSTILE_ID));
    browser.findText(".message", "⟨U+202E⟩gnp.exe");
    browser.findText(".message", "⟨ESC⟩[31mred");
    browser.findText(".message", "zero⟨U+200B⟩width");
    browser.findText(".message", "nul ⟨NUL⟩, a lone surrogate");
    browser.findText(".message", "tag ⟨U+E0048⟩, soft⟨U+00AD⟩hyphen");
    browser.findText(".message", "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67");
    assertThat(
            (Boolean) browser.script("return /[\\u202a-\\u202e]/.test(document.body.textContent)"))
        .isFalse();
  }

  @Test
  void fetchesNothingFromElsewhere() {
    browser.open(viewer.urlOf(HOSTILE_ID));
    browser.findText(".message", "An image that is not shown");
    assertThat(
            (List<?>)
                browser.script("return performance.getEntriesByType('resource').map(e => e.name)"))
        .allSatisfy(name -> assertThat(name.toString()).startsWith(viewer.url()));
    assertThat(browser.all("main img, main iframe, main script, main svg animate")).isEmpty();
  }

  @Test
  void foldsTextsOfMegabytes() {
    browser.open(viewer.urlOf(HOSTILE_ID) + "?call=" + HOSTILE_ID.replace("/", "%2F") + "-4");
    WebElement more = browser.findText("button", "Show more of 5,000,000 characters");
    assertThat(shownCharacters()).isLessThan(20_000);
    more.click();
    browser.await("the next piece", () -> shownCharacters() > 100_000 ? true : null);
    assertThat(shownCharacters()).isLessThan(250_000);
    browser.findText("[role=tab]", "Request").click();
    browser.findText(".content .note", " MB");
    assertThat(shownCharacters()).isLessThan(20_000);
  }

  private static long shownCharacters() {
    return (Long) browser.script("return document.querySelector('.content').textContent.length");
  }

  private static void check() {
    assertThat(browser.script("return window.hacked")).isNull();
    assertThat(browser.all("main script, main iframe, main style, main svg[onload], [onerror]"))
        .isEmpty();
    assertThat(browser.all("main a[href]"))
        .allSatisfy(
            link -> assertThat(link.getDomAttribute("href")).matches("#.*|/api/sessions/.*"));
  }
}
