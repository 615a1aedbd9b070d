package io.traceforge.storage.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text whose holes were filled (see {@link Skeleton}). It knows where its parts ended, because
 * the next text of a session mostly begins like the one before: what they have in common is copied
 * at once, instead of part by part.
 */
final class Filling {
  /** A text before the first. */
  static final Filling NONE = new Filling(new byte[0]);

  private static final int FEW = 8;

  /** A run, a piece and a string are three. */
  private static final int DEEPEST = 8;

  private final byte[] skeleton;
  private final List<Slice> slices = new ArrayList<>();
  private int length;
  private int[] ends = new int[2 * FEW]; // of a part in the skeleton, and then in the text
  private int count;
  private byte[] text = new byte[0];
  private boolean continued;

  private static final class Slice {
    private final byte[] bytes;
    private final int from;
    private final int to;

    Slice(byte[] bytes, int from, int to) {
      this.bytes = bytes;
      this.from = from;
      this.to = to;
    }

    /** Returns the index after the slice's end there. */
    int copyTo(byte[] target, int at) {
      System.arraycopy(bytes, from, target, at, to - from);
      return at + to - from;
    }
  }

  private Filling(byte[] skeleton) {
    this.skeleton = skeleton;
  }

  /** Fills holes; {@code before} is any other text. */
  static Filling of(byte[] skeleton, Filling before, PartReader parts) throws SQLException {
    Filling filling = new Filling(skeleton);
    filling.fill(filling.begin(before), parts);
    filling.join();
    return filling;
  }

  /** Returns the text; nobody may change it. */
  byte[] text() {
    return text;
  }

  /** Returns whether it has parts in common with the text before. */
  boolean isContinued() {
    return continued;
  }

  /** Takes over what the text before has too. Returns where to go on. */
  private int begin(Filling before) {
    int different = Arrays.mismatch(skeleton, before.skeleton);
    int same = different < 0 ? skeleton.length : different;
    while (count < before.count && before.ends[2 * count] <= same) {
      count++;
    }
    if (count == 0) {
      return 0;
    }
    continued = true;
    ends = Arrays.copyOf(before.ends, 2 * (count + FEW));
    add(before.text, 0, ends[2 * count - 1]);
    return ends[2 * count - 2];
  }

  private void fill(int from, PartReader parts) throws SQLException {
    fill(skeleton, from, parts, 0);
  }

  /** What stands inside of a part is not put together for itself: that would be one copy more. */
  private void fill(byte[] holes, int from, PartReader parts, int depth) throws SQLException {
    int done = from;
    boolean inHole = from > 0 && holes[from - 1] == ',';
    while (inHole || (done = textUntilHole(holes, done)) < holes.length) {
      int end = endOfNumber(holes, done);
      add(parts.find(number(holes, done, end)), parts, depth + 1);
      inHole = holes[end] == ',';
      if (inHole) {
        add(holes, end, end + 1);
      }
      done = end + 1;
      if (depth == 0) {
        addEnd(done);
      }
    }
  }

  private void add(PartReader.Part part, PartReader parts, int depth) throws SQLException {
    byte[] content = part.content();
    if (!part.hasHoles()) {
      add(content, 0, content.length);
    } else if (depth < DEEPEST) {
      fill(content, 0, parts, depth);
    } else {
      throw new SQLException("a part stands in itself");
    }
  }

  /** Returns the index after the next hole's beginning, or the text's length. */
  private int textUntilHole(byte[] holes, int from) {
    int i = from;
    while (i < holes.length && holes[i] != Skeleton.OPEN) {
      i++;
    }
    add(holes, from, i);
    return Math.min(i + 1, holes.length);
  }

  /** Returns the numbers in a text's holes. */
  static List<Long> numbers(byte[] skeleton) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < skeleton.length; i++) {
      if (skeleton[i] == Skeleton.OPEN) {
        do {
          int end = endOfNumber(skeleton, i + 1);
          numbers.add(number(skeleton, i + 1, end));
          i = end;
        } while (skeleton[i] == ',');
      }
    }
    return numbers;
  }

  private static int endOfNumber(byte[] skeleton, int from) throws SQLException {
    for (int i = from; i < skeleton.length; i++) {
      if (skeleton[i] == ',' || skeleton[i] == Skeleton.CLOSE) {
        return i;
      }
    }
    throw new SQLException("a text with holes is damaged");
  }

  private static long number(byte[] skeleton, int from, int end) {
    long number = 0;
    for (int i = from; i < end; i++) {
      number = number * 10 + skeleton[i] - '0';
    }
    return number;
  }

  private void add(byte[] bytes, int from, int to) {
    slices.add(new Slice(bytes, from, to));
    length += to - from;
  }

  private void addEnd(int inSkeleton) {
    if (2 * count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * ends.length);
    }
    ends[2 * count] = inSkeleton;
    ends[2 * count + 1] = length;
    count++;
  }

  private void join() {
    text = new byte[length];
    int done = 0;
    for (Slice slice : slices) {
      done = slice.copyTo(text, done);
    }
    slices.clear();
  }
}
