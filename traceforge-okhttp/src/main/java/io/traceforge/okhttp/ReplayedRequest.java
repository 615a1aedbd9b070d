package io.traceforge.okhttp;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceRequest;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.GzipSource;
import org.jspecify.annotations.Nullable;

/** Reads a request that never goes over the network. */
final class ReplayedRequest {
  private ReplayedRequest() {}

  /**
   * Returns a request as it would be recorded, but for its headers. If the call is recorded, what
   * would have been told on the network side is told here.
   */
  static TraceRequest read(Call call, Request request) throws IOException {
    RecordedCall recorded = CallNote.of(call).underWay();
    Request sent = withMediaType(request);
    if (recorded != null && recorded.isOnNetworkSide()) {
      sent = recorded.outgoing(sent);
    }
    return TraceRequest.of(
        sent.method(), sent.url().toString(), HttpHeaders.empty(), body(sent, sent.body()));
  }

  /** As OkHttp does before it sends. */
  private static Request withMediaType(Request request) {
    RequestBody body = request.body();
    MediaType type = body == null ? null : body.contentType();
    return type == null
        ? request
        : request.newBuilder().header("Content-Type", type.toString()).build();
  }

  private static @Nullable TraceBody body(Request sent, @Nullable RequestBody body)
      throws IOException {
    if (body == null || body.isDuplex()) {
      return null; // a duplex body ends after the answer has begun
    }
    Buffer written = new Buffer();
    body.writeTo(written);
    return TraceBody.of(decoded(written, sent), sent.header("Content-Type"));
  }

  private static byte[] decoded(Buffer written, Request sent) throws IOException {
    if (!"gzip".equalsIgnoreCase(sent.header("Content-Encoding"))) {
      return written.readByteArray();
    }
    Buffer decoded = new Buffer();
    try (GzipSource source = new GzipSource(written)) {
      decoded.writeAll(source);
    }
    return decoded.readByteArray();
  }
}
