package io.traceforge.storage.sqlite;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The bytes of a body as they stand in the table. */
final class Kept {
  /** {@link #PLAIN}, {@link #WITH_HOLES} or {@link #DEFLATED}. */
  private final int form;

  private final byte[] bytes;

  Kept(int form, byte[] bytes) {
    this.form = form;
    this.bytes = bytes;
  }

  int form() {
    return form;
  }

  byte[] bytes() {
    return bytes;
  }

  static final int PLAIN = 0;

  /** See {@link Skeleton}. */
  static final int WITH_HOLES = 1;

  /** In zlib's format. */
  static final int DEFLATED = 2;

  private static final int BUFFER = 8_192;

  /** Compresses bytes, unless that makes them longer. */
  static Kept deflated(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      byte[] shorter = new byte[bytes.length];
      int length = deflater.deflate(shorter);
      return deflater.finished()
          ? new Kept(DEFLATED, Arrays.copyOf(shorter, length))
          : new Kept(PLAIN, bytes);
    } finally {
      deflater.end();
    }
  }

  /** Returns the bytes that {@link #deflated} was given. */
  static byte[] inflate(byte[] bytes) throws DataFormatException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes);
      ByteArrayOutputStream whole = new ByteArrayOutputStream(bytes.length * 4);
      byte[] buffer = new byte[BUFFER];
      while (!inflater.finished()) {
        int length = inflater.inflate(buffer);
        if (length == 0 && !inflater.finished()) {
          throw new DataFormatException("the data end early");
        }
        whole.write(buffer, 0, length);
      }
      return whole.toByteArray();
    } finally {
      inflater.end();
    }
  }
}
