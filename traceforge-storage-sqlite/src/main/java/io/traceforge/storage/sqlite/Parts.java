package io.traceforge.storage.sqlite;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Makes parts of pieces of text, for one holder. The long strings inside a piece are parts
 * themselves.
 */
final class Parts {
  /** The content has holes (see {@link Skeleton}). */
  static final int WITH_HOLES = 1;

  /** The content is JSON that a search looks into. */
  static final int SEARCHABLE = 2;

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

  /** Returns the part that a piece of a text is; stores it if it is new. */
  PartRef put(byte[] text, Piece piece, int kind) throws SQLException {
    int[] strings = piece.strings();
    if (strings.length == 0) {
      return leaf(text, piece.start(), piece.end(), kind);
    }
    PartHash[] hashes = hashes(text, strings, kind);
    PartHash hash = hash(text, piece, hashes, kind);
    PartRef known = store.find(hash);
    if (known == null) {
      return add(text, piece, hashes, hash, kind);
    }
    store.useWhole(known, holder);
    return known;
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

  private PartRef add(byte[] text, Piece piece, PartHash[] hashes, PartHash hash, int kind)
      throws SQLException {
    int[] strings = piece.strings();
    Skeleton skeleton = new Skeleton(256);
    int done = piece.start();
    for (int i = 0; i < hashes.length; i++) {
      int from = strings[2 * i];
      int to = strings[2 * i + 1];
      skeleton.addText(text, done, from);
      skeleton.addPart(leaf(text, from, to, hashes[i], kind).id());
      done = to;
    }
    skeleton.addText(text, done, piece.end());
    return skeleton.isClean()
        ? store.add(hash, kind | WITH_HOLES, skeleton.toBytes(), holder)
        : leaf(text, piece.start(), piece.end(), kind);
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
    add(digest, text, piece.start(), piece.end(), piece.strings(), hashes);
    return PartHash.of(digest);
  }

  /** Adds a text to a digest, its parts by their hashes. */
  static void add(
      MessageDigest digest, byte[] text, int from, int to, int[] parts, PartHash[] hashes) {
    int done = from;
    for (int i = 0; i < hashes.length; i++) {
      digest.update(text, done, parts[2 * i] - done);
      digest.update(Skeleton.OPEN);
      digest.update(hashes[i].bytes());
      done = parts[2 * i + 1];
    }
    digest.update(text, done, to - done);
  }
}
