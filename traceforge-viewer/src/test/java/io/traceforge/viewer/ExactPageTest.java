package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

/** What the page shows is what was recorded: numbers, sizes, money, and which result is whose. */
@NeedsChromium
class ExactPageTest extends RecordedPages {
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

  private static Trace withRequest(Trace trace, TraceBody body) {
    TraceRequest request = trace.request();
    return trace.toBuilder()
        .request(TraceRequest.of(request.method(), request.url(), request.headers(), body))
        .build();
  }

  private static String shownBody(String tab) {
    browser.findText("[role=tab]", tab).click();
    browser.awaitTrue(
        tab, "return document.querySelector('.content[aria-busy=false] .raw-bar') !== null");
    return browser.find(".content pre").getText();
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

  @Test
  void showsTheCostOfTheAttemptThatIsChosen() {
    open(chats("chosen").fail(502, "Bad gateway", 10).answer("One.", 40));
    browser.findText("[role=tab]", "Call").click();
    browser.findText(".facts", "input tokens");
    assertThat(facts("Tokens")).contains("$0.0");
    browser.findText(".attempts button", "Attempt 1: error").click();
    browser.findText(".facts", "chosen-1");
    assertThat(facts("Tokens")).doesNotContain("input tokens", "$");
  }

  private static String facts(String title) {
    return browser.findText(".facts", title).getText();
  }

  @Test
  void indentsBodiesWithoutChangingThem() {
    String body =
        "{\"model\":\"m\",\"id\":1798345678901234567,\"b\":1.0,\"a\":[],\"b\":-0,\"10\":{},\"9\":1e2,"
            + "\"text\":\"a \\\"quoted\\\" {brace\\u00e9\",\"messages\":[{\"role\":\"user\","
            + "\"content\":\"Count.\"},null,true]}";
    Trace trace = chats("digits").answer("One.", 40).last();
    storage.saveTraces(List.of(withRequest(trace, TraceBody.ofText(body, "application/json"))));
    open("digits");
    assertThat(shownBody("Request"))
        .isEqualTo(
            """
            {
              "model": "m",
              "id": 1798345678901234567,
              "b": 1.0,
              "a": [],
              "b": -0,
              "10": {},
              "9": 1e2,
              "text": "a \\"quoted\\" {brace\\u00e9",
              "messages": [
                {
                  "role": "user",
                  "content": "Count."
                },
                null,
                true
              ]
            }""");
  }

  @Test
  void leavesWhatIsNoJsonAsItIs() {
    Trace trace = chats("broken").answer("One.", 40).last();
    String body = "{\"a\": [1, 2,, }";
    storage.saveTraces(List.of(withRequest(trace, TraceBody.ofText(body, "application/json"))));
    open("broken");
    assertThat(shownBody("Request")).isEqualTo(body);
  }

  @Test
  void showsNumbersOfTheStateAsTheyWereSet() {
    open(
        chats("state")
            .state("order", "1798345678901234567")
            .state("price", "{\"eur\": 1.0, \"items\": [0.10]}")
            .answer("One.", 40));
    browser.findText(".changes", "1798345678901234567");
    assertThat(browser.find(".changes").getText()).contains("1.0", "0.10");
    browser.find(".state summary").click();
    assertThat(browser.find(".state pre").getText())
        .contains("\"order\": 1798345678901234567", "\"eur\": 1.0", "0.10");
    assertThat(browser.find(".figure-cost dd").getText()).startsWith("$0.0");
  }

  @Test
  void tellsTheTrueSizeOfABody() {
    TraceBody cut =
        TraceBody.truncated("abcdefgh".getBytes(StandardCharsets.UTF_8), 4, 5000, "text/plain");
    byte[] binary = {(byte) 0xff, (byte) 0xfe, 0, (byte) 0x80};
    Trace trace = withRequest(chats("sizes").answer("One.", 40).last(), cut);
    TraceResponse response =
        TraceResponse.of(
            200, trace.request().headers(), TraceBody.of(binary, "application/octet-stream"), null);
    storage.saveTraces(List.of(trace.toBuilder().response(response).build()));
    open("sizes");
    shownBody("Request");
    assertThat(browser.find(".raw-bar .note").getText())
        .isEqualTo("4.9 KB, of which not all was kept");
    shownBody("Response");
    browser.findText(".raw-bar .note", "4 bytes");
  }

  @Test
  void givesEachCallItsOwnResultWhereIdsAreUsedAgain() {
    open(
        chats("again")
            .callTool("call_0", "first_tool", "{}", 10)
            .toolResult("call_0", "the first result")
            .callTool("call_0", "second_tool", "{}", 10)
            .toolResult("call_0", "the second result")
            .answer("Done.", 10));
    browser.find("[data-call=again-3]").click();
    browser.findText(".message", "the second result");
    List<String> tools = browser.all(".tool").stream().map(WebElement::getText).toList();
    assertThat(tools).hasSize(2);
    assertThat(tools.get(0)).contains("first_tool", "the first result").doesNotContain("second");
    assertThat(tools.get(1)).contains("second_tool", "the second result").doesNotContain("first");
  }

  @Test
  void linksNoCallThatBelongsToNoSession() {
    Trace alone = chats("alone").say("user", "A lonely needle").answer("One.", 40).last();
    storage.saveTraces(List.of(alone.toBuilder().sessionId(null).build()));
    Demo.index(storage);
    browser.open(watched.viewer().url() + "#/search?q=needle");
    browser.findText(".hits .where", "no session");
    assertThat(browser.all(".hits a")).isEmpty();
    assertThat(browser.find(".hits mark").getText()).isEqualTo("needle");
  }
}
