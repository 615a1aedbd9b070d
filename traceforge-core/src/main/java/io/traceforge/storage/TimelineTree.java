package io.traceforge.storage;

import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.SessionTimeline.Child;
import io.traceforge.trace.Trace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a session with all those below it, level by level. Used once.
 *
 * <p>No recursion, neither down nor up: agents that call agents may go thousands of levels deep.
 */
final class TimelineTree {
  private static final int PAGE = 1_000;

  /** A session into which somebody writes all the time is told as well as can be. */
  private static final int MOST_ATTEMPTS = 5;

  private final StorageBackend storage;
  private final List<Node> parentsFirst = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  TimelineTree(StorageBackend storage) {
    this.storage = storage;
  }

  Optional<SessionTimeline> read(String sessionId) {
    add(sessionId, null, "");
    for (int i = 0; i < parentsFirst.size(); i++) {
      addChildrenOf(parentsFirst.get(i));
    }
    for (int i = parentsFirst.size() - 1; i > 0; i--) {
      parentsFirst.get(i).joinParent();
    }
    return parentsFirst.stream().findFirst().map(Node::nested);
  }

  private void add(String sessionId, @Nullable Node parent, String parentTraceId) {
    if (seen.add(sessionId)) {
      SessionTimeline session = readAlone(sessionId);
      if (session != null) {
        parentsFirst.add(new Node(parent, parentTraceId, session));
      }
    }
  }

  /** Reads again if something was stored or deleted between metadata and traces. */
  private @Nullable SessionTimeline readAlone(String sessionId) {
    SessionMetadata before = storage.getSessionMetadata(sessionId).orElse(null);
    for (int attempt = 0; before != null; attempt++) {
      List<Trace> traces = storage.listTracesBySession(sessionId);
      SessionMetadata after = storage.getSessionMetadata(sessionId).orElse(null);
      if (before.equals(after) || attempt == MOST_ATTEMPTS) {
        return SessionTimeline.of(before, traces);
      }
      before = after;
    }
    return null;
  }

  private void addChildrenOf(Node node) {
    Set<String> traceIds = node.traceIds();
    String sessionId = node.session.metadata().sessionId();
    TraceQuery query = TraceQuery.childrenOf(traceIds).exceptSession(sessionId).withLimit(PAGE);
    while (!traceIds.isEmpty()) {
      Page<Trace> page = storage.listTraces(query);
      page.items().forEach(trace -> addSessionOf(trace, node));
      if (page.nextCursor() == null) {
        return;
      }
      query = query.after(page.nextCursor());
    }
  }

  private void addSessionOf(Trace trace, Node parent) {
    if (trace.sessionId() != null && trace.parentTraceId() != null) {
      add(trace.sessionId(), parent, trace.parentTraceId());
    }
  }

  private static final class Node {
    final SessionTimeline session;
    private final @Nullable Node parent;
    private final String parentTraceId;
    private final Deque<Child> children = new ArrayDeque<>();

    Node(@Nullable Node parent, String parentTraceId, SessionTimeline session) {
      this.parent = parent;
      this.parentTraceId = parentTraceId;
      this.session = session;
    }

    Set<String> traceIds() {
      Set<String> ids = new HashSet<>();
      session.calls().forEach(call -> call.attempts().forEach(trace -> ids.add(trace.id())));
      return ids;
    }

    /** Puts this session below its parent, before those of its brothers that were put earlier. */
    void joinParent() {
      if (parent != null) {
        parent.children.addFirst(new Child(parentTraceId, nested()));
      }
    }

    SessionTimeline nested() {
      return session.withChildren(List.copyOf(children));
    }
  }
}
