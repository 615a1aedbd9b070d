package io.traceforge.storage.sqlite;

import java.util.List;
import java.util.Random;

/** JSON with odd white space, number forms, escapes and duplicate keys; rarely none at all. */
final class RandomJson {
  private static final List<String> SPACES = List.of("", "", "", "", " ", "\n", "\t\r\n ");
  private static final List<String> LITERALS =
      List.of("true", "null", "0", "-0", "1.0", "1e5", "1E+05", "12345678901234567890.10", "NaN");
  private static final List<String> NAMES =
      List.of("messages", "content", "role", "usage", "\\u0061", "", "ü", "a".repeat(200));
  private static final List<String> CHARACTERS =
      List.of("a", "b", " ", "ä", "😀", "\\n", "\\\"", "\\\\", "\\u00e9", "\\ud800", "/", "{[,");

  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  Random random() {
    return random;
  }

  String document() {
    return switch (random.nextInt(12)) {
      case 0 -> "";
      case 1 -> text();
      case 2 -> "not JSON " + text();
      case 3 -> array(0);
      default -> object(0);
    };
  }

  String message() {
    return random.nextInt(6) == 0 ? value(1) : "{\"role\":\"user\",\"content\":" + text() + "}";
  }

  private String space() {
    return any(SPACES);
  }

  private String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String value(int depth) {
    int kind = random.nextInt(depth > 4 ? 4 : 8);
    return space()
        + switch (kind) {
          case 0, 1 -> any(LITERALS);
          case 2, 3 -> text();
          case 4, 5 -> array(depth + 1);
          default -> object(depth + 1);
        }
        + space();
  }

  private String array(int depth) {
    StringBuilder array = new StringBuilder("[");
    for (int n = random.nextInt(5); n > 0; n--) {
      array.append(value(depth)).append(n > 1 || random.nextInt(20) == 0 ? "," : "");
    }
    return array.append(random.nextInt(40) == 0 ? "" : "]").toString();
  }

  private String object(int depth) {
    StringBuilder object = new StringBuilder("{");
    for (int n = random.nextInt(5); n > 0; n--) {
      object.append(space()).append('"').append(any(NAMES)).append('"').append(space());
      object.append(':').append(value(depth)).append(n > 1 ? "," : "");
    }
    return object.append(random.nextInt(40) == 0 ? "" : "}").toString();
  }

  private String text() {
    StringBuilder text = new StringBuilder("\"");
    for (int n = random.nextInt(random.nextInt(3) == 0 ? 300 : 20); n > 0; n--) {
      text.append(any(CHARACTERS));
    }
    return text.append(random.nextInt(60) == 0 ? "" : "\"").toString();
  }
}
