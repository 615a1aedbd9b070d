package io.traceforge;

import io.traceforge.internal.RecordingAccess;
import io.traceforge.pricing.Cost;
import io.traceforge.recording.CallRecording;
import io.traceforge.recording.Recorder;
import io.traceforge.recording.RecorderStats;
import io.traceforge.recording.SessionPosition;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageException;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.FinalState;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records the LLM calls of this program and groups them into sessions.
 *
 * <pre>{@code
 * try (TraceForge traceForge = TraceForge.open("sqlite:traces.db")) {
 *   String sessionId =
 *       traceForge.runSession(
 *           session -> {
 *             OkHttpClient client = TraceForgeOkHttp.instrument(new OkHttpClient(), session);
 *             session.setState("user_query", "Book a flight to Paris");
 *             send(client, request);
 *             return session.getSessionId();
 *           });
 *   System.out.println(traceForge.storage().listTracesBySession(sessionId));
 * }
 * }</pre>
 *
 * <p>One instance serves the whole program; it is safe for use by many threads. Close it at the
 * end: what is pending is stored then, and also when the JVM exits without a close.
 */
public final class TraceForge implements AutoCloseable {
  static {
    RecordingAccess.set(
        new RecordingAccess<TraceForge, SessionContext, CallRecording>() {
          @Override
          public @Nullable SessionContext contextOf(
              TraceForge traceForge,
              Function<String, @Nullable String> header,
              @Nullable SessionContext known) {
            return traceForge.resolveContext(header, known);
          }

          @Override
          public CallRecording begin(TraceForge traceForge, @Nullable SessionContext context) {
            return traceForge.beginCall(context);
          }

          @Override
          public void failed(TraceForge traceForge, Throwable failure) {
            traceForge.recorder.internalError("A call could not be recorded", failure);
          }
        });
  }

  private final TraceForgeConfig config;
  private final Recorder recorder;
  private final StorageBackend backend;
  private final StorageBackend storage;
  private final ContextResolver resolver;

  TraceForge(TraceForgeConfig config, StorageBackend backend, Recorder recorder) {
    this.config = config;
    this.recorder = recorder;
    this.backend = backend;
    this.storage = new FlushingStorage(backend, recorder);
    this.resolver = new ContextResolver(recorder);
  }

  /**
   * Records into the storage that a URL names, such as {@code sqlite:traces.db} or {@code memory:}.
   *
   * @throws StorageException if the storage cannot be opened; the message says why
   */
  public static TraceForge open(String storageUrl) {
    return builder().storage(storageUrl).build();
  }

  /**
   * Records as the process's environment says (see {@link TraceForgeBuilder#fromEnvironment()}).
   */
  public static TraceForge fromEnvironment() {
    return builder().fromEnvironment().build();
  }

  /** Returns a builder with the defaults that its methods name. */
  public static TraceForgeBuilder builder() {
    return new TraceForgeBuilder();
  }

  /** Returns a session with a random id. It is ready for use; start it, or just go on. */
  public SessionTracker newSession() {
    return tracker(SessionContext.of(SessionIds.random()));
  }

  /**
   * Returns a session with the given id: for ids that come from elsewhere, as a job's number. If a
   * session of this id is stored already, calls go into that one, from step 0 on, and a failure
   * that was told stays; to go on where it stands, call {@link #resumeSession}.
   *
   * @param sessionId 1 to 128 visible ASCII characters
   * @throws IllegalArgumentException if the id is not of that form
   */
  public SessionTracker newSession(String sessionId) {
    return tracker(SessionContext.of(sessionId));
  }

  /** Returns a session with a random id, started. */
  public SessionTracker startSession() {
    return started(SessionContext.of(SessionIds.random()));
  }

  /**
   * Works in a session of its own, which is current on this thread meanwhile. The session ends with
   * the work; an exception fails it and is thrown on.
   *
   * @return what the work returned
   */
  public <T extends @Nullable Object, X extends Exception> T runSession(SessionFunction<T, X> work)
      throws X {
    return startSession().runToEnd(work);
  }

  /**
   * Returns a stored session, to go on where it stands: with the step and the state in which it
   * ended, or with those of its last call if it never ended or calls of later steps came after its
   * end; with its last call's parent trace, and with that call as its {@link
   * SessionTracker#getLastTraceId last}. If it had ended, it has not any more. With recording
   * switched off nothing is stored, so the session begins at step 0.
   *
   * <p>A session that never ended may be at work in another process, which cannot be seen from
   * here: two that go on with one session at the same time give its calls the same numbers. A call
   * that was under way when a process died stays {@code IN_PROGRESS}.
   *
   * @throws NoSuchElementException if no such session is stored
   * @throws StorageException if the storage cannot be read
   */
  public SessionTracker resumeSession(String sessionId) {
    if (!config.enabled()) {
      return started(SessionContext.of(sessionId));
    }
    SessionMetadata metadata =
        storage
            .getSessionMetadata(sessionId)
            .orElseThrow(() -> new NoSuchElementException("no session \"" + sessionId + "\""));
    TraceQuery last = TraceQuery.ofSession(sessionId).reversed().withLimit(1);
    Trace newest = backend.listTraces(last).items().stream().findFirst().orElse(null);
    SessionContext context =
        newest == null ? SessionContext.of(sessionId) : contextOf(sessionId, newest);
    FinalState stood = metadata.finalState();
    if (stood != null && stood.stepIndex() >= context.stepIndex()) {
      context = at(context, stood.stepIndex(), stood.stateJson());
    }
    recorder.resumeSession(
        sessionId, metadata.lastCallNumber(), newest == null ? null : newest.id());
    return started(context);
  }

  private static SessionContext contextOf(String sessionId, Trace trace) {
    SessionContext context = SessionContext.of(sessionId).withParentTraceId(trace.parentTraceId());
    return at(context, trace.stepIndex(), trace.stateJson());
  }

  private static SessionContext at(SessionContext context, int step, String stateJson) {
    SessionState state = SessionState.parse(stateJson);
    SessionContext there = context.withStep(step);
    return state == null ? there : there.withState(state);
  }

  /**
   * Returns the storage. Before it reads or deletes, what is pending is stored, so that it tells
   * all that has ended, as do its search and its retention, {@code usedBytes} included; it waits 5
   * s at most for a storage that is down. Closing it does nothing: {@link #close} does.
   *
   * <p>What is recorded has been redacted when it comes here. What the caller saves here himself is
   * stored as it is: redact it first, as an import does.
   */
  public StorageBackend storage() {
    return storage;
  }

  /**
   * Returns what a session has cost so far, by the prices that this instance was set up with. For
   * the cost of a trace, a step or a timeline ask {@code config().prices()}.
   *
   * <p>A session of which nothing is stored has cost nothing: a budget may be asked for before the
   * first call. For stored sessions {@link io.traceforge.pricing.PriceBook#costOf(StorageBackend,
   * String)} tells a wrong id from one without calls.
   *
   * @throws StorageException if the storage cannot be read
   */
  public Cost costOf(String sessionId) {
    return storage.getSessionMetadata(sessionId).isEmpty()
        ? Cost.ZERO
        : config.prices().costOf(storage, sessionId);
  }

  /**
   * Waits until all that has ended so far is stored.
   *
   * @return whether it was within the timeout
   */
  public boolean flush(Duration timeout) {
    return recorder.flush(timeout);
  }

  /** Returns what was recorded and what was lost so far; after the close, too. */
  public RecorderStats stats() {
    return recorder.stats();
  }

  /** Returns how this instance was set up. */
  public TraceForgeConfig config() {
    return config;
  }

  @Nullable SessionContext resolveContext(
      Function<String, @Nullable String> header, @Nullable SessionContext known) {
    SessionContext context = resolver.fromHeaders(header);
    if (context != null || known != null) {
      return context != null ? context : known;
    }
    SessionTracker current = SessionScope.currentSession();
    if (current != null) {
      return current.context();
    }
    return config.autoSessionId() ? SessionContext.fresh() : null;
  }

  CallRecording beginCall(@Nullable SessionContext context) {
    return recorder.begin(
        context == null
            ? SessionPosition.NONE
            : new SessionPosition(
                context.sessionId(),
                context.stepIndex(),
                context.parentTraceId(),
                context.stateJson(),
                context.isFresh()));
  }

  /**
   * Stores what is pending and closes the storage, within the close timeout, whatever the storage
   * does. Clients go on working; their calls are not recorded any more, only counted. Closing again
   * does nothing.
   *
   * <p>What is not stored when the last quarter of that time begins, or its last second if that is
   * shorter, is given up. It counts as lost in {@link #stats()} and in its session's metadata; in
   * the latter only once the storage works again, if it does not.
   */
  @Override
  public void close() {
    recorder.close();
  }

  /** Returns whether calls are recorded: not with recording switched off, nor after the close. */
  public boolean isRecording() {
    return config.enabled() && !recorder.isClosed();
  }

  @Nullable String lastTraceId(String sessionId) {
    return recorder.lastTraceId(sessionId);
  }

  private SessionTracker started(SessionContext context) {
    SessionTracker session = tracker(context);
    session.start();
    return session;
  }

  private SessionTracker tracker(SessionContext context) {
    return new SessionTracker(context, this, config.sessionMaxSteps());
  }

  void sessionEnded(SessionContext context, @Nullable String failure) {
    Instant now = Instant.now();
    String sessionId = context.sessionId();
    SessionUpdate end =
        failure == null
            ? SessionUpdate.ended(sessionId, now)
            : SessionUpdate.failed(sessionId, now, failure);
    recorder.updateSession(
        end.withFinalState(FinalState.of(context.stepIndex(), context.stateJson())));
  }
}
