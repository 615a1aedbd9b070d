package io.traceforge.benchmarks;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What several JVMs found out about one figure, for people. */
final class Table {
  private final String title;
  private final Map<Contender, List<Figure>> figures;

  private Table(String title, List<Figure> figures) {
    this.title = title;
    this.figures =
        figures.stream()
            .collect(
                Collectors.groupingBy(
                    Figure::contender, () -> new EnumMap<>(Contender.class), Collectors.toList()));
  }

  /** Returns the tables of all figures, in the order in which they came. */
  static List<Table> of(List<Figure> figures) {
    return figures.stream()
        .map(Figure::title)
        .distinct()
        .map(
            title ->
                new Table(
                    title,
                    figures.stream().filter(figure -> figure.title().equals(title)).toList()))
        .toList();
  }

  /** Returns medians over the JVMs, and in brackets the least and the largest of their surplus. */
  String text() {
    return """
        %s

        | | median | surplus over bare | in %% of bare | of the logger's | of OpenTelemetry's |
        | --- | ---: | ---: | ---: | ---: | ---: |
        """
            .formatted(title)
        + Arrays.stream(Contender.values()).map(this::row).collect(Collectors.joining());
  }

  private String row(Contender contender) {
    DoubleSummaryStatistics range =
        of(contender).stream().mapToDouble(Figure::surplus).summaryStatistics();
    double surplus = surplus(contender);
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %+.2f (%+.2f to %+.2f) | %+.1f | %.2f | %.2f |%n",
        contender.title(),
        value(contender),
        surplus,
        range.getMin(),
        range.getMax(),
        100 * surplus / value(Contender.BARE),
        surplus / surplus(Contender.LOGGER),
        surplus / surplus(Contender.OPENTELEMETRY));
  }

  private double value(Contender contender) {
    return median(of(contender).stream().mapToDouble(Figure::value).toArray());
  }

  private double surplus(Contender contender) {
    return median(of(contender).stream().mapToDouble(Figure::surplus).toArray());
  }

  private List<Figure> of(Contender contender) {
    return figures.getOrDefault(contender, List.of());
  }

  private static double median(double[] values) {
    return new Samples(values).median();
  }
}
