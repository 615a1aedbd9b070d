package io.traceforge.trace;

import io.traceforge.trace.SessionTimeline.Gap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds the call numbers that no trace of a session bears. */
final class CallGaps {
  private CallGaps() {}

  static List<Gap> among(Collection<Trace> traces) {
    List<Gap> gaps = new ArrayList<>();
    long expected = 1;
    for (var numbered : idsByNumber(traces).entrySet()) {
      int number = numbered.getKey();
      if (number > expected) {
        gaps.add(new Gap((int) expected, number - 1, numbered.getValue()));
      }
      expected = number + 1L;
    }
    return gaps;
  }

  private static SortedMap<Integer, String> idsByNumber(Collection<Trace> traces) {
    SortedMap<Integer, String> ids = new TreeMap<>();
    traces.stream()
        .filter(trace -> trace.callNumber() > 0)
        .forEach(trace -> ids.merge(trace.callNumber(), trace.id(), CallGaps::smaller));
    return ids;
  }

  private static String smaller(String a, String b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
