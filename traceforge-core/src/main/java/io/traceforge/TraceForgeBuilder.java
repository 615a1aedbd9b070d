package io.traceforge;

import io.traceforge.pricing.PriceBook;
import io.traceforge.recording.OverflowPolicy;
import io.traceforge.recording.Recorder;
import io.traceforge.recording.RecorderOptions;
import io.traceforge.redaction.Redactor;
import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.RetentionPolicy;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Sets up a {@link TraceForge}. Not safe for use by many threads at once. */
public final class TraceForgeBuilder {
  private static final String DEFAULT_STORAGE = "sqlite:traceforge.db";

  private final TraceForgeConfig.Builder config = TraceForgeConfig.builder();
  private final RecorderOptions.Builder recorder = RecorderOptions.builder();
  private Supplier<StorageBackend> storage = () -> StorageBackend.open(DEFAULT_STORAGE);

  TraceForgeBuilder() {}

  /**
   * Stores traces where a URL says, such as {@code sqlite:traces.db} or {@code memory:}; default
   * {@code sqlite:traceforge.db} in the working directory.
   */
  public TraceForgeBuilder storage(String url) {
    Objects.requireNonNull(url, "url");
    storage = () -> StorageBackend.open(url);
    return this;
  }

  /** Stores traces in a backend, which is closed together with the {@link TraceForge}. */
  public TraceForgeBuilder storage(StorageBackend backend) {
    Objects.requireNonNull(backend, "backend");
    storage = () -> backend;
    return this;
  }

  /** Switches recording off altogether: clients stay as they are, storage stays empty. */
  public TraceForgeBuilder enabled(boolean enabled) {
    config.enabled(enabled);
    return this;
  }

  /** Sets whether a call that belongs to no session gets one of its own; default true. */
  public TraceForgeBuilder autoSessionId(boolean auto) {
    config.autoSessionId(auto);
    return this;
  }

  /**
   * Sets how long a session may be silent before it counts as over; default one hour. It is kept
   * with each session that is recorded; of sessions that others recorded it changes nothing.
   */
  public TraceForgeBuilder sessionTimeout(Duration timeout) {
    return checked(recorder.sessionTimeout(timeout));
  }

  /**
   * Sets how many steps a session may have before {@link SessionTracker#nextStep} throws, which
   * stops a runaway agent; default no limit.
   *
   * @throws IllegalArgumentException if the number is not positive
   */
  public TraceForgeBuilder sessionMaxSteps(int steps) {
    if (steps <= 0) {
      throw new IllegalArgumentException("sessionMaxSteps: expected more than 0, got " + steps);
    }
    config.sessionMaxSteps(steps);
    return this;
  }

  /**
   * Sends the state to these hosts, besides loopback, and ids to every host: takes the place of
   * what {@link #headerPropagation} or an earlier call of this has set.
   *
   * @param hosts host names, without port, compared without regard to case
   */
  public TraceForgeBuilder propagateStateTo(String... hosts) {
    return headerPropagation(HeaderPropagation.stateTo(hosts));
  }

  /** Sets which headers requests carry; default ids to all hosts, state to loopback only. */
  public TraceForgeBuilder headerPropagation(HeaderPropagation propagation) {
    config.headerPropagation(propagation);
    return this;
  }

  /** Sets the prices by which costs are computed; default {@link PriceBook#standard()}. */
  public TraceForgeBuilder prices(PriceBook prices) {
    Objects.requireNonNull(prices, "prices");
    config.priceSource(() -> prices);
    return this;
  }

  /**
   * Sets what is taken out of all that is stored; default {@link Redactor#secrets()}. What your
   * program sends and receives stays as it is.
   */
  public TraceForgeBuilder redactor(Redactor redactor) {
    recorder.redactor(redactor);
    return this;
  }

  /**
   * Deletes old sessions by itself, while recording goes on: at once, then every minute, and as
   * soon as there is more than {@link RetentionPolicy#maxBytes()}. In that case it deletes a tenth
   * more than it must, so as not to begin again with the next call. Where only sessions in progress
   * are left, which are never deleted, there may be more; it then looks again every minute and
   * whenever a tenth more has come. By default nothing is deleted. See {@link
   * StorageBackend#retention()} to do so at a time of one's own.
   */
  public TraceForgeBuilder retention(RetentionPolicy policy) {
    return retention(policy, Duration.ofMinutes(1));
  }

  /**
   * Does what {@link #retention(RetentionPolicy)} does, but so often instead of every minute.
   *
   * @throws IllegalArgumentException if the interval is less than a millisecond or more than 36,500
   *     days
   */
  public TraceForgeBuilder retention(RetentionPolicy policy, Duration every) {
    Objects.requireNonNull(policy, "policy");
    return checked(recorder.retention(policy).retentionInterval(every));
  }

  /** Sets how many bytes of one body are kept; default 8 MiB. */
  public TraceForgeBuilder maxBodyBytes(int bytes) {
    return checked(recorder.maxBodyBytes(bytes));
  }

  /**
   * Sets how many bytes all captures and the queue may hold together; default an eighth of the
   * memory that the JVM may use, but 64 MiB at most. A body that finds no room is cut, whatever the
   * {@link #overflowPolicy}.
   */
  public TraceForgeBuilder maxBufferedBytes(long bytes) {
    return checked(recorder.maxBufferedBytes(bytes));
  }

  /** Sets how many entries may wait to be stored, of two at most for a call; default 10,000. */
  public TraceForgeBuilder queueCapacity(int entries) {
    return checked(recorder.queueCapacity(entries));
  }

  /** Sets what happens when the queue is full; default {@link OverflowPolicy#DROP_NEWEST}. */
  public TraceForgeBuilder overflowPolicy(OverflowPolicy policy) {
    recorder.overflowPolicy(policy);
    return this;
  }

  /**
   * Sets how long {@link OverflowPolicy#BLOCK} waits for room; default 1 s. A call for which there
   * is none by then is lost.
   */
  public TraceForgeBuilder blockTimeout(Duration timeout) {
    return checked(recorder.blockTimeout(timeout));
  }

  /**
   * Sets how long {@link TraceForge#close} takes at most, and the exit of the JVM waits; default 5
   * s. What is not stored by then is given up, and told as lost.
   */
  public TraceForgeBuilder closeTimeout(Duration timeout) {
    return checked(recorder.closeTimeout(timeout));
  }

  /** Sets whether what is pending is stored when the JVM exits without a close; default true. */
  public TraceForgeBuilder shutdownHook(boolean install) {
    recorder.shutdownHook(install);
    return this;
  }

  /**
   * Takes over what the process's environment sets: {@code TRACEFORGE_ENABLED}, {@code
   * TRACEFORGE_STORAGE}, {@code TRACEFORGE_SESSION_AUTO_ID}, {@code TRACEFORGE_SESSION_TIMEOUT_MS},
   * {@code TRACEFORGE_SESSION_MAX_STEPS} and {@code TRACEFORGE_PRICES} (a file whose prices
   * override the standard ones). An empty variable counts as absent.
   *
   * @throws IllegalArgumentException if a value cannot be read; the message names the variable, the
   *     value and what is expected
   */
  public TraceForgeBuilder fromEnvironment() {
    return fromEnvironment(System.getenv());
  }

  /** Does what {@link #fromEnvironment()} does, with variables from elsewhere. */
  public TraceForgeBuilder fromEnvironment(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    environment.truth("TRACEFORGE_ENABLED", this::enabled);
    environment.text("TRACEFORGE_STORAGE", this::storageOfEnvironment);
    environment.truth("TRACEFORGE_SESSION_AUTO_ID", this::autoSessionId);
    environment.positive(
        "TRACEFORGE_SESSION_TIMEOUT_MS",
        "milliseconds",
        millis -> sessionTimeout(Duration.ofMillis(millis)));
    environment.positive(
        "TRACEFORGE_SESSION_MAX_STEPS",
        "steps",
        steps -> sessionMaxSteps((int) Math.min(steps, Integer.MAX_VALUE)));
    environment.text("TRACEFORGE_PRICES", this::pricesOfEnvironment);
    return this;
  }

  private void storageOfEnvironment(String url) {
    storage =
        () -> {
          try {
            return StorageBackend.open(url);
          } catch (StorageException failure) {
            throw new StorageException("TRACEFORGE_STORAGE: " + failure.getMessage(), failure);
          }
        };
  }

  private void pricesOfEnvironment(String file) {
    try {
      prices(PriceBook.standard().with(PriceBook.load(Path.of(file))));
    } catch (IllegalArgumentException | UncheckedIOException wrong) {
      throw new IllegalArgumentException("TRACEFORGE_PRICES: " + wrong.getMessage(), wrong);
    }
  }

  /** A bad value is told where it is given, not when everything is put together. */
  private TraceForgeBuilder checked(RecorderOptions.Builder options) {
    options.build();
    return this;
  }

  /**
   * Opens the storage and starts recording.
   *
   * @throws StorageException if the storage cannot be opened
   * @throws IllegalArgumentException if there is a retention policy, and the storage has no
   *     retention; the storage is closed then
   */
  public TraceForge build() {
    TraceForgeConfig built = config.recorder(recorder.build()).build();
    if (!built.enabled()) {
      return new TraceForge(built, new InMemoryStorageBackend(), Recorder.off());
    }
    StorageBackend backend = storage.get();
    return new TraceForge(built, backend, start(backend, built.recorder()));
  }

  private static Recorder start(StorageBackend backend, RecorderOptions options) {
    try {
      return Recorder.start(backend, options);
    } catch (IllegalArgumentException wrong) {
      backend.close();
      throw wrong;
    }
  }
}
