package io.traceforge.redaction;

import io.traceforge.trace.TraceBody;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of a body, whose other bytes stay as they are: it is read as one character for
 * each byte, as all that marks a secret is ASCII, unless it is in an encoding where that is not so.
 */
final class BodyRedactor {
  /** A word shorter than this, cut by a gap, may be the beginning of a secret. */
  private static final int LONGEST_BEGINNING = 64;

  private static final int LONGEST_END = 16 << 10;

  private final Function<String, Spans> finder;
  private final boolean unicode;

  /**
   * Creates a redactor.
   *
   * @param unicode whether rules look for more than ASCII
   */
  BodyRedactor(Function<String, Spans> finder, boolean unicode) {
    this.finder = finder;
    this.unicode = unicode;
  }

  /** Returns a document without its secrets; the very same one if it has none. */
  TraceBody redact(TraceBody body) {
    return redact(body, this::redactDocument);
  }

  /** Returns a stream without its secrets, those that it tells in pieces included. */
  TraceBody redactStream(TraceBody body) {
    return redact(body, this::redactJoined);
  }

  /** Returns what is left of a body that must not be kept: its size. */
  static TraceBody dropped(TraceBody body) {
    return TraceBody.truncated(new byte[0], 0, Math.max(1, body.size()), body.mediaType());
  }

  private TraceBody redact(TraceBody body, Function<String, String> redaction) {
    byte[] bytes = body.bytes();
    Charset charset = charset(body.mediaType(), bytes);
    if (body.isTruncated()) {
      return redactTruncated(body, bytes, charset, redaction);
    }
    String text = new String(bytes, charset);
    String redacted = redaction.apply(text);
    return redacted.equals(text)
        ? body
        : TraceBody.of(redacted.getBytes(charset), body.mediaType());
  }

  private static TraceBody redactTruncated(
      TraceBody body, byte[] bytes, Charset charset, Function<String, String> redaction) {
    int headLength = body.headLength();
    String head = withoutLastWord(new String(bytes, 0, headLength, charset));
    String tail =
        withoutBeginning(new String(bytes, headLength, bytes.length - headLength, charset));
    byte[] redactedHead = redaction.apply(head).getBytes(charset);
    byte[] redactedTail = redaction.apply(tail).getBytes(charset);
    byte[] kept = new byte[redactedHead.length + redactedTail.length];
    System.arraycopy(redactedHead, 0, kept, 0, redactedHead.length);
    System.arraycopy(redactedTail, 0, kept, redactedHead.length, redactedTail.length);
    long size = Math.max(body.size(), kept.length + 1L);
    return TraceBody.truncated(kept, redactedHead.length, size, body.mediaType());
  }

  private static String withoutLastWord(String head) {
    int start = head.length();
    while (start > 0 && CharClass.TOKEN68.contains(head.charAt(start - 1))) {
      start--;
    }
    return head.length() - start < LONGEST_BEGINNING ? head.substring(0, start) : head;
  }

  /** What stands before the first value's or line's end may belong to a secret before the gap. */
  private static String withoutBeginning(String tail) {
    int limit = Math.min(tail.length(), LONGEST_END);
    for (int i = 0; i < limit; i++) {
      boolean endOfValue =
          tail.charAt(i) == '"' && i + 1 < tail.length() && ",}]".indexOf(tail.charAt(i + 1)) >= 0;
      if (endOfValue || tail.charAt(i) == '\n') {
        return tail.substring(i + 1);
      }
    }
    int blank = Chars.indexOfAny(tail, " \t&", 0);
    return tail.substring(Math.min(blank, tail.length()));
  }

  private String redactDocument(String text) {
    Spans spans = finder.apply(text);
    if (!spans.isEmpty() && text.contains("logprobs")) {
      JoinedTexts.dropLogProbabilities(text, spans);
    }
    return spans.applyTo(text);
  }

  private String redactJoined(String text) {
    Spans spans = finder.apply(text);
    JoinedTexts.find(text, finder, spans);
    return spans.applyTo(text);
  }

  private Charset charset(@Nullable String mediaType, byte[] bytes) {
    String type = mediaType == null ? "" : mediaType.toLowerCase(Locale.ROOT);
    if (type.contains("utf-16") || type.contains("utf-32")) {
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
