package io.traceforge.pricing;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceStatus;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Traces of calls that cost something. */
final class PricedCalls {
  static final String GATEWAY = "http://llm-gateway.corp/v1/chat/completions";
  static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");

  private PricedCalls() {}

  /** Returns usage of so many input and output tokens. */
  static TokenUsage.Builder tokens(long input, long output) {
    return TokenUsage.builder().inputTokens(input).outputTokens(output).totalTokens(input + output);
  }

  /** Returns a call of 1,000,000 input tokens and no output: it costs the price of input. */
  static Trace ofInput(String provider, String url, String model) {
    return call(provider, url, model, tokens(1_000_000, 0).build()).build();
  }

  static Trace.Builder call(String provider, String model, TokenUsage usage) {
    return call(provider, GATEWAY, model, usage);
  }

  static Trace.Builder call(String provider, String url, String model, TokenUsage usage) {
    return call(url, metadata -> metadata.provider(provider).requestModel(model).usage(usage));
  }

  static Trace.Builder call(String url, UnaryOperator<TraceMetadata.Builder> metadata) {
    return Trace.builder()
        .id("trace")
        .sessionId("session")
        .startTime(NOON)
        .status(TraceStatus.SUCCESS)
        .request(TraceRequest.of("POST", url, HttpHeaders.empty(), null))
        .metadata(metadata.apply(TraceMetadata.builder().operation("chat")).build());
  }
}
