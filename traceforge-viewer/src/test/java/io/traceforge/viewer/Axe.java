package io.traceforge.viewer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Checks the page that a browser shows with axe. */
final class Axe {
  private static final String RESOURCE = "/axe.min.js";
  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {resultTypes: ["violations"]}).then(
        (found) => done(found.violations
          .filter((one) => one.impact === "serious" || one.impact === "critical")
          .flatMap((one) => one.nodes.map((node) => one.id + ": " + node.html + " " + node.failureSummary))),
        (failure) => done(["axe failed: " + failure]));
      """;

  private Axe() {}

  /** Returns the serious faults. */
  @SuppressWarnings("unchecked") // The script returns a list of texts.
  static List<String> faults(Browser browser) {
    // Within a policy for scripts axe cannot be added to the page; the driver's own is not.
    browser.script(script());
    return (List<String>) browser.asyncScript(RUN);
  }

  private static String script() {
    try (InputStream in =
        Objects.requireNonNull(Axe.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
