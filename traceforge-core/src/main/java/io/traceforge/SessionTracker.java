package io.traceforge;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Says where in a session a program is: which session, which step, for which parent trace, in which
 * state.
 *
 * <pre>{@code
 * session.setState("user_query", "Book a flight to Paris");
 * send(client, planRequest); // step 0
 * session.nextStep();
 * session.setState("tool_called", "search_flights");
 * send(client, toolRequest); // step 1
 * session.end();
 * }</pre>
 *
 * <p>A tracker made by {@link TraceForge} tells it when the session ends. A tracker made by {@code
 * new SessionTracker()} stands alone: it makes the headers of {@link #getHeaders()} for any HTTP
 * client and records nothing.
 *
 * <p>Safe for use by many threads. A call takes its {@link #context()} when it is made; what
 * changes later does not move it.
 */
public final class SessionTracker implements AutoCloseable {
  private enum Phase {
    NEW,
    STARTED,
    ENDED
  }

  /** More would tell little, and causes may form a circle. */
  private static final int MOST_CAUSES = 5;

  /** It is shown in lists; an exception's message may hold a whole answer. */
  private static final int LONGEST_REASON = 2_000;

  private final @Nullable TraceForge owner;
  private final int maxSteps;
  private volatile SessionContext context;
  private Phase phase = Phase.NEW;
  private boolean failed;

  /** Creates a session with a random id at step 0, without state or parent. */
  public SessionTracker() {
    this(SessionIds.random());
  }

  /**
   * Creates a session at step 0, without state or parent.
   *
   * @param sessionId 1 to 128 visible ASCII characters
   * @throws IllegalArgumentException if the id is not of that form
   */
  public SessionTracker(String sessionId) {
    this(SessionContext.of(sessionId), null, Integer.MAX_VALUE);
  }

  SessionTracker(SessionContext context, @Nullable TraceForge owner, int maxSteps) {
    this.context = context;
    this.owner = owner;
    this.maxSteps = maxSteps;
  }

  /**
   * Begins the session. The first start keeps what was set before it; starting a session that has
   * begun ends it and begins another, with a new id, at step 0, without state or parent.
   */
  public synchronized void start() {
    if (phase != Phase.NEW) {
      end();
      context = SessionContext.of(SessionIds.random());
      failed = false;
    }
    phase = Phase.STARTED;
  }

  /**
   * Goes on to the next step. State and parent trace stay.
   *
   * @return the step's index
   * @throws IllegalStateException if the session has ended
   * @throws SessionStepLimitException if the session has had as many steps as it may have
   */
  public synchronized int nextStep() {
    requireNotEnded();
    int next = context.stepIndex() + 1;
    if (next >= maxSteps) {
      throw new SessionStepLimitException(context.sessionId(), maxSteps);
    }
    context = context.withStep(next);
    return next;
  }

  /**
   * Sets a value of the state. The value is converted to JSON at once, so later changes to the
   * object change nothing.
   *
   * @param key the name of the value
   * @param value a string, number, boolean, list, map, array, record, enum, a Gson {@code
   *     JsonElement}, an object with fields, or {@code null} for JSON null; an {@code Optional} is
   *     its value or JSON null; dates, times, paths and URIs are written as text, an exception as
   *     its class and message. Iterators, streams and other sequences that are no collections are
   *     refused
   * @throws StateTooLargeException if the whole state would be more than 10,240 bytes of UTF-8
   *     JSON; it stays as it was
   * @throws IllegalArgumentException if the value cannot be written as JSON
   * @throws IllegalStateException if the session has ended
   */
  public void setState(String key, @Nullable Object value) {
    Objects.requireNonNull(key, "key");
    change(context -> context.withState(key, value));
  }

  /** Returns the state: a fresh copy at each call. */
  public JsonObject getState() {
    return context.state();
  }

  /**
   * Sets the trace that the calls to come are made for. It stays through all steps until changed.
   *
   * @param traceId a trace's id, as in the response header {@link SessionHeaders#TRACE_ID}; {@code
   *     null} for none
   * @throws IllegalArgumentException if the id is not 1 to 128 visible ASCII characters
   * @throws IllegalStateException if the session has ended
   */
  public void setParentTraceId(@Nullable String traceId) {
    change(context -> context.withParentTraceId(traceId));
  }

  /** Returns the trace that the calls to come are made for, or {@code null} if there is none. */
  public @Nullable String getParentTraceId() {
    return context.parentTraceId();
  }

  /**
   * Returns the trace of this session's last call whose request was sent: what a sub-agent's
   * session or the next step is made for, where a client library does not show the response's
   * headers. Of parallel calls it is any. Of a {@linkplain TraceForge#resumeSession resumed}
   * session without further calls it is the newest that is stored, by step and start.
   *
   * @return a trace's id, or {@code null} if there was no call, or if nobody records this session
   */
  public @Nullable String getLastTraceId() {
    return owner == null ? null : owner.lastTraceId(context.sessionId());
  }

  /** Returns the session's id. */
  public String getSessionId() {
    return context.sessionId();
  }

  /** Returns the step, from 0. */
  public int getCurrentStep() {
    return context.stepIndex();
  }

  /**
   * Returns the request headers that tell a server of this session (see {@link SessionHeaders}).
   */
  public Map<String, String> getHeaders() {
    return context.headers();
  }

  /** Returns where the session is now. */
  public SessionContext context() {
    return context;
  }

  /**
   * Ends the session. Step and state are stored as they are now. Ending it again does nothing;
   * calls still under way are recorded in it.
   */
  public synchronized void end() {
    if (phase != Phase.ENDED) {
      phase = Phase.ENDED;
      tellEnd(null);
    }
  }

  /**
   * Ends the session as failed, for a reason that names the exception and its causes. It counts
   * after {@link #end()} too, as a {@code catch} block runs after try-with-resources has closed the
   * session; of several reasons the first one counts.
   */
  public synchronized void fail(Throwable reason) {
    Objects.requireNonNull(reason, "reason");
    if (!failed) {
      failed = true;
      phase = Phase.ENDED;
      tellEnd(describe(reason));
    }
  }

  /** Does what {@link #end()} does. */
  @Override
  public void close() {
    end();
  }

  /**
   * Returns a session of its own for a sub-agent, all of whose steps are made for one of this
   * session's traces. It is recorded where this one is.
   *
   * @param parentTraceId the trace for which the sub-agent works, or {@code null} if there is none,
   *     as when recording is switched off and responses name no trace
   * @throws IllegalArgumentException if the id is not 1 to 128 visible ASCII characters
   */
  public SessionTracker newChildSession(@Nullable String parentTraceId) {
    return new SessionTracker(
        SessionContext.of(SessionIds.random()).withParentTraceId(parentTraceId), owner, maxSteps);
  }

  /** Returns what records this session, or empty if the tracker stands alone. */
  public Optional<TraceForge> traceForge() {
    return Optional.ofNullable(owner);
  }

  /** Makes this session the current one of this thread until the scope is closed. */
  public SessionScope makeCurrent() {
    return SessionScope.open(this);
  }

  /** Returns the session that is current on this thread, or empty if none is. */
  public static Optional<SessionTracker> current() {
    return Optional.ofNullable(SessionScope.currentSession());
  }

  /** Computes something with this session current on this thread. */
  public <T extends @Nullable Object, X extends Exception> T call(ThrowingSupplier<T, X> work)
      throws X {
    try (SessionScope scope = makeCurrent()) {
      return work.get();
    }
  }

  /** Does something with this session current on this thread. */
  public <X extends Exception> void run(ThrowingRunnable<X> work) throws X {
    try (SessionScope scope = makeCurrent()) {
      work.run();
    }
  }

  /**
   * Works in this session, which is current on this thread meanwhile, and ends it: an exception
   * fails it and is thrown on. For sub-agents, for resumed sessions, for ids of one's own; a {@code
   * try} with resources would end a session without knowing of an exception.
   *
   * @return what the work returned
   */
  public <T extends @Nullable Object, X extends Exception> T runToEnd(SessionFunction<T, X> work)
      throws X {
    try {
      return call(() -> work.apply(this));
    } catch (Throwable failure) {
      fail(failure);
      throw failure;
    } finally {
      end();
    }
  }

  /** Returns an executor that runs its tasks on another's threads with this session current. */
  public Executor wrap(Executor executor) {
    return task -> executor.execute(here(task));
  }

  /** Returns an executor that runs its tasks on another's threads with this session current. */
  public ExecutorService wrap(ExecutorService executor) {
    return new SessionExecutor(this::here, executor);
  }

  private Runnable here(Runnable task) {
    return () -> run(task::run);
  }

  /**
   * Returns a task that runs, whenever and wherever, with the session current that is current now
   * on this thread; the task itself if none is. It takes the session's step and state as they are
   * when it runs.
   */
  public static Runnable wrapCurrent(Runnable task) {
    SessionTracker session = SessionScope.currentSession();
    return session == null ? task : session.here(task);
  }

  /**
   * Returns an executor that runs each task on another's threads with the session current that was
   * current on the thread that handed it over: one executor for all sessions of a server.
   */
  public static Executor wrapCurrent(Executor executor) {
    return task -> executor.execute(wrapCurrent(task));
  }

  /**
   * Returns an executor that runs each task on another's threads with the session current that was
   * current on the thread that handed it over: one executor for all sessions of a server.
   */
  public static ExecutorService wrapCurrent(ExecutorService executor) {
    return new SessionExecutor(SessionTracker::wrapCurrent, executor);
  }

  private synchronized void change(UnaryOperator<SessionContext> change) {
    requireNotEnded();
    context = change.apply(context);
  }

  private void requireNotEnded() {
    if (phase == Phase.ENDED) {
      throw new IllegalStateException(
          "session " + context.sessionId() + " has ended; call start() to begin another");
    }
  }

  private void tellEnd(@Nullable String failure) {
    if (owner != null) {
      owner.sessionEnded(context, failure);
    }
  }

  private static String describe(Throwable reason) {
    StringBuilder text = new StringBuilder(describeAlone(reason));
    Throwable cause = reason.getCause();
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      text.append("; caused by ").append(describeAlone(cause));
      cause = cause.getCause();
    }
    return text.length() <= LONGEST_REASON
        ? text.toString()
        : text.substring(0, LONGEST_REASON) + "…";
  }

  /** Without a message that only repeats the cause, as a wrapper has by default. */
  private static String describeAlone(Throwable reason) {
    String name = reason.getClass().getName();
    String message = reason.getMessage();
    Throwable cause = reason.getCause();
    boolean repeats =
        cause != null && message != null && message.startsWith(cause.getClass().getName());
    return message == null || repeats ? name : name + ": " + message;
  }

  @Override
  public String toString() {
    return "SessionTracker" + context.toString().substring("SessionContext".length());
  }
}
