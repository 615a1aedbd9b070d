package io.traceforge.benchmarks.storage;

import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The bytes of requests and responses, to be compared. */
final class Bodies {
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private Bodies() {}

  static List<ByteBuffer> of(List<Trace> traces) {
    return traces.stream().flatMap(Bodies::of).toList();
  }

  private static Stream<ByteBuffer> of(Trace trace) {
    var response = trace.response();
    return Stream.of(
        bytes(trace.request().body()), bytes(response == null ? null : response.body()));
  }

  private static ByteBuffer bytes(@Nullable TraceBody body) {
    return body == null ? NONE : ByteBuffer.wrap(body.bytes());
  }

  static List<ByteBuffer> ofPlain(List<PlainReader.Call> calls) {
    return calls.stream().flatMap(call -> Stream.of(call.request(), call.response())).toList();
  }
}
