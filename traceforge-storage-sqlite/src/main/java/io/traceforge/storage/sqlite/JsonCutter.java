package io.traceforge.storage.sqlite;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the pieces of a JSON text: the elements of an array, and of an array that is a member of
 * the outermost object (messages, tools, choices), and members that are objects, long strings or
 * sentences. The text is scanned, not parsed, and need not be valid: what is found are ranges of
 * bytes, and the bytes between them stay what they are.
 */
final class JsonCutter {
  private static final int SHORTEST_ELEMENT = 24;
  private static final int SHORTEST_MEMBER = 64;
  private static final int SHORTEST_STRING = 128;

  /** Counts of tokens are new in each answer. */
  private static final byte[] USAGE = "\"usage".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] TOOLS = "\"tools\"".getBytes(StandardCharsets.US_ASCII);

  private final byte[] text;
  private final int length;
  private final List<Piece> pieces;
  private int position;
  private boolean outermostIsObject;
  private boolean inMemberArray;
  private boolean inUsage;
  private boolean inTools;
  private int depth;
  private int pieceStart = -1;
  private int pieceDepth;
  private int[] strings = new int[8];
  private int stringCount;

  private JsonCutter(byte[] text, int length, List<Piece> known) {
    this.text = text;
    this.length = length;
    this.pieces = new ArrayList<>(known);
  }

  /** Finds the pieces in the first bytes of a text. */
  static List<Piece> cut(byte[] text, int length) {
    return cut(text, length, List.of());
  }

  /**
   * Finds the pieces in the first bytes of a text.
   *
   * @param known the first of its pieces; the search goes on behind them
   */
  static List<Piece> cut(byte[] text, int length, List<Piece> known) {
    JsonCutter cutter = new JsonCutter(text, length, known);
    if (cutter.begin() && !known.isEmpty()) {
      cutter.goOnBehind(known.get(known.size() - 1));
    }
    if (cutter.depth > 0) {
      cutter.scan();
    }
    return cutter.pieces;
  }

  /** Finds the long strings inside one value, as {@link Piece#strings} has them. */
  static int[] longStrings(byte[] text) {
    JsonCutter cutter = new JsonCutter(text, text.length, List.of());
    cutter.pieceStart = 0;
    cutter.pieceDepth = -1;
    cutter.scan();
    return cutter.takeStrings();
  }

  private boolean begin() {
    while (position < length && isSpace(text[position])) {
      position++;
    }
    if (position == length || (text[position] != '{' && text[position] != '[')) {
      return false;
    }
    outermostIsObject = text[position] == '{';
    depth = 1;
    position++;
    return true;
  }

  private void goOnBehind(Piece last) {
    position = last.end();
    depth = last.depth();
    inMemberArray = depth == 2;
    inTools = last.isDefinition();
  }

  private void scan() {
    while (position < length) {
      switch (text[position]) {
        case '"' -> string();
        case '{', '[' -> open();
        case '}', ']' -> {
          if (!close()) {
            return;
          }
        }
        default -> position++;
      }
    }
  }

  private void string() {
    int start = position;
    int end = endOfString(start);
    position = end;
    if (end > length) {
      return; // the text breaks off here
    }
    if (pieceStart >= 0) {
      if (end - start >= SHORTEST_STRING && !isName(end)) {
        addString(start, end);
      }
    } else if (isElement()) {
      if (end - start >= SHORTEST_ELEMENT || isSentence(start, end)) {
        add(start, end, Piece.NO_STRINGS);
      }
    } else if (depth == 1) {
      member(start, end);
    }
  }

  private void member(int start, int end) {
    if (isName(end)) {
      inUsage = beginsWith(USAGE, start, end);
      inTools = beginsWith(TOOLS, start, end);
    } else if (end - start >= SHORTEST_MEMBER || isSentence(start, end)) {
      add(start, end, Piece.NO_STRINGS);
    }
  }

  private boolean beginsWith(byte[] name, int start, int end) {
    return end - start >= name.length
        && Arrays.equals(text, start, start + name.length, name, 0, name.length);
  }

  /** A short prompt is a part so that it can be searched for; names and ids have no space. */
  private boolean isSentence(int start, int end) {
    for (int i = start; i < end; i++) {
      if (text[i] == ' ') {
        return true;
      }
    }
    return false;
  }

  private void open() {
    if (pieceStart < 0) {
      if (isElement() || (depth == 1 && text[position] == '{')) {
        pieceStart = position;
        pieceDepth = depth;
      } else if (depth == 1) {
        inMemberArray = true;
      }
    }
    depth++;
    position++;
  }

  private boolean close() {
    depth--;
    position++;
    if (pieceStart >= 0 && depth == pieceDepth) {
      endPiece();
    } else if (depth == 1 && pieceStart < 0) {
      inMemberArray = false;
    }
    return depth > 0 || pieceStart >= 0;
  }

  private void endPiece() {
    int[] inside = takeStrings();
    if (position - pieceStart >= SHORTEST_ELEMENT && !(depth == 1 && inUsage)) {
      add(pieceStart, position, inside);
    }
    pieceStart = -1;
  }

  private void add(int start, int end, int[] inside) {
    pieces.add(new Piece(start, end, depth, inside, inTools && depth == 2));
  }

  private boolean isElement() {
    return depth == 1 ? !outermostIsObject : depth == 2 && inMemberArray;
  }

  /** Returns the index behind a string's last quote; more than the length if there is none. */
  private int endOfString(int start) {
    int i = start + 1;
    while (i < length && text[i] != '"') {
      i += text[i] == '\\' ? 2 : 1;
    }
    return i < length ? i + 1 : length + 1;
  }

  private boolean isName(int end) {
    int i = end;
    while (i < length && isSpace(text[i])) {
      i++;
    }
    return i < length && text[i] == ':';
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private void addString(int start, int end) {
    if (stringCount + 2 > strings.length) {
      strings = Arrays.copyOf(strings, strings.length * 2);
    }
    strings[stringCount++] = start;
    strings[stringCount++] = end;
  }

  private int[] takeStrings() {
    int[] taken = stringCount == 0 ? Piece.NO_STRINGS : Arrays.copyOf(strings, stringCount);
    stringCount = 0;
    return taken;
  }
}
