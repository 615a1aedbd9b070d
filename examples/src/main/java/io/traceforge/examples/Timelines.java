package io.traceforge.examples;

import io.traceforge.TraceForge;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionTimeline;
import java.io.PrintStream;
import java.nio.file.Path;

/** Shows sessions on a terminal. */
final class Timelines {
  private static final int WIDTH = 100;

  private Timelines() {}

  /** Prints a stored session and where it is stored. */
  static void print(TraceForge traceForge, String sessionId, PrintStream out) {
    SessionTimeline timeline = traceForge.storage().getTimeline(sessionId).orElseThrow();
    out.println();
    out.print(draw(timeline));
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

  /** Returns the command that packages the viewer and opens a session in it. */
  static String viewerCommand(String sessionId) {
    return "mvn -q -pl traceforge-viewer -am package -DskipTests"
        + " && java -jar traceforge-viewer/target/traceforge-viewer-*-all.jar "
        + storageUrl()
        + " --session "
        + sessionId;
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

  /** Returns a session's figures and a line for each call. */
  static String draw(SessionTimeline timeline) {
    return timeline.toText(WIDTH);
  }

  /** Returns a text in one line, cut where it is longer than a number of characters. */
  static String shorten(String text, int longest) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= longest ? line : line.substring(0, longest) + "...";
  }
}
