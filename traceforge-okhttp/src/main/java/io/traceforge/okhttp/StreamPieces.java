package io.traceforge.okhttp;

import io.traceforge.trace.TraceBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds where the events of a recorded stream end. What is no stream is one piece. */
final class StreamPieces {
  private final byte[] bytes;
  private final List<Integer> ends = new ArrayList<>();

  private StreamPieces(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns the index after each piece, the last one being the body's length. */
  static List<Integer> endsOf(TraceBody body) {
    StreamPieces pieces = new StreamPieces(body.bytes());
    String type = body.mediaType() == null ? "" : body.mediaType().toLowerCase(Locale.ROOT);
    if (type.contains("event-stream")) {
      pieces.splitAfterBlankLines();
    } else if (type.contains("ndjson") || type.contains("jsonl")) {
      pieces.splitAfterLines();
    }
    pieces.addRest();
    return pieces.ends;
  }

  private void splitAfterLines() {
    for (int at = 0; at < bytes.length; at = endOfLine(at)) {
      addIfAfterFirst(at);
    }
  }

  private void splitAfterBlankLines() {
    int line = 0;
    while (line < bytes.length) {
      int next = endOfLine(line);
      if (isLineBreak(line)) {
        addIfAfterFirst(next);
      }
      line = next;
    }
  }

  private void addIfAfterFirst(int end) {
    if (end > 0) {
      ends.add(end);
    }
  }

  private void addRest() {
    if (ends.isEmpty() || ends.get(ends.size() - 1) < bytes.length) {
      ends.add(bytes.length);
    }
  }

  /** Returns where the next line begins: after CR, LF or both. */
  private int endOfLine(int from) {
    int at = from;
    while (at < bytes.length && !isLineBreak(at)) {
      at++;
    }
    boolean two = at + 1 < bytes.length && bytes[at] == '\r' && bytes[at + 1] == '\n';
    return Math.min(bytes.length, at + (two ? 2 : 1));
  }

  private boolean isLineBreak(int at) {
    return bytes[at] == '\n' || bytes[at] == '\r';
  }
}
