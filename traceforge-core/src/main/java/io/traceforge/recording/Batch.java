package io.traceforge.recording;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.trace.Trace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the writer has taken from the queue and not yet stored. A call's start and end that meet
 * here become one trace.
 */
final class Batch {
  private static final int ENTRIES_AT_ONCE = 20;
  private static final long LONGEST_NANOS = 100_000_000;

  private final int maxEntries;
  private final long maxBytes;
  private final AtomicInteger ends;
  private final Map<String, QueuedCall> calls = new LinkedHashMap<>();
  private final Map<String, Trace> traces = new LinkedHashMap<>();
  private final List<SessionUpdate> updates = new ArrayList<>();
  private long bytes;
  private int entries;

  /**
   * An empty batch.
   *
   * @param ends counts the calls in it that have ended; read by other threads
   */
  Batch(int maxEntries, long maxBytes, AtomicInteger ends) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
    this.ends = ends;
  }

  /**
   * Takes entries up to the limits, and makes traces of those that are new. It takes no more when
   * that has gone on for a while: in a program that has just begun, or on a busy machine, what is
   * done would wait long for the rest, and a kill would lose it.
   */
  void fill(EntryQueue queue, Function<QueuedCall, @Nullable Trace> assemble) {
    long begun = System.nanoTime();
    List<String> fresh;
    do {
      fresh = take(queue);
      fresh.stream().distinct().forEach(id -> assemble(id, assemble));
    } while (!fresh.isEmpty() && System.nanoTime() - begun < LONGEST_NANOS);
  }

  /** Takes the facts of all that waits, whatever the limits. For calls there is no time. */
  void fillWithFacts(EntryQueue queue, Consumer<QueuedCall> drop) {
    for (QueueEntry entry = queue.poll(); entry != null; entry = queue.poll()) {
      entries++;
      if (entry instanceof QueuedCall call) {
        drop.accept(call);
      } else if (entry instanceof QueuedUpdate update) {
        updates.add(update.redacted());
      }
    }
  }

  /** Takes some entries; returns the ids of traces among them. */
  private List<String> take(EntryQueue queue) {
    List<String> fresh = new ArrayList<>();
    while (fresh.size() < ENTRIES_AT_ONCE && hasRoom(fresh.size())) {
      QueueEntry entry = queue.poll();
      if (entry == null) {
        break;
      }
      entries++;
      if (entry instanceof QueuedCall call) {
        bytes += sizeOf(call.exchange().responseBody()) + sizeOf(call.exchange().requestBody());
        put(call);
        fresh.add(call.exchange().traceId());
      } else if (entry instanceof QueuedUpdate update) {
        updates.add(update.redacted());
      }
    }
    return fresh;
  }

  private boolean hasRoom(int fresh) {
    return traces.size() + fresh + updates.size() < maxEntries && bytes < maxBytes;
  }

  private void put(QueuedCall call) {
    QueuedCall replaced = calls.put(call.exchange().traceId(), call);
    ends.addAndGet(endsIn(call) - endsIn(replaced));
    if (replaced != null) {
      replaced.done();
    }
  }

  private static int endsIn(@Nullable QueuedCall call) {
    return call != null && call.isEnd() ? 1 : 0;
  }

  private void assemble(String id, Function<QueuedCall, @Nullable Trace> assemble) {
    QueuedCall call = calls.get(id);
    Trace trace = call == null ? null : assemble.apply(call);
    if (trace == null) {
      remove(id);
    } else {
      traces.put(id, trace);
    }
  }

  private static long sizeOf(@Nullable BodyCapture capture) {
    return capture == null ? 0 : capture.size();
  }

  Collection<Trace> traces() {
    return List.copyOf(traces.values());
  }

  List<SessionUpdate> updates() {
    return List.copyOf(updates);
  }

  /** Takes a trace out, stored or given up. */
  @Nullable QueuedCall remove(Trace trace) {
    return remove(trace.id());
  }

  private @Nullable QueuedCall remove(String id) {
    traces.remove(id);
    QueuedCall call = calls.remove(id);
    ends.addAndGet(-endsIn(call));
    return call;
  }

  void remove(SessionUpdate update) {
    updates.remove(update);
  }

  boolean hasTraces() {
    return !traces.isEmpty();
  }

  boolean hasTracesOf(String sessionId) {
    return traces.values().stream().anyMatch(trace -> sessionId.equals(trace.sessionId()));
  }

  boolean isEmpty() {
    return traces.isEmpty() && updates.isEmpty();
  }

  /** Returns how many queue entries have gone into this batch. */
  int entries() {
    return entries;
  }
}
