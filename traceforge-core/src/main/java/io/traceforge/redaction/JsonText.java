package io.traceforge.redaction;

/**
 * The content of a JSON string, without its escapes and with them again. The text around is one
 * character for each byte, so characters from escapes that would be taken for such bytes are moved
 * out of their way.
 */
final class JsonText {
  private static final int MOVED = 0xE000;

  private JsonText() {}

  static String unescape(String raw) {
    if (raw.indexOf('\\') < 0) {
      return raw;
    }
    StringBuilder text = new StringBuilder(raw.length());
    int at = 0;
    while (at < raw.length()) {
      char c = raw.charAt(at);
      if (c != '\\' || at + 1 == raw.length()) {
        text.append(c);
        at++;
      } else {
        at = unescape(raw, at + 1, text);
      }
    }
    return text.toString();
  }

  private static int unescape(String raw, int at, StringBuilder text) {
    char kind = raw.charAt(at);
    if (kind == 'u' && at + 5 <= raw.length()) {
      text.append(fromHex(raw.substring(at + 1, at + 5)));
      return at + 5;
    }
    text.append(
        switch (kind) {
          case 'n' -> '\n';
          case 't' -> '\t';
          case 'r' -> '\r';
          case 'b' -> '\b';
          case 'f' -> '\f';
          default -> kind;
        });
    return at + 1;
  }

  private static char fromHex(String hex) {
    try {
      int code = Integer.parseInt(hex, 16);
      return (char) (code >= 0x80 && code < 0x100 ? MOVED + code : code);
    } catch (NumberFormatException notHex) {
      return '?';
    }
  }

  static String escape(String text) {
    StringBuilder raw = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        raw.append('\\').append(c);
      } else if (c < ' ' || c >= 0x100) {
        int code = c >= MOVED + 0x80 && c < MOVED + 0x100 ? c - MOVED : c;
        raw.append(String.format("\\u%04x", code));
      } else {
        raw.append(c);
      }
    }
    return raw.toString();
  }
}
