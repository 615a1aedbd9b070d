package io.traceforge.storage.sqlite;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Makes parts of pieces of text, for one holder. The long strings inside a piece are parts
 * themselves; what stands around them is one as well only if it is long or can be searched for.
 */
final class Parts {
  /** The content has holes (see {@link Skeleton}). */
  static final int WITH_HOLES = 1;

  /** The content is JSON that a search looks into. */
  static final int SEARCHABLE = 2;

  /** What is longer is a part, as it would be kept again with each text that has it. */
  private static final int LONGEST_IN_TEXT = 256;

  private final PartStore store;
  private final MessageDigest digest;
  private final Holder holder;

  Parts(PartStore store, MessageDigest digest, Holder holder) {
    this.store = store;
    this.digest = digest;
    this.holder = holder;
  }

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Returns the part that a piece of a text is, which is not searched; stores it if it is new. */
  PartRef put(byte[] text, Piece piece) throws SQLException {
    return store(text, piece, 0).parts().get(0);
  }

  /** Stores what is new of a piece of a text that is searched. */
  StoredPiece store(byte[] text, Piece piece) throws SQLException {
    return store(text, piece, SEARCHABLE);
  }

  private StoredPiece store(byte[] text, Piece piece, int kind) throws SQLException {
    if (piece.strings().length == 0 || piece.isDefinition() || mayBeTakenForHoles(text, piece)) {
      return whole(text, piece, kind);
    }
    PartHash[] hashes = hashes(text, piece.strings(), kind);
    PartHash hash = hash(text, piece, hashes, kind);
    PartRef known = store.find(hash);
    if (known != null) {
      store.useWhole(known, holder);
      return StoredPiece.part(known);
    }
    return withHoles(text, piece, hashes, hash, kind);
  }

  /** Returns whether what stands around the strings has characters that stand for holes. */
  private static boolean mayBeTakenForHoles(byte[] text, Piece piece) {
    int[] strings = piece.strings();
    int done = piece.start();
    for (int i = 0; i < strings.length; i += 2) {
      if (!Skeleton.isClean(text, done, strings[i])) {
        return true;
      }
      done = strings[i + 1];
    }
    return !Skeleton.isClean(text, done, piece.end());
  }

  private StoredPiece whole(byte[] text, Piece piece, int kind) throws SQLException {
    return StoredPiece.part(leaf(text, piece.start(), piece.end(), kind));
  }

  private StoredPiece withHoles(
      byte[] text, Piece piece, PartHash[] hashes, PartHash hash, int kind) throws SQLException {
    Holes holes = new Holes();
    int[] strings = piece.strings();
    for (int i = 0; i < hashes.length; i++) {
      int from = strings[2 * i];
      int to = strings[2 * i + 1];
      holes.add(from, to, leaf(text, from, to, hashes[i], kind));
    }
    byte[] around = holes.skeleton(text, piece.start(), piece.end()).toBytes();
    return (kind & SEARCHABLE) != 0 && mayStayInText(around)
        ? StoredPiece.inText(hash, holes.parts())
        : StoredPiece.part(store.add(hash, kind | WITH_HOLES, around, holder));
  }

  private static boolean mayStayInText(byte[] around) {
    return around.length <= LONGEST_IN_TEXT && SearchText.of(around).words().isBlank();
  }

  /** Returns the part that a range of a text is, whatever is inside. */
  PartRef leaf(byte[] text, int from, int to, int kind) throws SQLException {
    return leaf(text, from, to, hash(text, from, to, kind), kind);
  }

  private PartRef leaf(byte[] text, int from, int to, PartHash hash, int kind) throws SQLException {
    PartRef known = store.find(hash);
    if (known == null) {
      return store.add(hash, kind, Arrays.copyOfRange(text, from, to), holder);
    }
    store.use(known, holder);
    return known;
  }

  /** Returns the part that a range of a text is, in which other parts stand. */
  PartRef join(byte[] text, int from, int to, Holes holes) throws SQLException {
    digest.update((byte) WITH_HOLES);
    holes.addTo(digest, text, from, to);
    PartHash hash = PartHash.of(digest);
    PartRef known = store.find(hash);
    if (known == null) {
      return store.add(hash, WITH_HOLES, holes.skeleton(text, from, to).toBytes(), holder);
    }
    store.useWhole(known, holder);
    return known;
  }

  private PartHash[] hashes(byte[] text, int[] strings, int kind) {
    PartHash[] hashes = new PartHash[strings.length / 2];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = hash(text, strings[2 * i], strings[2 * i + 1], kind);
    }
    return hashes;
  }

  private PartHash hash(byte[] text, int from, int to, int kind) {
    digest.update((byte) kind);
    digest.update(text, from, to - from);
    return PartHash.of(digest);
  }

  private PartHash hash(byte[] text, Piece piece, PartHash[] hashes, int kind) {
    digest.update((byte) (kind | WITH_HOLES));
    Holes.addTo(digest, text, piece.start(), piece.end(), piece.strings(), hashes);
    return PartHash.of(digest);
  }
}
