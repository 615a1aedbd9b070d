package io.traceforge.trace;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.traceforge.internal.BodyAccess;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A recorded request or response body.
 *
 * <p>A body longer than the capture limit keeps its first and its last bytes; {@link #size()} is
 * the true size all the same. A body that could not be decoded keeps no bytes, only its size and
 * media type.
 */
public final class TraceBody {
  private static final Pattern CHARSET =
      Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([A-Za-z0-9_.:+-]{1,40})\"?");

  static {
    BodyAccess.set(
        new BodyAccess<TraceBody>() {
          @Override
          public byte[] keptBy(TraceBody body) {
            return body.kept;
          }

          @Override
          public TraceBody keeping(byte[] bytes, @Nullable String mediaType) {
            return new TraceBody(bytes, bytes.length, bytes.length, mediaType);
          }
        });
  }

  private final byte[] kept;
  private final int headLength;
  private final long size;
  private final @Nullable String mediaType;

  private TraceBody(byte[] kept, int headLength, long size, @Nullable String mediaType) {
    this.kept = kept;
    this.headLength = headLength;
    this.size = size;
    this.mediaType = mediaType;
  }

  /** Returns a body that was captured whole. */
  public static TraceBody of(byte[] bytes, @Nullable String mediaType) {
    return new TraceBody(bytes.clone(), bytes.length, bytes.length, mediaType);
  }

  /** Returns a body that was captured whole, from text stored as UTF-8. */
  public static TraceBody ofText(String text, @Nullable String mediaType) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new TraceBody(bytes, bytes.length, bytes.length, mediaType);
  }

  /**
   * Returns a body of which only the first {@code headLength} and the last {@code kept.length -
   * headLength} bytes were kept.
   *
   * @param kept the first bytes, followed by the last ones
   * @param headLength how many of {@code kept} stood at the beginning of the body
   * @param size the true size in bytes, at least {@code kept.length}
   * @throws IllegalArgumentException if the lengths contradict each other
   */
  public static TraceBody truncated(
      byte[] kept, int headLength, long size, @Nullable String mediaType) {
    if (headLength < 0 || headLength > kept.length || size < kept.length) {
      throw new IllegalArgumentException(
          "headLength " + headLength + ", kept " + kept.length + ", size " + size);
    }
    return new TraceBody(kept.clone(), headLength, size, mediaType);
  }

  /** Returns the bytes that were kept: all of them unless {@link #isTruncated()}. */
  public byte[] bytes() {
    return kept.clone();
  }

  /** Returns how many of {@link #bytes()} stood at the beginning of the body. */
  public int headLength() {
    return headLength;
  }

  /**
   * Returns the true size of the body in bytes, kept or not. If a {@link
   * io.traceforge.redaction.Redactor} took something out of a body that was kept whole, this is the
   * size of what it left.
   */
  public long size() {
    return size;
  }

  /** Returns the media type with its parameters, as in {@code Content-Type}, if there was one. */
  public @Nullable String mediaType() {
    return mediaType;
  }

  /** Returns whether bytes are missing between the first and the last bytes kept. */
  public boolean isTruncated() {
    return size > kept.length;
  }

  /**
   * Returns the body as text, in the charset of its media type (UTF-8 if it names none). Where
   * bytes are missing, a note in brackets says how many.
   */
  public String text() {
    Charset charset = charset();
    if (!isTruncated()) {
      return new String(kept, charset);
    }
    return new String(kept, 0, headLength, charset)
        + "[… "
        + (size - kept.length)
        + " bytes not kept …]"
        + new String(kept, headLength, kept.length - headLength, charset);
  }

  /** Returns the body as JSON, or empty if it is truncated or not JSON. */
  public Optional<JsonElement> json() {
    if (isTruncated() || kept.length == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonParser.parseString(text()));
    } catch (JsonParseException | StackOverflowError notJson) {
      return Optional.empty();
    }
  }

  /** Takes the bytes that were kept into a digest. */
  void digest(MessageDigest digest) {
    digest.update(kept);
  }

  private Charset charset() {
    Matcher matcher = CHARSET.matcher(mediaType == null ? "" : mediaType);
    try {
      return matcher.find() ? Charset.forName(matcher.group(1)) : StandardCharsets.UTF_8;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return StandardCharsets.UTF_8;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TraceBody body
        && size == body.size
        && headLength == body.headLength
        && Objects.equals(mediaType, body.mediaType)
        && Arrays.equals(kept, body.kept);
  }

  @Override
  public int hashCode() {
    return Objects.hash(size, headLength, mediaType, Arrays.hashCode(kept));
  }

  /** Size and media type only: the content may be confidential, and this text may be logged. */
  @Override
  public String toString() {
    return "TraceBody{"
        + size
        + " bytes"
        + (isTruncated() ? ", " + kept.length + " kept" : "")
        + (mediaType == null ? "" : ", " + mediaType)
        + "}";
  }
}
