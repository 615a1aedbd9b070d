package io.traceforge.storage.sqlite;

import java.util.List;

/**
 * A piece of a text as it is kept: it is a part, or it stays in the text and only its long strings
 * are parts.
 */
final class StoredPiece {
  private final PartHash hash;
  private final List<PartRef> parts;
  private final boolean inText;

  private StoredPiece(PartHash hash, List<PartRef> parts, boolean inText) {
    this.hash = hash;
    this.parts = parts;
    this.inText = inText;
  }

  /** A piece that is a part. */
  static StoredPiece part(PartRef part) {
    return new StoredPiece(part.hash(), List.of(part), false);
  }

  /**
   * A piece that stays in the text.
   *
   * @param hash the one that it would have as a part
   * @param strings the parts that its long strings are
   */
  static StoredPiece inText(PartHash hash, List<PartRef> strings) {
    return new StoredPiece(hash, strings, true);
  }

  PartHash hash() {
    return hash;
  }

  boolean isInText() {
    return inText;
  }

  /** Returns the part that it is, or those of its long strings. */
  List<PartRef> parts() {
    return parts;
  }
}
