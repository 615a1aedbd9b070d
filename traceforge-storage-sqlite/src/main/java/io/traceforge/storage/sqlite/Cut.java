package io.traceforge.storage.sqlite;

import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A text, its pieces and the parts that they are. */
final class Cut {
  /** A text before the first. */
  static final Cut NONE = new Cut(new byte[0], 0, List.of(), List.of(), List.of());

  /** What is shorter and has no pieces stays in the row. */
  private static final int SHORTEST_PART = 1_024;

  /** About what a piece takes of memory. */
  private static final int PIECE = 150;

  private final byte[] text;
  private final int head;
  private final List<Piece> pieces;
  private final List<StoredPiece> stored;
  private final List<Run> runs;

  private Cut(byte[] text, int head, List<Piece> pieces, List<StoredPiece> stored, List<Run> runs) {
    this.text = text;
    this.head = head;
    this.pieces = pieces;
    this.stored = stored;
    this.runs = runs;
  }

  /**
   * Cuts a text.
   *
   * @param head how many of its first bytes are looked at
   * @param last another text; what is known of it need not be looked for in this one
   */
  static Cut of(byte[] text, int head, Cut last) {
    int same = last.piecesWithin(text, head);
    List<Piece> pieces = JsonCutter.cut(text, head, last.pieces.subList(0, same));
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < last.runs.size() && last.runs.get(i).end() <= same; i++) {
      runs.add(last.runs.get(i));
    }
    return new Cut(text, head, pieces, new ArrayList<>(last.stored.subList(0, same)), runs);
  }

  /** Returns how many of the pieces stand in what another text begins with as well. */
  private int piecesWithin(byte[] other, int length) {
    int end = Math.min(text.length, length);
    int common = Arrays.mismatch(text, 0, end, other, 0, end);
    int bound = common < 0 ? end : common;
    int low = 0;
    int high = pieces.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (pieces.get(middle).end() <= bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns whether this is what the given text is cut into. */
  boolean isOf(byte[] other, int headOfOther) {
    return head == headOfOther && Arrays.equals(text, other);
  }

  /** Returns about how many bytes of memory it takes. */
  int weight() {
    return text.length + pieces.size() * PIECE;
  }

  /** Stores what is new of the pieces. */
  void store(Parts store) throws SQLException {
    for (Piece piece : pieces.subList(stored.size(), pieces.size())) {
      stored.add(store.store(text, piece));
    }
  }

  /** Joins pieces that are stored, as of a text that will be sent again. */
  void join(Parts store) throws SQLException {
    new Runs(text, pieces, stored).addTo(runs, store);
  }

  Kept kept(Parts store) throws SQLException {
    if (pieces.isEmpty()) {
      return text.length < SHORTEST_PART ? new Kept(Kept.PLAIN, text) : whole(store);
    }
    Skeleton skeleton = holes().skeleton(text, 0, text.length);
    return skeleton.isClean()
        ? new Kept(Kept.WITH_HOLES, skeleton.toBytes())
        : new Kept(Kept.PLAIN, text);
  }

  private Holes holes() {
    Holes holes = new Holes();
    int done = 0;
    for (Run run : runs) {
      addPieces(holes, done, run.first());
      holes.add(pieces.get(run.first()).start(), pieces.get(run.end() - 1).end(), run.part());
      done = run.end();
    }
    addPieces(holes, done, pieces.size());
    return holes;
  }

  private void addPieces(Holes holes, int from, int to) {
    for (int i = from; i < to; i++) {
      holes.add(pieces.get(i), stored.get(i));
    }
  }

  private Kept whole(Parts store) throws SQLException {
    Skeleton skeleton = new Skeleton(32);
    skeleton.addPart(store.leaf(text, 0, text.length, 0).id());
    return new Kept(Kept.WITH_HOLES, skeleton.toBytes());
  }

  void addTo(MessageDigest digest) {
    int done = 0;
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      digest.update(text, done, piece.start() - done);
      digest.update(stored.get(i).hash().bytes());
      done = piece.end();
    }
    digest.update(text, done, text.length - done);
  }
}
