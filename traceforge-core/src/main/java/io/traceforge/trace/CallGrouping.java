package io.traceforge.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells attempts of one call from parallel calls, among the traces of one step. A later attempt
 * joins an earlier call if the client marked it as the next try of the same request, or, without a
 * mark, if the same request had ended without an answer before this one began. Of several calls
 * that it could join it is the next attempt of the one that began last.
 */
final class CallGrouping {
  private static final Comparator<CallAttempt> IN_ORDER =
      Comparator.comparing(CallAttempt::startTime).thenComparing(CallAttempt::traceId);

  private CallGrouping() {}

  /** Groups items by call: calls in order of their first attempt, attempts in order of start. */
  static <T> List<List<T>> group(Collection<T> items, Function<T, CallAttempt> attemptOf) {
    List<Item<T>> ordered = new ArrayList<>(items.size());
    items.forEach(item -> ordered.add(new Item<>(item, attemptOf.apply(item))));
    ordered.sort(Comparator.comparing(Item::attempt, IN_ORDER));
    List<Call<T>> calls = new ArrayList<>();
    Map<String, Joinable<T>> callsByRequest = new HashMap<>();
    for (Item<T> item : ordered) {
      Joinable<T> joinable =
          callsByRequest.computeIfAbsent(item.attempt.fingerprint(), f -> new Joinable<>());
      Call<T> call = joinable.take(item.attempt);
      if (call == null) {
        call = new Call<>(calls.size(), new ArrayList<>());
        calls.add(call);
      }
      call.items.add(item.value);
      joinable.put(call, item.attempt);
    }
    return calls.stream().map(call -> List.copyOf(call.items)).toList();
  }

  private record Item<T>(T value, CallAttempt attempt) {}

  private record Call<T>(int number, List<T> items) {}

  /**
   * The calls of one request that a next attempt may join. Not the others: a step may have many
   * calls of the same request, all of them answered.
   */
  private static final class Joinable<T> {
    private final NavigableMap<Integer, Unanswered<T>> unanswered = new TreeMap<>();

    /** Calls by the mark of their last attempt. */
    private final Map<Integer, NavigableMap<Integer, Call<T>>> marked = new HashMap<>();

    private record Unanswered<T>(Call<T> call, Instant end) {}

    /** Takes out the call whose next attempt this is, or returns {@code null} if there is none. */
    @Nullable Call<T> take(CallAttempt next) {
      Integer mark = next.retryCount();
      Call<T> call = mark == null ? endedBefore(next) : lastOfMark(mark - 1);
      if (call != null) {
        unanswered.remove(call.number);
        marked.values().forEach(calls -> calls.remove(call.number));
      }
      return call;
    }

    private @Nullable Call<T> endedBefore(CallAttempt next) {
      for (Unanswered<T> candidate : unanswered.descendingMap().values()) {
        if (!candidate.end.isAfter(next.startTime())) {
          return candidate.call;
        }
      }
      return null;
    }

    private @Nullable Call<T> lastOfMark(int mark) {
      NavigableMap<Integer, Call<T>> calls = mark < 0 ? null : marked.get(mark);
      return calls == null || calls.isEmpty() ? null : calls.lastEntry().getValue();
    }

    /** Puts a call back, or a new one, with its last attempt. */
    void put(Call<T> call, CallAttempt last) {
      if (last.retryCount() != null) {
        marked.computeIfAbsent(last.retryCount(), m -> new TreeMap<>()).put(call.number, call);
      }
      Instant end = last.endTime();
      if (last.status() != TraceStatus.SUCCESS && end != null) {
        unanswered.put(call.number, new Unanswered<>(call, end));
      }
    }
  }
}
