package io.traceforge.storage.sqlite;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The first half of a part's SHA-256 digest: enough that nobody can make two parts that share it.
 */
record PartHash(long first, long second) {
  private static final int BYTES = 2 * Long.BYTES;

  /** Ends a digest. */
  static PartHash of(MessageDigest digest) {
    return of(digest.digest());
  }

  /** Reads the first bytes of a digest. */
  static PartHash of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new PartHash(buffer.getLong(), buffer.getLong());
  }

  byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(first).putLong(second).array();
  }
}
