package io.traceforge.redaction;

import java.util.List;

/** What kind of text a text is. */
final class Texts {
  private static final List<String> BEGINNINGS_OF_EVENTS =
      List.of("data:", "event:", "id:", "retry:", ":");

  private Texts() {}

  /** Returns whether this is JSON, or events that hold some: then it must stay so. */
  static boolean isJson(String text) {
    int at = Chars.skipBlanks(text, 0);
    return at < text.length() && ("{[\"".indexOf(text.charAt(at)) >= 0 || isEvents(text, at));
  }

  /** Returns whether one text may be told here in several pieces. */
  static boolean isStream(String text) {
    int at = Chars.skipBlanks(text, 0);
    return isEvents(text, at)
        || text.startsWith("[", at)
        || (text.startsWith("{", at) && (text.contains("}\n{") || text.contains("}\r\n{")));
  }

  private static boolean isEvents(String text, int at) {
    for (String beginning : BEGINNINGS_OF_EVENTS) {
      if (text.startsWith(beginning, at)) {
        return true;
      }
    }
    return false;
  }
}
