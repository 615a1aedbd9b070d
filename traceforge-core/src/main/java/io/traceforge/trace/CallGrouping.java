package io.traceforge.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Tells attempts of one call from parallel calls, among the traces of one step. A later attempt
 * joins an earlier call if the client marked it as the next try of the same request, or, without a
 * mark, if the same request had ended without an answer before this one began.
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
    List<List<Item<T>>> calls = new ArrayList<>();
    Map<String, List<List<Item<T>>>> callsByRequest = new HashMap<>();
    for (Item<T> item : ordered) {
      List<List<Item<T>>> candidates =
          callsByRequest.computeIfAbsent(item.attempt.fingerprint(), f -> new ArrayList<>());
      if (!joins(candidates, item)) {
        List<Item<T>> call = new ArrayList<>(List.of(item));
        candidates.add(call);
        calls.add(call);
      }
    }
    return calls.stream().map(call -> call.stream().map(Item::value).toList()).toList();
  }

  private static <T> boolean joins(List<List<Item<T>>> calls, Item<T> item) {
    for (int i = calls.size() - 1; i >= 0; i--) {
      List<Item<T>> call = calls.get(i);
      if (isNextAttempt(call.get(call.size() - 1).attempt, item.attempt)) {
        return call.add(item);
      }
    }
    return false;
  }

  private static boolean isNextAttempt(CallAttempt last, CallAttempt next) {
    Integer mark = next.retryCount();
    if (mark != null) {
      return mark > 0 && last.retryCount() != null && last.retryCount() == mark - 1;
    }
    return last.status() != TraceStatus.SUCCESS
        && last.endTime() != null
        && !last.endTime().isAfter(next.startTime());
  }

  private record Item<T>(T value, CallAttempt attempt) {}
}
