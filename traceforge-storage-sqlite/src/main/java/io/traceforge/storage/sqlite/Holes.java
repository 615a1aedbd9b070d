package io.traceforge.storage.sqlite;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where parts stand in a text, from its beginning to its end. */
final class Holes {
  private static final int FEW = 8;

  private final List<PartRef> parts = new ArrayList<>(FEW);
  private int[] ranges = new int[2 * FEW];

  /** Adds a part that stands behind those that were added before. */
  void add(int from, int to, PartRef part) {
    int count = 2 * parts.size();
    if (count == ranges.length) {
      ranges = Arrays.copyOf(ranges, 2 * count);
    }
    ranges[count] = from;
    ranges[count + 1] = to;
    parts.add(part);
  }

  /** Adds the part that a piece is, or those inside of it. */
  void add(Piece piece, StoredPiece stored) {
    if (!stored.isInText()) {
      add(piece.start(), piece.end(), stored.parts().get(0));
      return;
    }
    int[] strings = piece.strings();
    for (int i = 0; i < strings.length; i += 2) {
      add(strings[i], strings[i + 1], stored.parts().get(i / 2));
    }
  }

  List<PartRef> parts() {
    return parts;
  }

  /** Returns a range of the text with holes in place of all parts, which stand in it. */
  Skeleton skeleton(byte[] text, int from, int to) {
    Skeleton skeleton = new Skeleton(256 + parts.size() * 8);
    int done = from;
    for (int i = 0; i < parts.size(); i++) {
      skeleton.addText(text, done, ranges[2 * i]);
      skeleton.addPart(parts.get(i).id());
      done = ranges[2 * i + 1];
    }
    skeleton.addText(text, done, to);
    return skeleton;
  }

  /** Adds the same range to a digest, all parts by their hashes. */
  void addTo(MessageDigest digest, byte[] text, int from, int to) {
    PartHash[] hashes = parts.stream().map(PartRef::hash).toArray(PartHash[]::new);
    addTo(digest, text, from, to, ranges, hashes);
  }

  /** Adds a range of a text to a digest, its parts by their hashes. */
  static void addTo(
      MessageDigest digest, byte[] text, int from, int to, int[] ranges, PartHash[] hashes) {
    int done = from;
    for (int i = 0; i < hashes.length; i++) {
      digest.update(text, done, ranges[2 * i] - done);
      digest.update(Skeleton.OPEN);
      digest.update(hashes[i].bytes());
      done = ranges[2 * i + 1];
    }
    digest.update(text, done, to - done);
  }
}
