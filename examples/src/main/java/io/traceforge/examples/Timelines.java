package io.traceforge.examples;

import com.google.gson.JsonElement;
import io.traceforge.TraceForge;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.StateDiff;
import io.traceforge.trace.Trace;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Shows sessions on a terminal. */
final class Timelines {
  private static final int LONGEST_VALUE = 40;

  private Timelines() {}

  /** Prints a stored session and where it is stored. */
  static void print(TraceForge traceForge, String sessionId, PrintStream out) {
    SessionTimeline timeline = traceForge.storage().getTimeline(sessionId).orElseThrow();
    out.println();
    out.println(summary(timeline.metadata()));
    out.println();
    out.print(table(timeline));
    out.println();
    out.println("Recorded in " + storageUrl());
  }

  /** Returns the URL of the storage that {@code TraceForge.fromEnvironment()} opens. */
  static String storageUrl() {
    String url = System.getenv().getOrDefault("TRACEFORGE_STORAGE", "sqlite:traceforge.db");
    return url.startsWith("sqlite:")
        ? "sqlite:" + Path.of(url.substring("sqlite:".length())).toAbsolutePath()
        : url;
  }

  /** Returns a session's figures in one line. */
  static String summary(SessionMetadata session) {
    return "Session %s: %s, %d steps, %d calls, %d tokens, %d ms"
        .formatted(
            session.sessionId(),
            session.status(),
            session.totalSteps(),
            session.totalCalls(),
            session.totalTokens(),
            session.durationMs());
  }

  /** Returns a table with a line for each call. */
  static String table(SessionTimeline timeline) {
    TextTable table =
        new TextTable("STEP", "OFFSET", "DURATION", "MODEL", "TOKENS", "STATUS", "STATE CHANGES");
    for (SessionTimeline.Step step : timeline.steps()) {
      String changes = describe(step.stateDiff());
      for (SessionTimeline.Call call : step.calls()) {
        Trace outcome = call.lastAttempt();
        table.row(
            " " + step.index(),
            " " + call.offsetMs(timeline.metadata()) + " ms",
            " " + call.durationMs() + " ms",
            Objects.toString(outcome.metadata().model(), "-"),
            " " + Objects.toString(call.usage().totalTokens(), "-"),
            describe(call),
            changes);
        changes = "";
      }
    }
    return table.toString();
  }

  private static String describe(SessionTimeline.Call call) {
    int attempts = call.attempts().size();
    return attempts == 1 ? call.status().name() : call.status() + " after " + attempts + " tries";
  }

  private static String describe(StateDiff diff) {
    List<String> changes = new ArrayList<>();
    diff.added().forEach((path, value) -> changes.add("+" + path + "=" + shorten(value)));
    diff.changed().forEach((path, change) -> changes.add(path + "=" + shorten(change.after())));
    diff.removed().forEach((path, value) -> changes.add("-" + path));
    return String.join(" ", changes);
  }

  private static String shorten(JsonElement value) {
    return shorten(value.toString(), LONGEST_VALUE);
  }

  /** Returns a text in one line, cut where it is longer than a number of characters. */
  static String shorten(String text, int longest) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= longest ? line : line.substring(0, longest) + "...";
  }
}
