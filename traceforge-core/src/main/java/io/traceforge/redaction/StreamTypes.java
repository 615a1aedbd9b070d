package io.traceforge.redaction;

import io.traceforge.trace.TraceBody;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Tells bodies that may tell one text in several pieces. */
final class StreamTypes {
  private StreamTypes() {}

  static boolean isStream(TraceBody body) {
    String type = body.mediaType() == null ? "" : body.mediaType().toLowerCase(Locale.ROOT);
    byte[] bytes = body.bytes();
    String start =
        new String(bytes, 0, Math.min(16, bytes.length), StandardCharsets.ISO_8859_1).strip();
    return type.contains("event-stream")
        || type.contains("ndjson")
        || type.contains("jsonl")
        || start.startsWith("data:")
        || start.startsWith("event:")
        || start.startsWith("[");
  }
}
