package io.traceforge.okhttp;

import io.traceforge.export.TraceImport;
import io.traceforge.redaction.Redactor;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageException;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Answers calls from recordings, and never touches the network: a call that no recording answers
 * fails with a {@link ReplayMissException}. So a recorded session is a test that needs neither key
 * nor network.
 *
 * <pre>{@code
 * ReplayInterceptor replay = ReplayInterceptor.ofSession(storage, sessionId);
 * OkHttpClient offline = new OkHttpClient.Builder().addInterceptor(replay).build();
 * System.out.println(send(offline, request));
 * }</pre>
 *
 * <p>It belongs at the end of the application interceptors, as it asks none that stand behind it. A
 * client that is both instrumented and replays records what was replayed: {@link
 * TraceForgeOkHttp#instrument} sees to the order, whichever of the two came first. An interceptor
 * of {@link TraceForgeOkHttp#interceptor} must be added before this one.
 *
 * <p><b>Which recording?</b> The one that was asked the same (see {@link ReplayMatching}). Where
 * several were, each answers one call, in their order; so the attempts of a call that was repeated
 * after an error are repeated. A list and a file have their own order, a session that of its steps.
 * A request of which only a part was recorded matches nothing but in {@link
 * ReplayMatching#BY_STEP}; so does one with a body that reached no server, as bodies are recorded
 * while they are sent. A call that was still in progress when it was read is no recording.
 *
 * <p><b>What is answered?</b> Status, headers and body as recorded, streams byte for byte and event
 * by event. Left out are headers that tell of the connection, and those of length and encoding
 * where they no longer fit. Where a secret was taken out, the answer has {@code [REDACTED]}. A call
 * that failed fails again: with the same exception if it is one of the JDK's, else with an {@code
 * IOException} that tells it. An answer that was cut gives the bytes recorded, then the failure;
 * one that its caller closed or cancelled gives the bytes recorded, then an {@code IOException}
 * that says so, as nobody knows the rest. A body that was longer than the recorder keeps cannot be
 * replayed; such a call fails with an {@code IOException}.
 *
 * <p>Safe for use by many threads and clients.
 */
public final class ReplayInterceptor implements Interceptor {
  private final ReplayMatching matching;
  private final Recordings recordings;
  private final double pauses;

  private ReplayInterceptor(Builder builder) {
    this.matching = builder.matching;
    CallMatcher matcher =
        new CallMatcher(matching, IgnoredFields.of(builder.ignored), builder.redactor);
    this.recordings = new Recordings(builder.inOrder(), matcher, builder.repeatLast);
    this.pauses = builder.pauses;
  }

  /** Returns an interceptor that answers from traces, by content and without pauses. */
  public static ReplayInterceptor of(List<Trace> traces) {
    return builder().traces(traces).build();
  }

  /**
   * Returns an interceptor that answers from a stored session, by content and without pauses. If
   * the session made no calls, each call is a miss.
   *
   * @throws NoSuchElementException if no such session is stored
   * @throws StorageException if the storage fails
   */
  public static ReplayInterceptor ofSession(StorageBackend storage, String sessionId) {
    return builder().session(storage, sessionId).build();
  }

  /**
   * Returns an interceptor that answers from a JSONL file (see {@link io.traceforge.export}), by
   * content and without pauses.
   *
   * @throws IOException if the file cannot be read, or a line is no trace
   */
  public static ReplayInterceptor ofFile(Path file) throws IOException {
    return builder().file(file).build();
  }

  /** Returns a builder without recordings: add some. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Call call = chain.call();
    ReplayPace pace = new ReplayPace(chain, pauses);
    pace.await(null); // a call that is cancelled already uses no recording
    Trace recorded = recordings.take(ReplayedRequest.read(call, chain.request()));
    return ReplayedResponse.of(recorded, chain.request(), pace);
  }

  /**
   * Returns the recordings that have answered no call so far, in their order: those left at the end
   * of a test are calls that the program does not make any more.
   */
  public List<Trace> unused() {
    return recordings.unused();
  }

  /** Matching and counts only: what was said may be confidential, and this text may be logged. */
  @Override
  public String toString() {
    return "ReplayInterceptor{%s, recordings=%d, unused=%d}"
        .formatted(matching, recordings.size(), unused().size());
  }

  /**
   * Builds a {@link ReplayInterceptor}. Recordings of several sources are used one after another.
   */
  public static final class Builder {
    private static final Comparator<Trace> BY_STEP =
        Comparator.comparingInt(Trace::stepIndex)
            .thenComparingInt(Trace::callNumber)
            .thenComparing(Trace::startTime);

    private final List<List<Trace>> sources = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();
    private ReplayMatching matching = ReplayMatching.BY_CONTENT;
    private Redactor redactor = Redactor.secrets();
    private boolean repeatLast;
    private double pauses;

    private Builder() {}

    /** Adds traces. */
    public Builder traces(List<Trace> traces) {
      sources.add(traces.stream().filter(trace -> trace.status().isFinal()).toList());
      return this;
    }

    /**
     * Adds the traces of a stored session; none if it made no calls.
     *
     * @throws NoSuchElementException if no such session is stored
     * @throws StorageException if the storage fails
     */
    public Builder session(StorageBackend storage, String sessionId) {
      if (storage.getSessionMetadata(sessionId).isEmpty()) {
        throw new NoSuchElementException("no session \"" + sessionId + "\"");
      }
      return traces(storage.listTracesBySession(sessionId));
    }

    /**
     * Adds the traces of a JSONL file, one a line (see {@link io.traceforge.export}).
     *
     * @throws IOException if the file cannot be read, or a line is no trace
     */
    public Builder file(Path file) throws IOException {
      return traces(TraceImport.read(file));
    }

    /** Sets how calls find their recordings; by content unless set. */
    public Builder matching(ReplayMatching matching) {
      this.matching = Objects.requireNonNull(matching, "matching");
      return this;
    }

    /**
     * Leaves fields of JSON bodies out of the comparison, such as an id that is new in each run.
     *
     * @param jsonPointers paths such as {@code /metadata/run_id}; a star in the place of a name
     *     stands for each member or element
     * @throws IllegalArgumentException if one is no JSON pointer, or names the whole body
     */
    public Builder ignoring(String... jsonPointers) {
      List<String> more = List.of(jsonPointers);
      IgnoredFields.of(more);
      ignored.addAll(more);
      return this;
    }

    /**
     * Sets what takes the secrets out of calls before they are compared: it should be the one of
     * the recording. {@link Redactor#secrets()} unless set.
     */
    public Builder redactor(Redactor redactor) {
      this.redactor = Objects.requireNonNull(redactor, "redactor");
      return this;
    }

    /**
     * Sets what becomes of a call for which all recordings were used up: whether the last of them
     * is repeated. Unless set, it is a miss.
     */
    public Builder repeatLast(boolean repeat) {
      this.repeatLast = repeat;
      return this;
    }

    /**
     * Sets how long answers take, as a multiple of what they took when they were recorded: 0, the
     * default, for no pauses, 1 for those recorded. A trace tells when headers, first byte and end
     * came; the events of a stream are spread evenly between the last two. Cancelling the call and
     * the client's timeouts end a pause.
     *
     * @throws IllegalArgumentException if the factor is negative or not finite
     */
    public Builder pauses(double factor) {
      if (!(factor >= 0) || Double.isInfinite(factor)) {
        throw new IllegalArgumentException("factor: expected 0 or more, got " + factor);
      }
      this.pauses = factor;
      return this;
    }

    private List<Trace> inOrder() {
      Stream<Stream<Trace>> each = sources.stream().map(List::stream);
      return matching == ReplayMatching.BY_STEP
          ? each.flatMap(source -> source.sorted(BY_STEP)).toList()
          : each.flatMap(source -> source).toList();
    }

    /**
     * Returns the interceptor. What was added may have no calls: then each call is a miss.
     *
     * @throws IllegalStateException if nothing was added
     */
    public ReplayInterceptor build() {
      if (sources.isEmpty()) {
        throw new IllegalStateException("no recordings: call session, file or traces first");
      }
      return new ReplayInterceptor(this);
    }
  }
}
