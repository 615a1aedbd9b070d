package io.traceforge.protocol;

import io.traceforge.protocol.LineReader.Line;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events as the HTML standard tells, with two departures: an event that the end
 * of the bytes cut off is given too, marked as such, and an event with a line past the limit is
 * left out.
 */
final class SseReader {
  private final LineReader lines;
  private final int maxData;
  private @Nullable StringBuilder data;
  private String name = "";
  private @Nullable String id;
  private boolean oversized;

  /** Creates a reader of bytes that begin where an event begins. */
  SseReader(byte[] bytes, int from, int to) {
    this(new LineReader(bytes, from, to), LineReader.MAX_LINE);
  }

  SseReader(LineReader lines, int maxData) {
    this.lines = lines;
    this.maxData = maxData;
  }

  /**
   * Passes over everything up to the next empty line: the rest of an event whose start is lost.
   * Returns the index of the first byte after its last line.
   */
  int skipToBoundary() {
    int end = 0;
    for (Line line = lines.next(); line != null; line = lines.next()) {
      if (line.terminated() && "".equals(line.text())) {
        return end;
      }
      end = line.end();
    }
    return end;
  }

  /** Returns the next event that has data, or {@code null} if there is none left. */
  @Nullable SseEvent next() {
    int end = 0;
    for (Line line = lines.next(); line != null; line = lines.next()) {
      end = line.end();
      String text = line.text();
      if (text == null) {
        oversized = true;
      } else if (!text.isEmpty()) {
        readField(text);
      } else {
        SseEvent event = takeEvent(end, true);
        if (event != null) {
          return event;
        }
      }
    }
    return takeEvent(end, false);
  }

  private void readField(String line) {
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    if (value.startsWith(" ")) {
      value = value.substring(1);
    }
    switch (field) {
      case "data" -> addData(value);
      case "event" -> name = value;
      case "id" -> id = value.indexOf('\0') < 0 ? value : id;
      default -> {} // a comment, the pause before a reconnection, or still to be invented
    }
  }

  private void addData(String value) {
    if (data == null) {
      data = new StringBuilder(value);
    } else if (data.length() + value.length() < maxData) {
      data.append('\n').append(value);
    } else {
      oversized = true;
    }
  }

  private @Nullable SseEvent takeEvent(int end, boolean terminated) {
    SseEvent event =
        data == null || oversized
            ? null
            : new SseEvent(name.isEmpty() ? "message" : name, data.toString(), id, end, terminated);
    data = null;
    name = "";
    oversized = false;
    return event;
  }
}
