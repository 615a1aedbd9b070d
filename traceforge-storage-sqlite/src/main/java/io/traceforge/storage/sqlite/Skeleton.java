package io.traceforge.storage.sqlite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text with holes where parts stood. A hole is the parts' numbers, separated by commas, between
 * two control characters; the parts themselves are separated by commas too. So {@code [␟17,18␞]} is
 * an array of the parts 17 and 18. A text that has one of these characters itself gets no holes,
 * nor one with NUL, at which an old shell's functions stop: in JSON there is none.
 */
final class Skeleton {
  static final byte OPEN = 0x1f;
  static final byte CLOSE = 0x1e;
  private static final int LONGEST_NUMBER = 20;

  private byte[] bytes;
  private int length;
  private boolean inHole;
  private boolean clean = true;

  Skeleton(int expectedLength) {
    bytes = new byte[expectedLength];
  }

  /** Returns whether all that was added can be told from a hole. */
  boolean isClean() {
    return clean;
  }

  /** Adds what stands between two parts, or before the first, or after the last. */
  void addText(byte[] text, int from, int to) {
    if (to == from) {
      return;
    }
    if (inHole && to - from == 1 && text[from] == ',') {
      bytes[length++] = ',';
      return;
    }
    reserve(to - from + 1);
    endHole();
    clean &= isClean(text, from, to);
    System.arraycopy(text, from, bytes, length, to - from);
    length += to - from;
  }

  /** Returns whether a text can be told from holes. */
  static boolean isClean(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == OPEN || text[i] == CLOSE || text[i] == 0) {
        return false;
      }
    }
    return true;
  }

  /** Adds a part. */
  void addPart(long number) {
    reserve(LONGEST_NUMBER + 3);
    if (inHole && bytes[length - 1] != ',') {
      endHole();
    }
    if (!inHole) {
      bytes[length++] = OPEN;
      inHole = true;
    }
    addNumber(number);
  }

  private void addNumber(long number) {
    int end = length + digits(number);
    length = end;
    long rest = number;
    do {
      bytes[--end] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
  }

  private static int digits(long number) {
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** A comma that no part followed belongs to the text. */
  private void endHole() {
    if (inHole) {
      boolean comma = bytes[length - 1] == ',';
      length -= comma ? 1 : 0;
      bytes[length++] = CLOSE;
      if (comma) {
        bytes[length++] = ',';
      }
      inHole = false;
    }
  }

  private void reserve(int more) {
    if (length + more + 2 > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more + 2));
    }
  }

  byte[] toBytes() {
    reserve(2);
    endHole();
    return Arrays.copyOf(bytes, length);
  }

  /** Returns the numbers of the parts that the holes of a text name. */
  static List<Long> parts(byte[] skeleton) {
    List<Long> numbers = new ArrayList<>();
    boolean inHole = false;
    long number = 0;
    for (byte b : skeleton) {
      if (b == OPEN) {
        inHole = true;
      } else if (inHole && b >= '0' && b <= '9') {
        number = number * 10 + b - '0';
      } else if (inHole) {
        numbers.add(number);
        number = 0;
        inHole = b != CLOSE;
      }
    }
    return numbers;
  }
}
