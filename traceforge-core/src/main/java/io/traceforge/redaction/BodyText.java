package io.traceforge.redaction;

import io.traceforge.internal.body.BodyBytes;
import io.traceforge.trace.TraceBody;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A body as text: one character for each byte, as all that marks a secret is ASCII, unless it is in
 * an encoding where that is not so, or rules look for more.
 *
 * @param head the text before the gap, or all of it
 * @param tail the text after the gap
 */
record BodyText(String head, String tail, Charset charset, @Nullable String mediaType) {

  static BodyText of(TraceBody body, boolean unicode) {
    byte[] bytes = BodyBytes.of(body);
    Charset charset = charset(body.mediaType(), bytes, unicode && !body.isTruncated());
    int headLength = body.headLength();
    return new BodyText(
        new String(bytes, 0, headLength, charset),
        new String(bytes, headLength, bytes.length - headLength, charset),
        charset,
        body.mediaType());
  }

  byte[] bytes(String text) {
    return text.getBytes(charset);
  }

  /** Returns whether this may tell one text in several pieces. */
  boolean isStream() {
    String type = mediaType == null ? "" : mediaType.toLowerCase(Locale.ROOT);
    return type.contains("event-stream")
        || type.contains("ndjson")
        || type.contains("jsonl")
        || Texts.isStream(head);
  }

  /** Returns whether ASCII stands for itself in bodies of a type. */
  static boolean isAscii(@Nullable String mediaType) {
    String type = mediaType == null ? "" : mediaType.toLowerCase(Locale.ROOT);
    return !type.contains("utf-16") && !type.contains("utf-32");
  }

  private static Charset charset(@Nullable String mediaType, byte[] bytes, boolean unicode) {
    if (!isAscii(mediaType)) {
      String type = String.valueOf(mediaType).toLowerCase(Locale.ROOT);
      String name = type.substring(type.indexOf("utf-")).split("[\\s;\",]", 2)[0];
      return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.ISO_8859_1;
    }
    return unicode && isUtf8(bytes) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException other) {
      return false;
    }
  }
}
