package io.traceforge.protocol;

import com.google.auto.value.AutoValue;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One event of a streamed response: a server-sent event, a line of NDJSON, or an element of a JSON
 * array that is sent piece by piece. Immutable.
 */
@AutoValue
public abstract class StreamEvent {
  StreamEvent() {}

  static StreamEvent of(String name, String data, long end, boolean afterGap) {
    return new AutoValue_StreamEvent(name, data, end, afterGap);
  }

  /**
   * Returns the name of a server-sent event, {@code message} if it has none or is no such event.
   */
  public abstract String name();

  /** Returns the event's data, usually JSON; cut short if the stream was cut inside of it. */
  public abstract String data();

  /** Returns the index in the body of the first byte after the event. */
  public abstract long end();

  /** Returns whether bytes before this event were not kept, so that texts do not join on. */
  public abstract boolean afterGap();

  /** Returns the data as a JSON object, or {@code null} if it is anything else. */
  public final @Nullable JsonObject json() {
    return Json.parseObject(data());
  }

  /** Without the data: they may be confidential, and this text may be logged. */
  @Override
  public final String toString() {
    return "StreamEvent{" + name() + ", " + data().length() + " characters}";
  }
}
