package io.traceforge.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random JSON that is sound and written as oddly as JSON allows. */
final class OddJson {
  private static final List<String> WHITE = List.of("", "", "", " ", "\n", "\t \r\n");
  private static final List<String> STRINGS =
      List.of(
          "",
          "a",
          "\\\"",
          "\\\\",
          "\\\\\\\"",
          "}",
          "]",
          "{",
          "[",
          ":",
          ",",
          "\\u0022",
          "ä€😀",
          " ");
  private static final List<String> LITERALS =
      List.of("0", "-1", "1e5", "-2.50E-3", "12345678901234567890", "true", "false", "null");

  private final Random random;
  private final List<String> names;

  private OddJson(Random random, Set<String> names) {
    this.random = random;
    this.names = new ArrayList<>(names);
    this.names.addAll(List.of("other", "", "mode", "model2", "a b", "ä"));
  }

  /** Returns an object with some members of the given names, and others. */
  static String object(Random random, Set<String> names) {
    OddJson json = new OddJson(random, names);
    return json.white() + json.object(4) + json.white();
  }

  private String object(int depth) {
    List<String> members = new ArrayList<>();
    for (int n = random.nextInt(6); n > 0; n--) {
      String name = white() + '"' + any(names) + '"' + white();
      members.add(name + ":" + white() + value(depth - 1) + white());
    }
    return members.isEmpty() ? "{" + white() + "}" : "{" + String.join(",", members) + "}";
  }

  private String array(int depth) {
    List<String> elements = new ArrayList<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      elements.add(white() + value(depth - 1) + white());
    }
    return elements.isEmpty() ? "[" + white() + "]" : "[" + String.join(",", elements) + "]";
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 3)) {
      case 0 -> any(LITERALS);
      case 1, 2 -> string();
      case 3 -> object(depth);
      default -> array(depth);
    };
  }

  private String string() {
    StringBuilder text = new StringBuilder("\"");
    for (int n = random.nextInt(4); n > 0; n--) {
      text.append(any(STRINGS));
    }
    return text.append('"').toString();
  }

  private String white() {
    return any(WHITE);
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
