package io.traceforge.storage;

import java.time.Instant;
import java.util.Comparator;

/**
 * The place of a session in a listing. It is set when the session is first stored and never changes
 * after, so a page that goes on after a key neither skips nor repeats a session.
 *
 * @param firstSeen the start of the first trace that was stored, or the time of the session's first
 *     update if that came first
 * @param sessionId the session's id
 */
public record SessionKey(Instant firstSeen, String sessionId) implements Comparable<SessionKey> {
  private static final Comparator<SessionKey> ORDER =
      Comparator.comparing(SessionKey::firstSeen).thenComparing(SessionKey::sessionId);

  /**
   * Returns the key that a page's cursor tells.
   *
   * @param cursor what {@link #toCursor()} returned
   * @throws IllegalArgumentException if it is no such cursor
   */
  public static SessionKey fromCursor(String cursor) {
    String[] parts = cursor.split("~", 2);
    try {
      return new SessionKey(Instant.parse(parts[0]), parts[1]);
    } catch (RuntimeException malformed) {
      throw new IllegalArgumentException("cursor: not one of a page's: " + cursor, malformed);
    }
  }

  @Override
  public int compareTo(SessionKey other) {
    return ORDER.compare(this, other);
  }

  /** Returns the key as a page's cursor: a text that {@link #fromCursor} reads. */
  public String toCursor() {
    return firstSeen + "~" + sessionId;
  }

  /** The same as {@link #toCursor()}, to be read by people. */
  @Override
  public String toString() {
    return toCursor();
  }
}
