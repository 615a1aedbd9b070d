package io.traceforge.adapter;

import io.traceforge.TraceForge;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A TraceForge in memory, and calls told to it as an adapter does. */
abstract class AdapterTestBase {
  final TraceForge traceForge = TraceForge.open("memory:");

  @AfterEach
  void close() {
    traceForge.close();
  }

  ClientCall begin() {
    ClientCall call = ClientCalls.of(traceForge).begin(name -> null);
    call.request("POST", "http://localhost/v1/things", HttpHeaders::empty, null);
    return call;
  }

  Trace onlyTrace() {
    List<Trace> traces = traceForge.storage().listTraces(TraceQuery.all()).items();
    if (traces.size() != 1) {
      throw new AssertionError("expected one trace, got " + traces.size());
    }
    return traces.get(0);
  }
}
