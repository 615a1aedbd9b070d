package io.traceforge.protocol;

import io.traceforge.internal.body.BodyBytes;
import io.traceforge.trace.TraceBody;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The bytes of a body that were kept. */
final class KeptBytes {
  /** Those of a body that is not there. */
  static final KeptBytes NONE = new KeptBytes(new byte[0], 0, false, null);

  private static final int START = 64;

  final byte[] bytes;
  final int headLength;
  final boolean hasGap;
  private final @Nullable String mediaType;

  private KeptBytes(byte[] bytes, int headLength, boolean hasGap, @Nullable String mediaType) {
    this.bytes = bytes;
    this.headLength = headLength;
    this.hasGap = hasGap;
    this.mediaType = mediaType;
  }

  static KeptBytes of(TraceBody body) {
    return new KeptBytes(
        BodyBytes.of(body), body.headLength(), body.isTruncated(), body.mediaType());
  }

  /** Returns the first bytes as a body of their own. */
  KeptBytes upTo(int length) {
    return new KeptBytes(bytes, length, false, mediaType);
  }

  /** Returns whether the body's last bytes are among those kept. */
  boolean hasEnd() {
    return !hasGap || headLength < bytes.length;
  }

  /** Returns whether a media type was told. */
  boolean hasMediaType() {
    return mediaType != null;
  }

  /** Returns whether the media type contains a word. */
  boolean isOfType(String word) {
    return mediaType != null && mediaType.toLowerCase(Locale.ROOT).contains(word);
  }

  /** Returns the first characters, without a byte order mark and white space. */
  String start() {
    return new String(bytes, 0, Math.min(START, headLength), StandardCharsets.UTF_8)
        .replaceFirst("^[\\uFEFF\\s]+", "");
  }
}
