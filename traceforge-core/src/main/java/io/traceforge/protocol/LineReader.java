package io.traceforge.protocol;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts bytes into lines that end in LF, CR or CRLF. Lines are decoded as UTF-8 one at a time, after
 * they were cut, so no character is ever split; what is not UTF-8 is replaced. A byte order mark at
 * the beginning is passed over.
 */
final class LineReader {
  /** Twice the default capture limit: only larger captures can hold a line that is dropped. */
  static final int MAX_LINE = 16 << 20;

  private final byte[] bytes;
  private final int to;
  private final int maxLine;
  private int position;

  LineReader(byte[] bytes, int from, int to) {
    this(bytes, from, to, MAX_LINE);
  }

  LineReader(byte[] bytes, int from, int to, int maxLine) {
    this.bytes = bytes;
    this.to = to;
    this.maxLine = maxLine;
    this.position = from + (startsWithByteOrderMark(from) ? 3 : 0);
  }

  /**
   * A line.
   *
   * @param text the line without its end, or {@code null} if it was too long to be decoded
   * @param end the index of the first byte after the line's end
   * @param terminated whether the line's end was there
   */
  record Line(@Nullable String text, int end, boolean terminated) {}

  /** Returns the next line, or {@code null} if no byte is left. */
  @Nullable Line next() {
    if (position >= to) {
      return null;
    }
    int start = position;
    int stop = start;
    while (stop < to && bytes[stop] != '\n' && bytes[stop] != '\r') {
      stop++;
    }
    position = afterLineEnd(stop);
    String text =
        stop - start > maxLine
            ? null
            : new String(bytes, start, stop - start, StandardCharsets.UTF_8);
    return new Line(text, position, stop < to);
  }

  private int afterLineEnd(int stop) {
    if (stop >= to) {
      return to;
    }
    boolean two = bytes[stop] == '\r' && stop + 1 < to && bytes[stop + 1] == '\n';
    return stop + (two ? 2 : 1);
  }

  private boolean startsWithByteOrderMark(int from) {
    return to - from >= 3
        && bytes[from] == (byte) 0xEF
        && bytes[from + 1] == (byte) 0xBB
        && bytes[from + 2] == (byte) 0xBF;
  }
}
