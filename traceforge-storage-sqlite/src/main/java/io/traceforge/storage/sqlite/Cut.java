package io.traceforge.storage.sqlite;

import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.List;

/** A text, its pieces and the parts that they are. */
final class Cut {
  /** What is shorter and has no pieces stays in the row. */
  private static final int SHORTEST_PART = 1_024;

  private final byte[] text;
  private final List<Piece> pieces;
  private final List<PartRef> parts;

  Cut(byte[] text, List<Piece> pieces, List<PartRef> parts) {
    this.text = text;
    this.pieces = pieces;
    this.parts = parts;
  }

  void store(Parts store) throws SQLException {
    for (Piece piece : pieces.subList(parts.size(), pieces.size())) {
      parts.add(store.put(text, piece, Parts.SEARCHABLE));
    }
  }

  Kept kept(Parts store) throws SQLException {
    if (pieces.isEmpty()) {
      return text.length < SHORTEST_PART ? new Kept(Kept.PLAIN, text) : whole(store);
    }
    Skeleton skeleton = new Skeleton(256 + pieces.size() * 8);
    int done = 0;
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      skeleton.addText(text, done, piece.start());
      skeleton.addPart(parts.get(i).id());
      done = piece.end();
    }
    skeleton.addText(text, done, text.length);
    return skeleton.isClean()
        ? new Kept(Kept.WITH_HOLES, skeleton.toBytes())
        : new Kept(Kept.PLAIN, text);
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
      digest.update(parts.get(i).hash().bytes());
      done = piece.end();
    }
    digest.update(text, done, text.length - done);
  }
}
