package io.traceforge.okhttp.contract;

import java.util.List;

/** Where two runs differ, and nothing of where they do not. */
final class Difference {
  private static final int CONTEXT = 3;

  private Difference() {}

  /** Returns an empty text if the two are equal. */
  static String between(List<String> bare, List<String> recorded) {
    if (bare.equals(recorded)) {
      return "";
    }
    int shorter = Math.min(bare.size(), recorded.size());
    int head = 0;
    while (head < shorter && bare.get(head).equals(recorded.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head && fromEnd(bare, tail).equals(fromEnd(recorded, tail))) {
      tail++;
    }
    List<String> ofBare = bare.subList(head, bare.size() - tail);
    List<String> ofRecorded = recorded.subList(head, recorded.size() - tail);
    return "\n  "
        + String.join("\n  ", bare.subList(Math.max(0, head - CONTEXT), head))
        + middle("bare:     ", ofBare)
        + middle("recorded: ", ofRecorded);
  }

  private static String fromEnd(List<String> lines, int index) {
    return lines.get(lines.size() - 1 - index);
  }

  private static String middle(String whose, List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append('\n').append(whose).append(line));
    return text.toString();
  }
}
