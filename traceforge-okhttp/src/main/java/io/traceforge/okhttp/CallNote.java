package io.traceforge.okhttp;

import io.traceforge.SessionContext;
import io.traceforge.SessionTracker;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.stream.Stream;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one call: where it was made, and what records it while it is under way. It is
 * there as long as the call is, on whichever thread that runs.
 */
final class CallNote {
  /** Several, so that calls on many threads seldom wait for each other. Calls have no equals. */
  private static final List<Map<Call, CallNote>> notes =
      Stream.<Map<Call, CallNote>>generate(WeakHashMap::new).limit(16).toList();

  /** What a call may have taken, at most, until it came to an interceptor that is alone. */
  private static final long MOST_UNSEEN_NANOS = 1_000_000_000;

  private final @Nullable CallContexts madeBy;
  private final @Nullable SessionTracker tag;
  private final @Nullable SessionContext context;
  private final long madeAtNanos = System.nanoTime();
  private volatile @Nullable RecordedCall underWay;
  private volatile @Nullable Long cancelledAtNanos;

  private CallNote(
      @Nullable CallContexts madeBy,
      @Nullable SessionTracker tag,
      @Nullable SessionContext context) {
    this.madeBy = madeBy;
    this.tag = tag;
    this.context = context;
  }

  /** Takes note of a call that is being made. */
  static void make(
      Call call, CallContexts by, @Nullable SessionTracker tag, @Nullable SessionContext context) {
    CallNote note = new CallNote(by, tag, context);
    Map<Call, CallNote> some = notesWith(call);
    synchronized (some) {
      some.put(call, note);
    }
  }

  /** Returns the note of a call that has come to an interceptor. */
  static CallNote of(Call call) {
    Map<Call, CallNote> some = notesWith(call);
    synchronized (some) {
      return some.computeIfAbsent(call, unnoted -> new CallNote(null, null, null));
    }
  }

  /** Forgets a call that is over. Without it, the garbage collector has more to do. */
  static void forget(Call call) {
    Map<Call, CallNote> some = notesWith(call);
    synchronized (some) {
      some.remove(call);
    }
  }

  /**
   * Takes note that the caller cancels a call. It may take a while until the call's own thread
   * comes to know, and the caller may be making the next call then.
   */
  static void cancelled(Call call) {
    Map<Call, CallNote> some = notesWith(call);
    synchronized (some) {
      CallNote note = some.get(call);
      if (note != null) {
        note.cancelledAtNanos = System.nanoTime();
      }
    }
  }

  private static Map<Call, CallNote> notesWith(Call call) {
    return notes.get(System.identityHashCode(call) & (notes.size() - 1));
  }

  /** Returns whether the note was made when the call was. */
  boolean isMadeBy(CallContexts contexts) {
    return madeBy == contexts;
  }

  @Nullable SessionTracker tag() {
    return tag;
  }

  @Nullable SessionContext context() {
    return context;
  }

  /** Returns when the call was cancelled, by {@code System.nanoTime()}; now if nobody told. */
  long cancelledAtNanos() {
    long now = System.nanoTime(); // before it is asked: if told afterwards, it was later
    Long told = cancelledAtNanos;
    return told == null ? now : told;
  }

  /** Returns how long ago the call was made; a little more if only its coming here was seen. */
  long atMostNanosSinceMade() {
    long elapsed = System.nanoTime() - madeAtNanos;
    return madeBy == null ? elapsed + Math.min(elapsed / 3, MOST_UNSEEN_NANOS) : elapsed;
  }

  /** Returns what records the call at this moment, or null. */
  @Nullable RecordedCall underWay() {
    return underWay;
  }

  /** Says what records the call. It holds the call, so nothing may stay here when it is over. */
  void underWay(@Nullable RecordedCall recorded) {
    underWay = recorded;
  }
}
