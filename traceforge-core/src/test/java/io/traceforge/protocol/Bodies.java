package io.traceforge.protocol;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.traceforge.trace.TraceBody;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bodies and parts of them. */
final class Bodies {
  private Bodies() {}

  static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns a body of which only so many bytes at its beginning and its end were kept. */
  static TraceBody truncated(String text, int head, int tail, String mediaType) {
    byte[] all = utf8(text);
    byte[] kept = Arrays.copyOf(all, head + tail);
    System.arraycopy(all, all.length - tail, kept, head, tail);
    return TraceBody.truncated(kept, head, all.length, mediaType);
  }
}
