package io.traceforge.protocol;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One event of a streamed response: a server-sent event, a line of NDJSON, or an element of a JSON
 * array that is sent piece by piece.
 *
 * @param name the name of a server-sent event, {@code message} if it has none or is no such event
 * @param data the event's data, usually JSON; cut short if the stream was cut inside of it
 * @param end the index in the body of the first byte after the event
 * @param afterGap whether bytes before this event were not kept, so that texts do not join on
 */
public record StreamEvent(String name, String data, long end, boolean afterGap) {

  /** Returns the data as a JSON object, or {@code null} if it is anything else. */
  public @Nullable JsonObject json() {
    return Json.parseObject(data);
  }
}
