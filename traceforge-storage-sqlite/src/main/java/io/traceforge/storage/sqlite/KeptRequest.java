package io.traceforge.storage.sqlite;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceRequest;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** A request as it is kept: a call's end brings the one of its start again. */
final class KeptRequest {
  private final String method;
  private final String url;
  private final HttpHeaders headers;
  private final long size;
  private final Cut cut;
  private final EncodedRequest encoded;

  /** The recorder has the very same body at a call's end as at its start, as long as it can. */
  private final WeakReference<TraceBody> body;

  KeptRequest(TraceRequest request, TraceBody body, Cut cut, EncodedRequest encoded) {
    this.method = request.method();
    this.url = request.url();
    this.headers = request.headers();
    this.size = body.size();
    this.cut = cut;
    this.encoded = encoded;
    this.body = new WeakReference<>(body);
  }

  /** Returns whether this is the given request. */
  boolean is(TraceRequest request) {
    return method.equals(request.method())
        && url.equals(request.url())
        && headers.equals(request.headers())
        && has(request.body());
  }

  private boolean has(@Nullable TraceBody other) {
    if (other == null) {
      return false;
    }
    TraceBody last = body.get();
    return last != null
        ? last.equals(other) // at once, if they are one and the same
        : size == other.size() && cut.isOf(other.bytes(), other.headLength());
  }

  Cut cut() {
    return cut;
  }

  EncodedRequest encoded() {
    return encoded;
  }
}
