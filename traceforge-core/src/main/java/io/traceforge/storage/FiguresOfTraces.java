package io.traceforge.storage;

import io.traceforge.trace.CallAttempt;
import io.traceforge.trace.StepSummary;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.Trace;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sums a session up from its traces: for backends that keep no running figures. */
final class FiguresOfTraces {
  private FiguresOfTraces() {}

  static SessionFigures.Builder sum(SessionFigures.Builder figures, Collection<Trace> traces) {
    addSteps(figures, traces);
    return figures
        .traces(traces.size())
        .firstStart(times(traces, Trace::startTime).min(Comparator.naturalOrder()).orElse(null))
        .lastStart(times(traces, Trace::startTime).max(Comparator.naturalOrder()).orElse(null))
        .lastEnd(times(traces, Trace::endTime).max(Comparator.naturalOrder()).orElse(null))
        .models(known(traces, trace -> trace.metadata().model()))
        .providers(known(traces, trace -> trace.metadata().provider()))
        .usage(
            traces.stream()
                .map(trace -> trace.metadata().usage())
                .reduce(TokenUsage.unknown(), TokenUsage::plus))
        .lastCallNumber(traces.stream().mapToInt(Trace::callNumber).max().orElse(0));
  }

  private static void addSteps(SessionFigures.Builder figures, Collection<Trace> traces) {
    SortedMap<Integer, List<CallAttempt>> attempts =
        traces.stream()
            .collect(
                Collectors.groupingBy(
                    Trace::stepIndex,
                    TreeMap::new,
                    Collectors.mapping(CallAttempt::of, Collectors.toList())));
    List<StepSummary> steps = attempts.values().stream().map(StepSummary::of).toList();
    figures
        .steps(steps.size())
        .calls(steps.stream().mapToInt(StepSummary::calls).sum())
        .openCalls(steps.stream().mapToInt(StepSummary::openCalls).sum())
        .errors(steps.stream().mapToInt(StepSummary::errors).sum());
    if (!steps.isEmpty()) {
      figures.lastStep(attempts.lastKey()).lastStepFailure(steps.get(steps.size() - 1).failure());
    }
  }

  private static Stream<Instant> times(
      Collection<Trace> traces, Function<Trace, @Nullable Instant> timeOf) {
    return traces.stream().map(timeOf).filter(Objects::nonNull);
  }

  private static List<String> known(
      Collection<Trace> traces, Function<Trace, @Nullable String> valueOf) {
    return traces.stream().map(valueOf).filter(Objects::nonNull).distinct().sorted().toList();
  }
}
