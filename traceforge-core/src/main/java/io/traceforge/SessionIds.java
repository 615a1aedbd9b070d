package io.traceforge;

import java.util.UUID;

/** Makes and checks the ids that travel in headers. */
final class SessionIds {
  static final int MAX_LENGTH = 128;

  private SessionIds() {}

  static String random() {
    return UUID.randomUUID().toString();
  }

  /** Visible ASCII only: what every HTTP client lets through in a header. */
  static boolean isValid(String id) {
    return !id.isEmpty()
        && id.length() <= MAX_LENGTH
        && id.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  static String require(String name, String id) {
    if (!isValid(id)) {
      throw new IllegalArgumentException(
          name + ": expected 1 to " + MAX_LENGTH + " visible ASCII characters, got \"" + id + '"');
    }
    return id;
  }
}
