package io.traceforge.junit5;

import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order of calls, or of sessions, beside each other. One comes after all that had ended before
 * it began; of those that ran side by side, chance decides which begins first, so they are ordered
 * by what they say.
 */
final class CallOrder {
  private static final Comparator<Trace> BY_CONTENT =
      Comparator.comparingInt(Trace::stepIndex)
          .thenComparing(trace -> trace.request().method())
          .thenComparing(trace -> trace.request().endpoint())
          .thenComparing(trace -> text(trace.request().body()))
          .thenComparing(trace -> text(trace.response() == null ? null : trace.response().body()))
          .thenComparing(Trace::stateJson);

  private static final Comparator<Block> BLOCKS =
      Comparator.comparing(Block::traces, CallOrder::compare).thenComparing(Block::start);

  private CallOrder() {}

  private static int compare(List<Trace> a, List<Trace> b) {
    return Arrays.compare(a.toArray(Trace[]::new), b.toArray(Trace[]::new), BY_CONTENT);
  }

  /** Orders by time, and by content what ran side by side. */
  static List<Trace> of(Collection<Block> blocks) {
    List<Block> left = new ArrayList<>(blocks);
    left.sort(BLOCKS);
    List<Trace> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      ordered.addAll(left.remove(next(left)).traces());
    }
    return ordered;
  }

  /** Orders by content alone: for what may run side by side. */
  static List<Trace> byContent(Collection<Block> blocks) {
    return blocks.stream().sorted(BLOCKS).flatMap(block -> block.traces().stream()).toList();
  }

  /** Returns the first that began before any of the others had ended. */
  private static int next(List<Block> left) {
    Instant firstEnd = left.stream().map(Block::end).min(Comparator.naturalOrder()).orElseThrow();
    for (int i = 0; i < left.size(); i++) {
      Block block = left.get(i);
      if (block.start().isBefore(firstEnd) || block.end().equals(firstEnd)) {
        return i;
      }
    }
    throw new IllegalStateException("none ends first");
  }

  private static String text(@Nullable TraceBody body) {
    return body == null ? "" : body.text();
  }
}
