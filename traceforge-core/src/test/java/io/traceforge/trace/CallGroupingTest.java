package io.traceforge.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls are found without asking each one, and are the same as if each one were asked. */
class CallGroupingTest {
  private static final TraceStatus[] STATUSES = TraceStatus.values();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void groupsAsIfEachCallWereAsked(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      List<CallAttempt> attempts = new ArrayList<>();
      for (int n = random.nextInt(20); n > 0; n--) {
        attempts.add(attempt("t" + n, random));
      }
      Collections.shuffle(attempts, random);

      assertThat(CallAttempt.groupByCall(attempts)).isEqualTo(asked(attempts));
    }
  }

  private static CallAttempt attempt(String id, Random random) {
    long start = random.nextInt(30);
    TraceStatus status = STATUSES[random.nextInt(STATUSES.length)];
    boolean marked = random.nextInt(3) == 0;
    return CallAttempt.builder()
        .traceId(id)
        .startTime(Traces.at(start))
        .endTime(status.isFinal() ? Traces.at(start + random.nextInt(10)) : null)
        .status(status)
        .retryCount(marked ? random.nextInt(4) : null)
        .fingerprint("request " + random.nextInt(2))
        .build();
  }

  private static List<List<CallAttempt>> asked(List<CallAttempt> attempts) {
    List<List<CallAttempt>> calls = new ArrayList<>();
    attempts.stream()
        .sorted(Comparator.comparing(CallAttempt::startTime).thenComparing(CallAttempt::traceId))
        .forEach(attempt -> add(calls, attempt));
    return calls;
  }

  private static void add(List<List<CallAttempt>> calls, CallAttempt next) {
    for (int i = calls.size() - 1; i >= 0; i--) {
      CallAttempt last = calls.get(i).get(calls.get(i).size() - 1);
      if (last.fingerprint().equals(next.fingerprint()) && joins(last, next)) {
        calls.get(i).add(next);
        return;
      }
    }
    calls.add(new ArrayList<>(List.of(next)));
  }

  private static boolean joins(CallAttempt last, CallAttempt next) {
    Integer mark = next.retryCount();
    if (mark != null) {
      return mark > 0 && Integer.valueOf(mark - 1).equals(last.retryCount());
    }
    return last.status() != TraceStatus.SUCCESS && endsBefore(last.endTime(), next.startTime());
  }

  private static boolean endsBefore(@Nullable Instant end, Instant start) {
    return end != null && !end.isAfter(start);
  }
}
