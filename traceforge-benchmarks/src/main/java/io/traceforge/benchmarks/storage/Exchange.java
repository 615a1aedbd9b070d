package io.traceforge.benchmarks.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** A call as it was captured: what was sent and what came back, as bytes. */
final class Exchange {
  private final @Nullable String sessionId;
  private final int step;
  private final byte[] request;
  private final byte[] response;

  Exchange(@Nullable String sessionId, int step, String request, String response) {
    this.sessionId = sessionId;
    this.step = step;
    this.request = request.getBytes(UTF_8);
    this.response = response.getBytes(UTF_8);
  }

  @Nullable String sessionId() {
    return sessionId;
  }

  int step() {
    return step;
  }

  byte[] request() {
    return request;
  }

  byte[] response() {
    return response;
  }

  long bytes() {
    return (long) request.length + response.length;
  }
}
