package io.traceforge.storage.sqlite;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Agents' sessions, which send the whole conversation again at each step. */
final class Conversations {
  private static final String TOOLS = tools();

  private Conversations() {}

  private static String tools() {
    List<String> tools = new ArrayList<>();
    Random random = new Random(0);
    for (int n = 0; n < 8; n++) {
      tools.add(
          "{\"type\":\"function\",\"name\":\"f" + n + "\",\"description\":" + text(random) + "}");
    }
    return String.join(",", tools);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder("\"");
    while (text.length() < 1_000) {
      text.append(Long.toString(random.nextLong(), 36)).append(' ');
    }
    return text.append('"').toString();
  }

  /** Returns a session of which each step brings 2 KB that are new. */
  static List<Trace> session(String id, int steps, int firstNumber, Instant start) {
    Random random = new Random(id.hashCode());
    List<Trace> traces = new ArrayList<>();
    StringBuilder messages = new StringBuilder(message("system", text(new Random(1))));
    for (int step = 0; step < steps; step++) {
      messages.append(',').append(message("user", text(random)));
      String answer = text(random);
      traces.add(
          TestTraces.trace(id, firstNumber + step)
              .stepIndex(step)
              .startTime(start.plus(Duration.ofMillis(step)))
              .request(
                  TestTraces.request(
                      "{\"model\":\"m\",\"messages\":["
                          + messages
                          + "],\"tools\":["
                          + TOOLS
                          + "]}"))
              .response(
                  TraceResponse.of(
                      200,
                      HttpHeaders.empty(),
                      TraceBody.ofText(
                          "{\"id\":\"r"
                              + step
                              + "\",\"choices\":[{\"message\":{\"content\":"
                              + answer
                              + ",\"role\":\"assistant\",\"refusal\":null}}]}",
                          "application/json"),
                      null))
              .build());
      messages.append(',').append(message("assistant", answer));
    }
    return traces;
  }

  private static String message(String role, String text) {
    return "{\"role\":\"" + role + "\",\"content\":" + text + "}";
  }

  static long bodyBytes(List<Trace> traces) {
    return traces.stream()
        .mapToLong(
            trace ->
                trace.request().body().size()
                    + (trace.response() == null ? 0 : trace.response().body().size()))
        .sum();
  }
}
