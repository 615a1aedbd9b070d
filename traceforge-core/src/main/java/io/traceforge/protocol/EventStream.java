package io.traceforge.protocol;

import io.traceforge.trace.TraceBody;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Reads the events of a streamed response, in whatever form it came. Of a body whose middle was not
 * kept, the events before and after the gap are told.
 */
enum EventStream {
  /** Server-sent events. */
  SSE {
    @Override
    void read(byte[] bytes, int from, int to, boolean afterGap, Consumer<StreamEvent> events) {
      SseReader reader = new SseReader(bytes, from, to);
      if (afterGap) {
        reader.skipToBoundary();
      }
      for (SseEvent event = reader.next(); event != null; event = reader.next()) {
        events.accept(new StreamEvent(event.name(), event.data(), event.end(), afterGap));
      }
    }
  },

  /** A JSON document in each line. */
  NDJSON {
    @Override
    void read(byte[] bytes, int from, int to, boolean afterGap, Consumer<StreamEvent> events) {
      LineReader reader = new LineReader(bytes, from, to);
      if (afterGap) {
        reader.next();
      }
      for (LineReader.Line line = reader.next(); line != null; line = reader.next()) {
        if (line.text() != null && !line.text().isBlank()) {
          events.accept(new StreamEvent(MESSAGE, line.text(), line.end(), afterGap));
        }
      }
    }
  },

  /** One JSON array, its elements sent one after the other. */
  JSON_ARRAY {
    @Override
    void read(byte[] bytes, int from, int to, boolean afterGap, Consumer<StreamEvent> events) {
      if (afterGap) {
        readLastElement(bytes, from, to, events);
        return;
      }
      JsonElements elements = new JsonElements(bytes, from, to);
      while (elements.next()) {
        events.accept(new StreamEvent(MESSAGE, elements.text(), elements.end(), false));
      }
    }

    /** Where an element begins after a gap nobody can tell, but the last one can be read back. */
    private void readLastElement(byte[] bytes, int from, int to, Consumer<StreamEvent> events) {
      int end = to;
      while (end > from && bytes[end - 1] != '}') {
        end--;
      }
      String members = JsonTail.objectOf(bytes, from, end);
      events.accept(new StreamEvent(MESSAGE, members, end, true));
    }
  };

  private static final String MESSAGE = "message";

  abstract void read(
      byte[] bytes, int from, int to, boolean afterGap, Consumer<StreamEvent> events);

  /** Tells each event of a body, in order. */
  final void read(TraceBody body, Consumer<StreamEvent> events) {
    byte[] bytes = body.bytes();
    read(bytes, 0, body.headLength(), false, events);
    if (body.isTruncated()) {
      read(bytes, body.headLength(), bytes.length, true, events);
    }
  }

  /** Returns whether a body is NDJSON by its media type. */
  static boolean isNdjson(TraceBody body) {
    String type = body.mediaType() == null ? "" : body.mediaType().toLowerCase(Locale.ROOT);
    return type.contains("ndjson") || type.contains("jsonl") || type.contains("json-seq");
  }

  /** Returns whether a body begins as a JSON array does. */
  static boolean isArray(TraceBody body) {
    byte[] bytes = body.bytes();
    String start = new String(bytes, 0, Math.min(64, body.headLength()), StandardCharsets.UTF_8);
    return start.replaceFirst("^[\\uFEFF\\s]+", "").startsWith("[");
  }
}
