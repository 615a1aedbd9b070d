package io.traceforge.okhttp;

import java.io.IOException;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import org.jspecify.annotations.Nullable;

/**
 * Lies between a compressed body and the decompression by OkHttp, and does nothing until the caller
 * closes the body early: then the decompression reads the {@link Remainder} through it.
 */
final class Passage extends ForwardingSource {
  private final Remainder remainder;
  private boolean toRemainder;

  private Passage(BufferedSource received, Remainder remainder) {
    super(received);
    this.remainder = remainder;
  }

  /** Returns a passage over a body's source, or null if that is not OkHttp's own. */
  static @Nullable Passage over(BufferedSource received) {
    Remainder remainder = Remainder.beneath(received);
    return remainder == null ? null : new Passage(received, remainder);
  }

  Remainder remainder() {
    return remainder;
  }

  void openRemainder() {
    toRemainder = true;
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    return toRemainder ? remainder.read(sink, byteCount) : super.read(sink, byteCount);
  }
}
