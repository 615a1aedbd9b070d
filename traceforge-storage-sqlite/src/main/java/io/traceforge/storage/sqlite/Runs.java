package io.traceforge.storage.sqlite;

import java.sql.SQLException;
import java.util.List;

/**
 * Joins pieces in a row, so that a text that is sent again and again, and gets longer, does not
 * name each of them anew. Where a run ends is told by the pieces in it alone: what begins in
 * another way soon has the same runs again.
 */
final class Runs {
  /** Fewer pieces are not worth a part more. */
  private static final int FEW = 16;

  private static final int SHORTEST = 160;
  private static final int LONGEST = 640;

  /** About what a part's number takes. */
  private static final int NUMBER = 8;

  /** A run that is long enough ends at one piece of four. */
  private static final int END_MASK = 3;

  private final byte[] text;
  private final List<Piece> pieces;
  private final List<StoredPiece> stored;

  Runs(byte[] text, List<Piece> pieces, List<StoredPiece> stored) {
    this.text = text;
    this.pieces = pieces;
    this.stored = stored;
  }

  /** Adds to some runs those that follow. */
  void addTo(List<Run> runs, Parts store) throws SQLException {
    if (pieces.size() <= FEW) {
      return;
    }
    int first = runs.isEmpty() ? 0 : runs.get(runs.size() - 1).end();
    int length = 0;
    for (int i = first; i < pieces.size(); i++) {
      if (i > first && !follows(i)) {
        first = i;
        length = 0;
      }
      length += keptLength(i);
      if (length >= LONGEST || (length >= SHORTEST && mayEnd(stored.get(i).hash()))) {
        runs.add(new Run(first, i + 1, join(first, i + 1, store)));
        first = i + 1;
        length = 0;
      }
    }
  }

  private static boolean mayEnd(PartHash hash) {
    return (hash.second() & END_MASK) == 0;
  }

  /** Returns whether there is only a separator between a piece and the one before. */
  private boolean follows(int index) {
    Piece before = pieces.get(index - 1);
    Piece piece = pieces.get(index);
    for (int i = before.end(); i < piece.start(); i++) {
      if (text[i] != ',' && !JsonCutter.isSpace(text[i])) {
        return false;
      }
    }
    return true;
  }

  /** Returns about how many bytes of the text's own a piece takes. */
  private int keptLength(int index) {
    if (!stored.get(index).isInText()) {
      return NUMBER;
    }
    Piece piece = pieces.get(index);
    int[] strings = piece.strings();
    int kept = piece.length();
    for (int i = 0; i < strings.length; i += 2) {
      kept += NUMBER - (strings[i + 1] - strings[i]);
    }
    return kept;
  }

  private PartRef join(int first, int end, Parts store) throws SQLException {
    Holes holes = new Holes();
    for (int i = first; i < end; i++) {
      holes.add(pieces.get(i), stored.get(i));
    }
    return store.join(text, pieces.get(first).start(), pieces.get(end - 1).end(), holes);
  }
}
