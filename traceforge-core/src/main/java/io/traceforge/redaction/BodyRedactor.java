package io.traceforge.redaction;

import io.traceforge.internal.body.BodyBytes;
import io.traceforge.trace.TraceBody;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Takes secrets out of a body, whose other bytes stay as they are. */
final class BodyRedactor {
  private final Finder finder;
  private final boolean custom;

  /**
   * Creates a redactor.
   *
   * @param custom whether there are rules for more than words of ASCII
   */
  BodyRedactor(Finder finder, boolean custom) {
    this.finder = finder;
    this.custom = custom;
  }

  /**
   * Returns a body without its secrets; the very same one if it has none.
   *
   * @param maybeStream whether it may be a stream, which tells secrets in pieces
   */
  TraceBody redact(TraceBody body, boolean maybeStream) {
    BodyText text = BodyText.of(body, custom);
    boolean stream = maybeStream && text.isStream();
    return body.isTruncated()
        ? redactTruncated(body, text, stream)
        : taken(find(text.head(), Edge.NONE, stream), body, text);
  }

  /** Redacts a body that {@link #isLocal}. */
  Scanned scan(TraceBody body) {
    BodyText text = BodyText.of(body, custom);
    Spans spans = find(text.head(), Edge.NONE, false);
    return new Scanned(taken(spans, body, text), spans.isPlain());
  }

  /**
   * What was found in a body.
   *
   * @param left the body without its secrets
   * @param plain whether there were none, and nothing that is to be seen as a whole
   */
  record Scanned(TraceBody left, boolean plain) {}

  /** Returns whether all that is secret in a body is known by what stands near it. */
  boolean isLocal(TraceBody body) {
    return !custom && !body.isTruncated() && BodyText.isAscii(body.mediaType());
  }

  /**
   * Returns whether the rest of a body that {@link #isLocal} is plain.
   *
   * @param from where it begins: 0, or a comma between two objects
   */
  boolean isPlain(TraceBody body, int from) {
    byte[] bytes = BodyBytes.of(body);
    String rest = new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1);
    // What begins with a bracket is known to be JSON, as the whole is.
    return finder.find(from == 0 ? rest : "[" + rest, false).isPlain();
  }

  /** Returns the texts that are taken out of a body. */
  List<String> secrets(TraceBody body) {
    String text = BodyText.of(body, custom).head();
    return finder.find(text, body.isTruncated()).inOrder().stream()
        .map(span -> text.substring(span.start(), span.end()))
        .toList();
  }

  /** Returns whether a body tells a text, in one piece or in several. */
  boolean tells(TraceBody body, String secret) {
    BodyText text = BodyText.of(body, custom);
    return JoinedTexts.tells(text.head(), secret) || JoinedTexts.tells(text.tail(), secret);
  }

  /** Returns what is left of a body that must not be kept: its size. */
  static TraceBody dropped(TraceBody body) {
    return TraceBody.truncated(new byte[0], 0, Math.max(1, body.size()), body.mediaType());
  }

  private static TraceBody taken(Spans spans, TraceBody body, BodyText text) {
    return spans.isEmpty()
        ? body
        : TraceBody.of(text.bytes(spans.applyTo(text.head())), body.mediaType());
  }

  private TraceBody redactTruncated(TraceBody body, BodyText text, boolean stream) {
    Edge headEdge = custom ? Edge.WIDE_HEAD : Edge.HEAD;
    byte[] head = text.bytes(find(text.head(), headEdge, stream).applyTo(text.head()));
    byte[] tail = text.bytes(find(text.tail(), Edge.TAIL, stream).applyTo(text.tail()));
    byte[] kept = new byte[head.length + tail.length];
    System.arraycopy(head, 0, kept, 0, head.length);
    System.arraycopy(tail, 0, kept, head.length, tail.length);
    long size = Math.max(body.size(), kept.length + 1L);
    return TraceBody.truncated(kept, head.length, size, body.mediaType());
  }

  private Spans find(String text, Edge edge, boolean stream) {
    Spans spans = finder.find(text, edge.isBeforeGap());
    edge.addTo(spans, text);
    if (stream) {
      JoinedTexts.find(text, edge, finder, spans);
    } else if (!spans.isEmpty()) {
      JoinedTexts.dropLogProbabilities(text, spans);
    }
    return spans;
  }
}
