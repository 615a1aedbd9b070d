package io.traceforge.storage.sqlite;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last request of each session: the next one mostly begins with the same bytes, so what was
 * found and stored of them need not be looked at again.
 */
final class LastRequests {
  private static final long MOST_BYTES = 32L << 20;
  private static final int SHARE_OF_MEMORY = 32;

  private final Cache<Long, KeptRequest> requests =
      Caffeine.newBuilder()
          .maximumWeight(Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY))
          .weigher((Long holder, KeptRequest request) -> request.cut().weight())
          .executor(Runnable::run)
          .build();
  private final Map<Long, KeptRequest> fresh = new HashMap<>();

  /** Returns the last request of a session, or {@code null} if it is not known. */
  @Nullable KeptRequest of(Holder holder) {
    KeptRequest request = fresh.get(holder.number());
    return request == null ? requests.getIfPresent(holder.number()) : request;
  }

  /** Takes note of a request all of whose parts are stored. */
  void put(Holder holder, KeptRequest request) {
    fresh.put(holder.number(), request);
  }

  /** Begins a transaction. */
  void begin(boolean knownHolds) {
    fresh.clear();
    if (!knownHolds) {
      requests.invalidateAll();
    }
  }

  /** Keeps in mind what a transaction has stored, now that it is committed. */
  void committed() {
    requests.putAll(fresh);
    fresh.clear();
  }

  /** Forgets a session that is being deleted. */
  void forget(long holder) {
    requests.invalidate(holder);
    fresh.remove(holder);
  }
}
