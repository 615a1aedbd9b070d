package io.traceforge.redaction;

import io.traceforge.internal.body.BodyBytes;
import io.traceforge.internal.body.LastBodies;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import java.util.Arrays;

/**
 * Redacts the traces of sessions, whose requests repeat what was sent before: what the last request
 * of a session began with, and held no secret, is not looked through again. It gives what its
 * {@link Redactor} gives. To be used by one thread at a time.
 */
final class SessionRedactor {
  private final Redactor redactor;
  private final BodyRedactor bodies;

  /** The last request of each session, if it was plain. */
  private final LastBodies plain = new LastBodies();

  SessionRedactor(Redactor redactor, BodyRedactor bodies) {
    this.redactor = redactor;
    this.bodies = bodies;
  }

  /** Returns a trace without its secrets. */
  Trace redact(Trace trace) {
    return redactor.redact(
        trace, body -> redact(body, LastBodies.key(trace.sessionId(), trace.id())));
  }

  private TraceBody redact(TraceBody body, String key) {
    if (redactor.isNothing() || !bodies.isLocal(body)) {
      return redactor.redact(body, false);
    }
    try {
      return redactLocal(body, key);
    } catch (RuntimeException | StackOverflowError ruleFailed) {
      return BodyRedactor.dropped(body);
    }
  }

  private TraceBody redactLocal(TraceBody body, String key) {
    TraceBody last = plain.get(key);
    if (last != null && (body.equals(last) || bodies.isPlain(body, beginOfNew(last, body)))) {
      plain.put(key, body);
      return body;
    }
    plain.remove(key);
    BodyRedactor.Scanned scanned = bodies.scan(body);
    if (scanned.plain()) {
      plain.put(key, body);
    }
    return scanned.left();
  }

  /**
   * Returns where what is new begins in a body: at the last comma between two objects that both
   * have, with what follows it up to a quote. Nothing that is looked for reaches over such a place,
   * and where it stands in JSON does not matter to what is found by what stands near it.
   */
  private static int beginOfNew(TraceBody last, TraceBody body) {
    byte[] known = BodyBytes.of(last);
    byte[] bytes = BodyBytes.of(body);
    int differ = Arrays.mismatch(known, bytes);
    return differ < 0 ? bytes.length : beginOfObject(bytes, differ);
  }

  private static int beginOfObject(byte[] bytes, int before) {
    for (int at = before - 1; at > 0; at--) {
      if (bytes[at] == ',' && isBetweenObjects(bytes, at, before)) {
        return at;
      }
    }
    return 0;
  }

  private static boolean isBetweenObjects(byte[] bytes, int comma, int before) {
    int end = comma - 1;
    while (end > 0 && isWhite(bytes[end])) {
      end--;
    }
    int next = skipWhite(bytes, comma + 1, before);
    if (bytes[end] != '}' || next == before || bytes[next] != '{') {
      return false;
    }
    int name = skipWhite(bytes, next + 1, before);
    return name < before && bytes[name] == '"';
  }

  private static int skipWhite(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isWhite(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isWhite(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
