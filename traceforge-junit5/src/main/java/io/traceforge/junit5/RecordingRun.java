package io.traceforge.junit5;

import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.storage.Page;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.opentest4j.AssertionFailedError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run that calls the real server, and writes its cassette if it passes. */
final class RecordingRun extends TestRun {
  private static final Logger LOG = LoggerFactory.getLogger(TraceForgeExtension.class);

  RecordingRun(Settings settings, Cassette cassette) {
    super(settings, cassette, settings.client());
  }

  @Override
  Interceptor interceptor(OkHttpClient client) {
    return TraceForgeOkHttp.interceptor(session);
  }

  @Override
  void passed() throws IOException {
    List<Trace> traces = traces();
    traces.forEach(this::requireReplayable);
    if (traceForge.stats().lostTraces() > 0) {
      throw notWritten("%d calls were lost".formatted(traceForge.stats().lostTraces()));
    }
    if (traces.isEmpty()) {
      requireNoCalls();
    }
    cassette.write(new StableTraces(settings, cassette.name()).of(traces), settings.redactor());
    LOG.info("Recorded {} calls in {}", traces.size(), cassette.file());
  }

  /** Most such tests call with another client by mistake; some only check what needs no model. */
  private void requireNoCalls() throws IOException {
    if (cassette.hasLines()) {
      throw notWritten(
          "it made no calls, and the cassette has some. Make them with the test's own client, or delete the cassette");
    }
    LOG.warn(
        "No calls are recorded in {}: were they made with the test's client?", cassette.file());
  }

  @Override
  void failed() {
    LOG.warn("{} was not recorded, as the test did not pass", cassette.file());
  }

  private List<Trace> traces() {
    List<Trace> traces = new ArrayList<>();
    Page<Trace> page = traceForge.storage().listTraces(TraceQuery.all());
    traces.addAll(page.items());
    while (page.nextCursor() != null) {
      page = traceForge.storage().listTraces(TraceQuery.all().after(page.nextCursor()));
      traces.addAll(page.items());
    }
    return traces;
  }

  private void requireReplayable(Trace trace) {
    String call = trace.request().method() + " " + trace.request().endpoint();
    if (!trace.status().isFinal()) {
      throw notWritten(call + " was still under way: read its response to the end, or close it");
    }
    if (trace.response() != null
        && trace.response().body() != null
        && trace.response().body().isTruncated()) {
      throw notWritten("the answer to " + call + " is too large to be kept whole");
    }
  }

  private AssertionFailedError notWritten(String why) {
    return new AssertionFailedError(
        "The test passed, but %s was not recorded: %s".formatted(cassette.file(), why));
  }
}
