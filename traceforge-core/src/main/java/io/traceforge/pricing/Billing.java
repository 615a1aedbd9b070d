package io.traceforge.pricing;

import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceResponse;
import io.traceforge.trace.TraceStatus;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells for which calls a provider sends a bill, and which of them usage alone cannot tell. */
final class Billing {
  /** 502 and 504 are a gateway's: the model behind it may have answered. */
  private static final Set<Integer> UNBILLED_SERVER_ERRORS = Set.of(500, 501, 503, 529);

  /** No connection, no request. */
  private static final Set<String> UNSENT =
      Set.of("java.net.ConnectException", "java.net.UnknownHostException");

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "DELETE");

  /** Anthropic's cache writes that last an hour have another price, and the same count. */
  private static final Pattern LONG_CACHE = Pattern.compile("\"ttl\"\\s*:\\s*\"1h\"");

  private Billing() {}

  /** Returns why no cost can be told, or {@code null} if usage and price tell it. */
  static @Nullable String obstacle(Trace trace) {
    TraceMetadata metadata = trace.metadata();
    if (!hasUsage(metadata.usage())) {
      return whyNoUsage(trace);
    }
    return wroteLongCache(trace)
        ? "the request writes to the cache for an hour, which has a price of its own"
        : null;
  }

  /** Returns whether the trace is of a call that no provider charges for. */
  static boolean isFree(Trace trace) {
    return !hasUsage(trace.metadata().usage()) && (onlyReads(trace) || wasRefused(trace));
  }

  private static boolean hasUsage(TokenUsage usage) {
    return usage.inputTokens() != null || usage.outputTokens() != null;
  }

  /** A list of models, say: no model was called. */
  private static boolean onlyReads(Trace trace) {
    return trace.metadata().provider() == null && READING.contains(trace.request().method());
  }

  private static boolean wasRefused(Trace trace) {
    if (trace.status() != TraceStatus.ERROR) {
      return false;
    }
    TraceResponse response = trace.response();
    TraceError error = trace.error();
    if (response == null) {
      return error != null && UNSENT.contains(error.type());
    }
    int status = response.statusCode();
    return (status >= 400 && status < 500) || UNBILLED_SERVER_ERRORS.contains(status);
  }

  private static String whyNoUsage(Trace trace) {
    if (!trace.status().isFinal()) {
      return "the call has not ended";
    }
    return trace.metadata().provider() == null
        ? "the call's wire format is not understood"
        : "the provider told no usage";
  }

  private static boolean wroteLongCache(Trace trace) {
    Long written = trace.metadata().usage().cacheWriteTokens();
    TraceBody body = trace.request().body();
    return written != null && written > 0 && body != null && LONG_CACHE.matcher(body.text()).find();
  }
}
