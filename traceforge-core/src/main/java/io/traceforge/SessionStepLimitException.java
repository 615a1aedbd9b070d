package io.traceforge;

/** A session was refused another step because it has as many as it may have. */
public final class SessionStepLimitException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  SessionStepLimitException(String sessionId, int limit) {
    super(
        "session "
            + sessionId
            + " may have "
            + limit
            + " steps and has had them; raise TRACEFORGE_SESSION_MAX_STEPS if it is no runaway");
  }
}
