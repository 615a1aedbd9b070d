package io.traceforge.viewer.internal;

import io.traceforge.pricing.Cost;
import io.traceforge.pricing.PriceBook;
import io.traceforge.trace.CallAttempt;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the traces of a session amount to, added up one by one: of each, a few values are kept, and
 * neither bodies nor state.
 */
final class SessionSummary {
  private static final List<TraceStatus> WORST_FIRST =
      List.of(TraceStatus.ERROR, TraceStatus.IN_PROGRESS, TraceStatus.CANCELLED);
  private final PriceBook prices;
  private final SortedMap<Integer, List<CallAttempt>> steps = new TreeMap<>();
  private Cost cost = Cost.ZERO;

  SessionSummary(PriceBook prices) {
    this.prices = prices;
  }

  void add(Trace trace) {
    cost = cost.plus(prices.costOf(trace));
    steps.computeIfAbsent(trace.stepIndex(), i -> new ArrayList<>()).add(CallAttempt.of(trace));
  }

  String toJson(String sessionId) {
    JsonText json =
        new JsonText()
            .beginObject()
            .member("session_id", sessionId)
            .member("known_cost_usd", cost.knownUsd())
            .member("unknown_cost_traces", cost.unknownTraces())
            .name("steps")
            .beginArray();
    steps.forEach((index, attempts) -> write(json, index, attempts));
    return json.endArray().endObject().toString();
  }

  private static void write(JsonText json, int index, List<CallAttempt> attempts) {
    json.beginObject()
        .member("step", index)
        .member("duration_ms", durationMs(attempts))
        .member("status", Names.of(status(attempts)))
        .endObject();
  }

  /** From the first call's start to the last call's end. */
  private static long durationMs(List<CallAttempt> attempts) {
    Instant start =
        attempts.stream().map(CallAttempt::startTime).min(Comparator.naturalOrder()).orElseThrow();
    return attempts.stream()
        .map(CallAttempt::endTime)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .map(end -> Duration.between(start, end).toMillis())
        .orElse(0L);
  }

  /** A step is as bad as the worst of its calls, of which the last attempt counts. */
  private static TraceStatus status(List<CallAttempt> attempts) {
    List<TraceStatus> outcomes =
        CallAttempt.groupByCall(attempts).stream()
            .map(call -> call.get(call.size() - 1).status())
            .toList();
    return WORST_FIRST.stream().filter(outcomes::contains).findFirst().orElse(TraceStatus.SUCCESS);
  }
}
