package io.traceforge;

import io.traceforge.internal.TimeIds;
import java.time.Instant;

/** Makes and checks the ids that travel in headers. */
final class SessionIds {
  static final int MAX_LENGTH = 128;

  private SessionIds() {}

  /** Returns a random id that sorts by time, as a database likes it. */
  static String random() {
    return TimeIds.at(Instant.now());
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
