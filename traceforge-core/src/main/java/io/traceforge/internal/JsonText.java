package io.traceforge.internal;

/** What Gson's JSON lacks. */
public final class JsonText {
  private JsonText() {}

  /**
   * Returns JSON with surrogates that lack their other half escaped: UTF-8 has no form for them.
   */
  public static String escapeLoneSurrogates(String json) {
    if (json.codePoints().noneMatch(JsonText::isSurrogate)) {
      return json;
    }
    StringBuilder text = new StringBuilder(json.length() + 16);
    json.codePoints()
        .forEach(
            c -> {
              if (isSurrogate(c)) {
                text.append("\\u").append(Integer.toHexString(c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
