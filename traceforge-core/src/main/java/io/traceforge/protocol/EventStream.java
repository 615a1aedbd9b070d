package io.traceforge.protocol;

import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a streamed response, in whatever form it came. Of a body whose middle was not
 * kept, the events before and after the gap are told, and of the event whose start is lost those
 * members that are whole.
 */
enum EventStream {
  /** Server-sent events. */
  SSE {
    @Override
    void read(byte[] bytes, int from, int to, boolean afterGap, Consumer<StreamEvent> events) {
      SseReader reader = new SseReader(bytes, from, to);
      if (afterGap) {
        tellRest(bytes, from, reader.skipToBoundary(), events);
      }
      for (SseEvent event = reader.next(); event != null; event = reader.next()) {
        events.accept(StreamEvent.of(event.name(), event.data(), event.end(), afterGap));
      }
    }
  },

  /** A JSON document in each line. */
  NDJSON {
    @Override
    void read(byte[] bytes, int from, int to, boolean afterGap, Consumer<StreamEvent> events) {
      LineReader reader = new LineReader(bytes, from, to);
      LineReader.Line rest = afterGap ? reader.next() : null;
      if (rest != null) {
        tellRest(bytes, from, rest.end(), events);
      }
      for (LineReader.Line line = reader.next(); line != null; line = reader.next()) {
        if (line.text() != null && !line.text().isBlank()) {
          events.accept(StreamEvent.of(MESSAGE, line.text(), line.end(), afterGap));
        }
      }
    }
  },

  /** One JSON array, its elements sent one after the other. */
  JSON_ARRAY {
    @Override
    void read(byte[] bytes, int from, int to, boolean afterGap, Consumer<StreamEvent> events) {
      if (afterGap) {
        // Where an element begins nobody can tell, but the last one can be read backwards.
        tellRest(bytes, from, endOfLastElement(bytes, from, to), events);
        return;
      }
      JsonElements elements = new JsonElements(bytes, from, to);
      while (elements.next()) {
        String text = elements.text();
        if (text != null) {
          events.accept(StreamEvent.of(MESSAGE, text, elements.end(), false));
        }
      }
    }

    private int endOfLastElement(byte[] bytes, int from, int to) {
      int end = to;
      while (end > from && (JsonTail.isBlank(bytes[end - 1]) || bytes[end - 1] == ']')) {
        end--;
      }
      return end;
    }
  };

  private static final String MESSAGE = "message";
  private static final Pattern SSE_FIELD = Pattern.compile("(data|event|id|retry)?:");

  abstract void read(
      byte[] bytes, int from, int to, boolean afterGap, Consumer<StreamEvent> events);

  /** Tells each event of a body, in order. */
  final void read(KeptBytes body, Consumer<StreamEvent> events) {
    read(body.bytes, 0, body.headLength, false, events);
    if (body.hasGap) {
      read(body.bytes, body.headLength, body.bytes.length, true, events);
    }
  }

  /**
   * Returns the form of a stream, or {@code null} if a body is none. Its first bytes decide,
   * because servers send errors as JSON under a stream's media type, and gateways lose the media
   * type of streams.
   *
   * @param asked whether the request asked for a stream
   */
  static @Nullable EventStream of(KeptBytes body, boolean asked) {
    String start = body.start();
    boolean isJson = start.startsWith("{") || start.startsWith("[");
    if (body.isOfType("ndjson") || body.isOfType("jsonl")) {
      return NDJSON;
    }
    boolean isSse =
        SSE_FIELD.matcher(start).lookingAt()
            || (body.hasMediaType() ? body.isOfType("text/event-stream") : asked);
    return isSse && !isJson ? SSE : null;
  }

  /** Tells what is whole of a JSON object whose start is lost. */
  private static void tellRest(byte[] bytes, int from, int to, Consumer<StreamEvent> events) {
    String rest = JsonTail.objectOf(bytes, from, to);
    if (!rest.equals(JsonTail.NOTHING)) {
      events.accept(StreamEvent.of(MESSAGE, rest, to, true));
    }
  }
}
