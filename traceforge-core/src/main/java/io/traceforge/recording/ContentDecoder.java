package io.traceforge.recording;

import io.traceforge.internal.body.BodyBytes;
import io.traceforge.trace.TraceBody;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Decodes bodies that the caller asked for compressed; the caller gets them as they came. */
final class ContentDecoder {
  private final int limit;

  ContentDecoder(int limit) {
    this.limit = limit;
  }

  /** Returns the decoded body; one that cannot be decoded keeps its size and media type only. */
  TraceBody decode(TraceBody body, @Nullable String contentEncoding) {
    String encoding =
        contentEncoding == null ? "identity" : contentEncoding.trim().toLowerCase(Locale.ROOT);
    if (encoding.isEmpty() || encoding.equals("identity") || body.size() == 0) {
      return body;
    }
    byte[] encoded = body.isTruncated() ? head(body) : BodyBytes.of(body);
    try (InputStream decoded = open(encoding, encoded)) {
      TraceBody whole = read(decoded, body.mediaType());
      return body.isTruncated() ? cutOff(whole, body.size()) : whole;
    } catch (IOException undecodable) {
      return TraceBody.truncated(new byte[0], 0, body.size(), body.mediaType());
    }
  }

  private static byte[] head(TraceBody body) {
    byte[] head = new byte[body.headLength()];
    System.arraycopy(BodyBytes.of(body), 0, head, 0, head.length);
    return head;
  }

  private static InputStream open(String encoding, byte[] encoded) throws IOException {
    InputStream bytes = new ByteArrayInputStream(encoded);
    switch (encoding) {
      case "gzip", "x-gzip" -> {
        return new GZIPInputStream(bytes);
      }
      case "deflate" -> {
        // Named after zlib's format (RFC 9110, 8.4.1.2), but some servers send bare deflate data.
        boolean zlib = encoded.length > 1 && (encoded[0] & 0x0f) == 8 && isZlibHeader(encoded);
        return zlib ? new InflaterInputStream(bytes) : new BareDeflateStream(bytes);
      }
      default -> throw new ZipException("unknown content encoding: " + encoding);
    }
  }

  /** What was decoded of a body's head. The decoded size is not known, only that it is larger. */
  private static TraceBody cutOff(TraceBody head, long encodedSize) {
    byte[] bytes = BodyBytes.of(head);
    long size = Math.max(Math.max(head.size(), encodedSize), bytes.length + 1L);
    return TraceBody.truncated(bytes, bytes.length, size, head.mediaType());
  }

  private static boolean isZlibHeader(byte[] encoded) {
    return ((encoded[0] & 0xff) * 256 + (encoded[1] & 0xff)) % 31 == 0;
  }

  /** Bounded, as a few bytes may decode to gigabytes; a stream cut off gives what was there. */
  private TraceBody read(InputStream decoded, @Nullable String mediaType) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    long size = 0;
    try {
      byte[] buffer = new byte[8192];
      for (int n = decoded.read(buffer); n >= 0 && size <= 16L * limit; n = decoded.read(buffer)) {
        kept.write(buffer, 0, Math.min(n, limit - kept.size()));
        size += n;
      }
    } catch (EOFException cutOff) {
      size = Math.max(size, kept.size());
    }
    byte[] bytes = kept.toByteArray();
    return size == bytes.length
        ? TraceBody.of(bytes, mediaType)
        : TraceBody.truncated(bytes, bytes.length, size, mediaType);
  }

  /** Frees its inflater, which the superclass leaves to whoever made it. */
  private static final class BareDeflateStream extends InflaterInputStream {
    BareDeflateStream(InputStream encoded) {
      super(encoded, new Inflater(true));
    }

    @Override
    public void close() throws IOException {
      super.close();
      inf.end();
    }
  }
}
