package io.traceforge.internal;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What adapters need of that which records, and its users do not: its class opens it here to
 * packages of ours. This package knows nothing of that class, as it would know this one too.
 *
 * @param <T> what records
 * @param <C> where in a session a call is made
 * @param <R> the recording of a call
 */
public abstract class RecordingAccess<T, C, R> {
  private static volatile @Nullable RecordingAccess<?, ?, ?> access;

  /** For the class that records alone. */
  protected RecordingAccess() {}

  /** Takes note of how to record; for the class that records alone. */
  public static void set(RecordingAccess<?, ?, ?> access) {
    RecordingAccess.access = access;
  }

  /** Returns how to record; to be asked by whoever has something that records. */
  public static RecordingAccess<?, ?, ?> get() {
    return Objects.requireNonNull(access);
  }

  /** Returns the context of a call, or {@code null} if it belongs to no session. */
  public abstract @Nullable C contextOf(
      T recording, Function<String, @Nullable String> header, @Nullable C known);

  /** Begins the recording of a call. */
  public abstract R begin(T recording, @Nullable C context);

  /** Takes note of a failure of ours that was kept from the caller. */
  public abstract void failed(T recording, Throwable failure);
}
