package io.traceforge.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One figure of all contenders, round by round. */
final class Table {
  private final Map<Contender, List<Double>> values = new EnumMap<>(Contender.class);

  /** Adds the next round's value of a contender. */
  void add(Contender contender, double value) {
    values.computeIfAbsent(contender, any -> new ArrayList<>()).add(value);
  }

  /**
   * Returns medians, and the medians of what each costs more than bare in the same round.
   *
   * @param scale what to divide the values by
   */
  String text(String title, String unit, double scale) {
    StringBuilder text = new StringBuilder();
    text.append(title).append(" (").append(samples(Contender.BARE).rounds()).append(" rounds)\n\n");
    text.append("| | median, ").append(unit);
    text.append(" | surplus over bare | in % of bare | of the logger's | of OpenTelemetry's |\n");
    text.append("| --- | ---: | ---: | ---: | ---: | ---: |\n");
    for (Contender contender : Contender.values()) {
      text.append(row(contender, scale));
    }
    return text.append('\n').toString();
  }

  private String row(Contender contender, double scale) {
    Samples surplus = surplus(contender);
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %+.2f ± %.2f | %+.1f | %.2f | %.2f |%n",
        contender.title(),
        samples(contender).median() / scale,
        surplus.median() / scale,
        surplus.medianError() / scale,
        100 * surplus.median() / samples(Contender.BARE).median(),
        surplus.median() / surplus(Contender.LOGGER).median(),
        surplus.median() / surplus(Contender.OPENTELEMETRY).median());
  }

  private Samples surplus(Contender contender) {
    return samples(contender).minus(samples(Contender.BARE));
  }

  private Samples samples(Contender contender) {
    return new Samples(
        values.getOrDefault(contender, List.of()).stream().mapToDouble(value -> value).toArray());
  }
}
