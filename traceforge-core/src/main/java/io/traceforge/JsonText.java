package io.traceforge;

import java.util.HexFormat;
import java.util.function.IntPredicate;

/** Rewrites JSON text with escapes; the text means the same before and after. */
final class JsonText {
  private static final HexFormat HEX = HexFormat.of();

  private JsonText() {}

  /** Escapes everything that is not ASCII, as HTTP clients refuse other characters in headers. */
  static String toAscii(String json) {
    return escape(json, i -> json.charAt(i) >= 0x7f);
  }

  /** Escapes halves of a surrogate pair that stand alone, as UTF-8 has no form for them. */
  static String toUnicode(String json) {
    return escape(json, i -> isLoneSurrogate(json, i));
  }

  private static boolean isLoneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  private static String escape(String json, IntPredicate escaped) {
    StringBuilder result = null;
    for (int i = 0; i < json.length(); i++) {
      if (escaped.test(i)) {
        result = result == null ? new StringBuilder(json.substring(0, i)) : result;
        result.append("\\u").append(HEX.toHexDigits(json.charAt(i)));
      } else if (result != null) {
        result.append(json.charAt(i));
      }
    }
    return result == null ? json : result.toString();
  }
}
