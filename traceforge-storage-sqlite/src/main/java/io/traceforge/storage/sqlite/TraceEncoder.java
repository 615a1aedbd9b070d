package io.traceforge.storage.sqlite;

import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Takes a trace apart: into parts, which are stored here, and what is left for its row. */
final class TraceEncoder {
  private static final int SHORTEST_FIELD = 64;
  private static final int FINGERPRINT_BYTES = 8;

  private final PartStore store;
  private final LastRequests lastRequests;
  private final MessageDigest digest = Parts.newDigest();

  TraceEncoder(PartStore store, LastRequests lastRequests) {
    this.store = store;
    this.lastRequests = lastRequests;
  }

  /** Stores the parts of a trace. */
  EncodedTrace encode(Trace trace, Holder holder) throws SQLException {
    digest.reset(); // an error may have left it in the middle of something
    Parts parts = new Parts(store, digest, holder);
    TraceResponse response = trace.response();
    TraceBody raw = response == null ? null : response.body();
    TraceBody assembled = response == null ? null : response.assembledBody();
    return new EncodedTrace(
        field(trace.stateJson(), parts),
        request(trace.request(), parts, holder),
        raw == null ? null : assembled == null ? body(raw, parts) : Kept.deflated(raw.bytes()),
        assembled == null ? null : body(assembled, parts));
  }

  private EncodedRequest request(TraceRequest request, Parts parts, Holder holder)
      throws SQLException {
    KeptRequest last = lastRequests.of(holder);
    if (last != null && last.is(request)) {
      return last.encoded();
    }
    TraceBody body = request.body();
    Cut cut = body == null ? null : cut(body, last == null ? Cut.NONE : last.cut(), parts);
    EncodedRequest encoded =
        new EncodedRequest(
            field(Json.ofHeaders(request.headers()), parts),
            cut == null ? null : cut.kept(parts),
            fingerprint(request, cut));
    if (body != null && cut != null) {
      lastRequests.put(holder, new KeptRequest(request, body, cut, encoded));
    }
    return encoded;
  }

  private static Cut cut(TraceBody request, Cut last, Parts parts) throws SQLException {
    Cut cut = Cut.of(request.bytes(), request.headLength(), last);
    cut.store(parts);
    cut.join(parts);
    return cut;
  }

  private static Kept body(TraceBody body, Parts parts) throws SQLException {
    Cut cut = Cut.of(body.bytes(), body.headLength(), Cut.NONE);
    cut.store(parts);
    return cut.kept(parts);
  }

  /**
   * Returns the number of the part that a text is, or the text itself if it is short and cannot be
   * taken for a number.
   */
  private static String field(String json, Parts parts) throws SQLException {
    boolean isShort = json.length() < SHORTEST_FIELD && !Text.beginsWithDigit(json);
    if (isShort || !Text.isWellFormed(json)) {
      return json;
    }
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    Piece piece = new Piece(0, text.length, 0, JsonCutter.longStrings(text), false);
    return Long.toString(parts.put(text, piece).id());
  }

  /** A digest of all that makes requests equal. */
  private String fingerprint(TraceRequest request, @Nullable Cut cut) {
    digest.update((request.method() + '\n' + request.url()).getBytes(StandardCharsets.UTF_8));
    if (cut != null) {
      TraceBody body = request.body();
      digest.update(
          (" " + (body == null ? 0 : body.size()) + '\n').getBytes(StandardCharsets.UTF_8));
      cut.addTo(digest);
    }
    byte[] first = Arrays.copyOf(digest.digest(), FINGERPRINT_BYTES);
    return Base64.getEncoder().withoutPadding().encodeToString(first);
  }
}
