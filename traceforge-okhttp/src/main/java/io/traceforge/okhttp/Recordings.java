package io.traceforge.okhttp;

import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Gives each recording to one call, those of equal calls in their order. */
final class Recordings {
  private final CallMatcher matcher;
  private final boolean repeatLast;
  private final List<Trace> all;

  /** Not changed after the constructor, so that any thread may read it. */
  private final Map<MatchKey, Equals> byKey = new LinkedHashMap<>();

  Recordings(List<Trace> traces, CallMatcher matcher, boolean repeatLast) {
    this.matcher = matcher;
    this.repeatLast = repeatLast;
    this.all = List.copyOf(traces);
    for (Trace trace : traces) {
      MatchKey key = matcher.keyOf(matcher.redacted(trace.request()));
      byKey.computeIfAbsent(key, first -> new Equals()).traces.add(trace);
    }
  }

  /** Recordings of equal calls. */
  private static final class Equals {
    final List<Trace> traces = new ArrayList<>();
    private final AtomicInteger used = new AtomicInteger();

    @Nullable Trace next() {
      int index = used.getAndUpdate(count -> Math.min(count + 1, traces.size()));
      return index < traces.size() ? traces.get(index) : null;
    }

    List<Trace> unused() {
      return traces.subList(used.get(), traces.size());
    }

    Trace last() {
      return traces.get(traces.size() - 1);
    }
  }

  /** Returns the recording that answers a call. */
  Trace take(TraceRequest request) throws ReplayMissException {
    TraceRequest asked = matcher.redacted(request);
    MatchKey key = matcher.keyOf(asked);
    Equals recorded = byKey.get(key);
    Trace next = recorded == null ? null : recorded.next();
    if (next != null) {
      return next;
    }
    if (recorded == null) {
      throw unknown(asked, key);
    }
    if (repeatLast) {
      return recorded.last();
    }
    throw usedUp(asked, recorded, key.equals(MatchKey.ANY) ? "" : " of this call");
  }

  /** Returns how many there are. */
  int size() {
    return all.size();
  }

  /** Returns those that have answered no call yet, in their order. */
  List<Trace> unused() {
    Set<Trace> unused = Collections.newSetFromMap(new IdentityHashMap<>());
    byKey.values().forEach(equal -> unused.addAll(equal.unused()));
    return all.stream().filter(unused::contains).toList();
  }

  private static ReplayMissException usedUp(TraceRequest asked, Equals recorded, String which) {
    int count = recorded.traces.size();
    String last = name(recorded.last());
    String used =
        count == 1
            ? "%s, the only one%s, was used up".formatted(last, which)
            : "all %d%s were used up, the last one being %s".formatted(count, which, last);
    return new ReplayMissException(
        "No recording is left for %s: %s".formatted(endpoint(asked), used), recorded.last().id());
  }

  private ReplayMissException unknown(TraceRequest asked, MatchKey key) {
    String miss = "No recording answers " + endpoint(asked);
    Trace nearest = null;
    KeyDifference least = null;
    for (Map.Entry<MatchKey, Equals> entry : byKey.entrySet()) {
      KeyDifference difference = KeyDifference.between(entry.getKey(), key);
      if (least == null || difference.size() < least.size()) {
        least = difference;
        nearest = entry.getValue().traces.get(0);
      }
    }
    return nearest == null || least == null
        ? new ReplayMissException(miss + ": there are no recordings", null)
        : new ReplayMissException(
            miss
                + ". The nearest is %s: %s%s"
                    .formatted(name(nearest), least.first(), unsent(nearest, asked)),
            nearest.id());
  }

  /** A body is recorded while it is sent, so what reached no server has none to be found by. */
  private static String unsent(Trace nearest, TraceRequest asked) {
    TraceRequest recorded = nearest.request();
    return recorded.body() == null
            && asked.body() != null
            && recorded.method().equals(asked.method())
            && nearest.response() == null
        ? ". It failed before its body was sent, so only BY_STEP can replay it"
        : "";
  }

  private static String endpoint(TraceRequest asked) {
    return asked.method() + " " + asked.endpoint();
  }

  private static String name(Trace trace) {
    return "trace %s (step %d)".formatted(trace.id(), trace.stepIndex());
  }
}
