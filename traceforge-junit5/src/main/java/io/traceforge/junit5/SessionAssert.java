package io.traceforge.junit5;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.ToolCall;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * AssertJ assertions on what a session did. Where one fails, its message shows the session's
 * timeline.
 *
 * <pre>{@code
 * SessionAssert.assertThat(session).hasSteps(1).usedAtMostTokens(5_000).hasNoErrors();
 * }</pre>
 */
public final class SessionAssert extends AbstractAssert<SessionAssert, SessionTimeline> {
  private static final int WIDTH = 100;

  private SessionAssert(@Nullable SessionTimeline actual) {
    super(actual, SessionAssert.class);
  }

  /**
   * Begins assertions on what a session has done so far.
   *
   * @throws IllegalArgumentException if the session stands alone, so that nothing records it
   */
  public static SessionAssert assertThat(SessionTracker session) {
    TraceForge traceForge =
        session
            .traceForge()
            .orElseThrow(
                () -> new IllegalArgumentException("session: expected one that is recorded"));
    String id = session.getSessionId();
    return assertThat(traceForge.storage().getTimeline(id).orElseGet(() -> withoutCalls(id)));
  }

  /** Begins assertions on a session that was read from a storage. */
  public static SessionAssert assertThat(@Nullable SessionTimeline session) {
    return new SessionAssert(session);
  }

  private static SessionTimeline withoutCalls(String sessionId) {
    return SessionTimeline.of(SessionMetadata.builder(sessionId).build(), List.of());
  }

  /** Verifies how many steps have calls. */
  public SessionAssert hasSteps(int expected) {
    int steps = session().metadata().totalSteps();
    if (steps != expected) {
      throw failed("Expected a session of %d steps, but it has %d.".formatted(expected, steps));
    }
    return this;
  }

  /** Verifies how many calls were made; attempts of one call count once. */
  public SessionAssert hasCalls(int expected) {
    int calls = session().metadata().totalCalls();
    if (calls != expected) {
      throw failed("Expected a session of %d calls, but it has %d.".formatted(expected, calls));
    }
    return this;
  }

  /** Verifies that all attempts together used no more tokens, and that a provider told them. */
  public SessionAssert usedAtMostTokens(long most) {
    Long tokens = session().metadata().usage().totalTokens();
    if (tokens == null && session().metadata().totalCalls() > 0) {
      throw failed(
          "Expected at most %d tokens to be used, but no provider told how many were."
              .formatted(most));
    }
    if (tokens != null && tokens > most) {
      throw failed("Expected at most %d tokens to be used, but %d were.".formatted(most, tokens));
    }
    return this;
  }

  /** Verifies that the model asked for a tool. */
  public SessionAssert calledTool(String name) {
    List<String> tools =
        session().calls().stream()
            .flatMap(call -> call.toolCalls().stream())
            .map(ToolCall::name)
            .toList();
    if (!tools.contains(name)) {
      throw failed("Expected the tool \"%s\" to be called, but %s.".formatted(name, told(tools)));
    }
    return this;
  }

  private static String told(List<String> tools) {
    return tools.isEmpty() ? "none was" : "these were: " + String.join(", ", tools);
  }

  /**
   * Verifies that no attempt ended in an error, not even one from which the session recovered, and
   * that the session did not fail.
   */
  public SessionAssert hasNoErrors() {
    SessionMetadata metadata = session().metadata();
    if (metadata.errorCount() > 0) {
      throw failed(
          "Expected a session without errors, but it has %d.".formatted(metadata.errorCount()));
    }
    if (metadata.status() == SessionStatus.FAILED) {
      throw failed(
          "Expected a session without errors, but it failed: %s."
              .formatted(metadata.statusReason()));
    }
    return this;
  }

  private SessionTimeline session() {
    isNotNull();
    return actual;
  }

  private AssertionError failed(String why) {
    return failure("%s%n%n%s", why, actual.toText(WIDTH));
  }
}
