package io.traceforge.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What one JVM measures of all contenders, round by round. */
final class Rounds {
  private final Map<Contender, List<Double>> values = new EnumMap<>(Contender.class);

  /** Adds the next round's value of a contender. */
  void add(Contender contender, double value) {
    values.computeIfAbsent(contender, any -> new ArrayList<>()).add(value);
  }

  /**
   * Returns what came out.
   *
   * @param scale what to divide the values by
   */
  List<Figure> figures(String title, double scale) {
    Samples bare = samples(Contender.BARE);
    return Arrays.stream(Contender.values())
        .map(
            contender ->
                new Figure(
                    title,
                    contender,
                    samples(contender).median() / scale,
                    samples(contender).minus(bare).median() / scale))
        .toList();
  }

  private Samples samples(Contender contender) {
    return new Samples(
        values.getOrDefault(contender, List.of()).stream().mapToDouble(value -> value).toArray());
  }
}
