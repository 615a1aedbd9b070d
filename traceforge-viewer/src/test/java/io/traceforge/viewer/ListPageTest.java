package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The list of sessions and its filters, while sessions come. */
@NeedsChromium
class ListPageTest extends ChangingPages {
  private void record(String... models) {
    for (String model : models) {
      storage.saveTraces(List.of(Plain.call("with-" + model, 0, Demo.START, model)));
    }
  }

  private List<String> models() {
    return browser.all("select[name=model] option").stream().map(WebElement::getText).toList();
  }

  private void awaitModels(String... models) {
    List<String> all = List.of(models);
    browser.await("models " + all, () -> models().equals(all) ? true : null);
  }

  @Test
  void addsUpAgainWhenSessionsCome() {
    record("b", "d");
    browser.open(viewer.url());
    browser.findText(".heading", "2 sessions");
    awaitModels("Any", "b", "d");
    record("c");
    browser.findText("tbody", "with-c");
    browser.findText(".heading", "3 sessions");
    browser.await("model c", () -> models().contains("c") ? true : null);
    assertThat(models()).as("nothing twice").hasSize(4);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void goesThroughModelsByKeyboard() {
    record("a", "b", "c");
    browser.open(viewer.url());
    awaitModels("Any", "a", "b", "c");
    for (String model : List.of("a", "b", "c")) {
      browser.script("document.querySelector('select[name=model]').focus()");
      browser.press(Keys.ARROW_DOWN);
      browser.await(model, () -> browser.url().endsWith("?model=" + model) ? true : null);
      browser.findText("tbody tr:only-child .id", "with-" + model);
      awaitModels("Any", "a", "b", "c");
    }
  }

  /** The list answers only when it is told to. */
  @Test
  void keepsWhatSomebodyTypesWhileTheListIsAskedFor() {
    record("a", "b");
    browser.open(viewer.url());
    awaitModels("Any", "a", "b");
    browser.script(
        "const real = fetch; window.fetch = (path, options) => path.startsWith('/api/sessions?model')"
            + " ? new Promise((go) => (window.go = go)).then(() => real(path, options))"
            + " : real(path, options)");
    browser.find("select[name=model] option[value=b]").click();
    browser.awaitTrue("the question", "return window.go !== undefined");
    browser.find(".filters [name=q]").sendKeys("hello", Keys.ARROW_LEFT, Keys.ARROW_LEFT);
    browser.script("window.go()");
    browser.findText("tbody tr:only-child .id", "with-b");
    assertThat(browser.find(".filters [name=q]").getAttribute("value")).isEqualTo("hello");
    assertThat(browser.script("return document.activeElement.name")).isEqualTo("q");
    browser.press("p");
    assertThat(browser.find(".filters [name=q]").getAttribute("value")).isEqualTo("helplo");
    browser.press(Keys.ENTER);
    browser.await("the text", () -> browser.url().contains("q=helplo") ? true : null);
    assertThat(browser.url()).contains("model=b");
  }

  @Test
  void listsASessionWhoseNameIsHalfACharacter() {
    record("a", "\ud800b");
    browser.open(viewer.url());
    browser.findText("tbody", "with-⟨U+D800⟩b");
    browser.findText("tbody", "with-a");
  }

  @Test
  void saysWhyALongSessionHasNoCost() {
    List<Trace> traces =
        IntStream.range(0, 2_001)
            .mapToObj(i -> Plain.call("long", i, Demo.START.plusMillis(50L * i), "m"))
            .toList();
    storage.saveTraces(traces);
    record("a");
    browser.open(viewer.url());
    browser.awaitTrue("a summary", "return document.querySelectorAll('.step-bar').length === 1");
    assertThat(browser.findText("tbody tr", "2,001").getText()).contains("–");
    assertThat(browser.all(".cost[title*='too many calls']")).hasSize(1);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void showsTheWorstOfStepsThatShareAPart() {
    List<Trace> traces =
        IntStream.range(0, 80)
            .mapToObj(i -> Plain.call("joined", i, Demo.START.plusMillis(50L * i), "m"))
            .collect(Collectors.toCollection(ArrayList::new));
    traces.set(0, traces.get(0).toBuilder().status(TraceStatus.CANCELLED).build());
    traces.set(1, Plain.failure("joined", 1, Demo.START.plusMillis(50), "m"));
    storage.saveTraces(traces);
    browser.open(viewer.url());
    browser.find(".step-bar > span.error:first-child");
    assertThat(browser.all(".step-bar > span")).hasSize(40);
  }

  /** Summaries answer only when they are told to; four are asked for at once. */
  @Test
  void asksForNoSummaryOfARowThatHasBeenReplaced() {
    record("a", "b", "c", "d", "e", "f");
    browser.open(viewer.url() + "#/?model=none");
    browser.findText("tbody", "No session matches.");
    browser.script(
        "window.asked = []; window.go = []; const real = fetch; window.fetch = (path, options) => {"
            + "if (!path.endsWith('/summary')) return real(path, options);"
            + "asked.push(path);"
            + "return new Promise((done) => go.push(done)).then(() => real(path, options)); };"
            + "location.hash = '#/'");
    browser.awaitTrue("four questions", "return window.asked.length === 4");
    for (String model : List.of("a", "b", "c", "d", "e", "f")) {
      storage.saveTraces(List.of(Plain.call("with-" + model, 1, Demo.START, model)));
    }
    browser.awaitTrue(
        "other rows",
        "return [...document.querySelectorAll('.amount')].every(one => one.textContent === '2')");
    browser.script(
        "go.splice(0).forEach(done => done()); Object.defineProperty(go, 'push', {value: done => done()})");
    browser.awaitTrue("all bars", "return document.querySelectorAll('.step-bar').length === 6");
    assertThat(browser.script("return asked.length"))
        .as("four old rows and six new ones")
        .isEqualTo(10L);
  }
}
