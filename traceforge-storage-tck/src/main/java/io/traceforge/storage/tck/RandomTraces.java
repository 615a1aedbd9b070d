package io.traceforge.storage.tck;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceStatus;
import io.traceforge.trace.TraceTiming;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Traces and updates of few ids, sessions, steps and requests, so that all of them meet again. */
final class RandomTraces {
  static final List<String> SESSIONS = List.of("a", "b", "c");

  private final Random random;

  RandomTraces(Random random) {
    this.random = random;
  }

  String session() {
    return any(SESSIONS);
  }

  List<Trace> batch() {
    return IntStream.rangeClosed(0, random.nextInt(15)).mapToObj(n -> trace()).toList();
  }

  /** Most traces stay in their session and step; some move, some leave their session. */
  private Trace trace() {
    int n = random.nextInt(60);
    TraceStatus status = any(List.of(TraceStatus.values()));
    boolean orderly = random.nextInt(4) > 0;
    return Samples.bare(n)
        .sessionId(random.nextInt(20) == 0 ? null : orderly ? SESSIONS.get(n % 3) : session())
        .stepIndex(orderly ? n % 5 : random.nextInt(5))
        .callNumber(random.nextInt(100))
        .startTime(Samples.at(orderly ? n : random.nextInt(100)))
        .status(status)
        .error(status == TraceStatus.ERROR ? error() : null)
        .request(Samples.request("request " + random.nextInt(3)))
        .metadata(metadata(status))
        .build();
  }

  private @Nullable TraceError error() {
    return random.nextBoolean() ? null : TraceError.of("error-" + random.nextInt(9), "m", null);
  }

  private TraceMetadata metadata(TraceStatus status) {
    TraceMetadata.Builder metadata =
        TraceMetadata.builder()
            .requestModel(maybe("model-", 4))
            .responseModel(maybe("model-", 4))
            .provider(maybe("provider-", 2))
            .retryCount(random.nextBoolean() ? null : Integer.valueOf(random.nextInt(3)));
    if (status.isFinal() && random.nextInt(5) > 0) {
      Duration total = Duration.ofMillis(random.nextInt(50));
      metadata.timing(TraceTiming.builder().total(total).build()).usage(usage());
    }
    return metadata.build();
  }

  private @Nullable String maybe(String name, int count) {
    return random.nextBoolean() ? null : name + random.nextInt(count);
  }

  private TokenUsage usage() {
    TokenUsage.Builder usage = TokenUsage.builder();
    if (random.nextBoolean()) {
      usage.inputTokens((long) random.nextInt(10)).totalTokens(Long.MAX_VALUE / 3);
    }
    return random.nextBoolean() ? usage.reasoningTokens(1L).build() : usage.build();
  }

  SessionUpdate update() {
    String session = session();
    Instant time = Samples.at(random.nextInt(1_000));
    return switch (random.nextInt(5)) {
      case 0 -> SessionUpdate.ended(session, time);
      case 1 -> SessionUpdate.failed(session, time, "why " + random.nextInt(3));
      case 2 -> SessionUpdate.resumed(session, time);
      case 3 -> SessionUpdate.lost(session, time, random.nextInt(50));
      default -> SessionUpdate.timeout(session, time, Duration.ofMillis(random.nextInt(5_000)));
    };
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
