package io.traceforge.junit5;

import io.traceforge.trace.CallAttempt;
import io.traceforge.trace.Trace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The order of a test's calls in a cassette. Chance mixes the calls of sub-agents that run side by
 * side, so a session stays together, and stands below the call that it was made for. Used once.
 */
final class SessionOrder {
  /** The sessions that were made for a call, by its trace. */
  private final Map<String, List<List<Trace>>> below = new HashMap<>();

  /** The sessions that were made for none. */
  private final List<List<Trace>> roots = new ArrayList<>();

  private SessionOrder() {}

  /** Orders the calls of a test: those of its own session, and those of others. */
  static List<Trace> of(List<Trace> traces, String testsSession) {
    return new SessionOrder().order(traces, testsSession);
  }

  private List<Trace> order(List<Trace> traces, String testsSession) {
    Map<String, Trace> byId = new HashMap<>();
    Map<String, List<Trace>> sessions = new LinkedHashMap<>();
    for (Trace trace : traces) {
      String session = Objects.requireNonNullElse(trace.sessionId(), testsSession);
      sessions.computeIfAbsent(session, id -> new ArrayList<>()).add(trace);
      byId.put(trace.id(), trace);
    }
    List<Trace> own = Objects.requireNonNullElse(sessions.remove(testsSession), List.of());
    sessions.values().forEach(session -> listOf(parentOf(session, byId)).add(session));
    List<Block> blocks = new ArrayList<>(blocks(own));
    roots.forEach(session -> blocks.add(whole(session)));
    return CallOrder.of(blocks);
  }

  private List<List<Trace>> listOf(@Nullable Trace parent) {
    return parent == null ? roots : below.computeIfAbsent(parent.id(), id -> new ArrayList<>());
  }

  /** Returns a call that came before the session: so sessions never form a circle. */
  private static @Nullable Trace parentOf(List<Trace> session, Map<String, Trace> byId) {
    Trace first = Collections.min(session, Comparator.comparing(Trace::startTime));
    String parentId = first.parentTraceId();
    Trace parent = parentId == null ? null : byId.get(parentId);
    return parent != null && parent.startTime().isBefore(first.startTime()) ? parent : null;
  }

  private List<Block> blocks(List<Trace> calls) {
    return calls.stream().map(call -> Block.of(call, sessionsBelow(call))).toList();
  }

  private Block whole(List<Trace> session) {
    return Block.of(CallOrder.of(blocks(session)));
  }

  /** Sub-agents that ask the same may get other answers, so that the order of time counts. */
  private List<Trace> sessionsBelow(Trace call) {
    List<Block> sessions =
        below.getOrDefault(call.id(), List.of()).stream().map(this::whole).toList();
    return askTheSame(sessions) ? CallOrder.of(sessions) : CallOrder.byContent(sessions);
  }

  private static boolean askTheSame(Collection<Block> sessions) {
    Set<String> asked = new HashSet<>();
    for (Block session : sessions) {
      Set<String> here =
          session.traces().stream()
              .map(trace -> CallAttempt.fingerprint(trace.request()))
              .collect(Collectors.toSet());
      if (!Collections.disjoint(asked, here)) {
        return true;
      }
      asked.addAll(here);
    }
    return false;
  }
}
