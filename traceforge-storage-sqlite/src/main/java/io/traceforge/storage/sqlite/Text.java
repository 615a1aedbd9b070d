package io.traceforge.storage.sqlite;

import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * How strings are kept. SQLite's text is UTF-8, which has no form for a lone surrogate: such a
 * string would come back with question marks. It is kept as a BLOB of its UTF-16 code units
 * instead. No column that holds strings is STRICT, so both forms fit, and the type of the value
 * tells which one it is. Equal strings always have the same form, so the engine can compare them.
 */
final class Text {
  /** Matches by code point, so only surrogates without their other half. */
  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

  private Text() {}

  /** Returns whether UTF-8 can express the string. */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  static boolean beginsWithDigit(String text) {
    return !text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9';
  }

  static byte[] toCodeUnits(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
    bytes.asCharBuffer().put(text);
    return bytes.array();
  }

  static String fromCodeUnits(byte[] bytes) {
    return ByteBuffer.wrap(bytes).asCharBuffer().toString();
  }

  /** Makes JSON well-formed: a lone surrogate can only stand inside a string, so escape it. */
  static String escapeLoneSurrogates(String json) {
    return isWellFormed(json)
        ? json
        : LONE_SURROGATE
            .matcher(json)
            .replaceAll(found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
  }
}
