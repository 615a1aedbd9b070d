package io.traceforge.internal.body;

import io.traceforge.trace.TraceBody;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last request's body of each of the sessions that were heard of last, within bounds. To be
 * used by one thread at a time.
 */
public final class LastBodies {
  private static final long MAX_BYTES = Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 32);

  private final Map<String, TraceBody> bodies = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /** Returns under which name a trace's request is known: its start and its end have one. */
  public static String key(@Nullable String sessionId, String traceId) {
    return sessionId == null ? "trace " + traceId : sessionId;
  }

  /** Returns the last body of that name, or {@code null} if it is not known. */
  public @Nullable TraceBody get(String key) {
    return bodies.get(key);
  }

  /**
   * Returns the last body of that name if it is equal, else the given one, which is the last now.
   */
  public TraceBody same(String key, TraceBody body) {
    TraceBody last = bodies.get(key);
    if (last != null && last.equals(body)) {
      return last;
    }
    put(key, body);
    return body;
  }

  /** Takes note of a last body. */
  public void put(String key, TraceBody body) {
    TraceBody replaced = bodies.put(key, body);
    bytes += sizeOf(body) - sizeOf(replaced);
    for (Iterator<TraceBody> oldest = bodies.values().iterator(); bytes > MAX_BYTES; ) {
      bytes -= sizeOf(oldest.next());
      oldest.remove();
    }
  }

  /** Forgets a last body. */
  public void remove(String key) {
    bytes -= sizeOf(bodies.remove(key));
  }

  private static long sizeOf(@Nullable TraceBody body) {
    return body == null ? 0 : BodyBytes.of(body).length;
  }
}
