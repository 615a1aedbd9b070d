package io.traceforge.storage.sqlite;

/** A value inside a JSON text that is stored once, wherever it is sent again. */
final class Piece {
  /** Where its first byte stands. */
  private final int start;

  /** The index after its last byte. */
  private final int end;

  /** How many containers of the text were open before it, and are after it. */
  private final int depth;

  /**
   * The long strings inside of it, which are stored once as well: start and end of each, one after
   * the other.
   */
  private final int[] strings;

  private final boolean definition;

  Piece(int start, int end, int depth, int[] strings, boolean definition) {
    this.start = start;
    this.end = end;
    this.depth = depth;
    this.strings = strings;
    this.definition = definition;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  int depth() {
    return depth;
  }

  int[] strings() {
    return strings;
  }

  /** Returns whether it is one of the tools, whose long strings stand nowhere else. */
  boolean isDefinition() {
    return definition;
  }

  static final int[] NO_STRINGS = {};

  int length() {
    return end - start;
  }
}
