package io.traceforge.recording;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Numbers the calls of each session. A session that is silent past the timeout is forgotten, as
 * nobody may ever end it.
 */
final class LiveSessions {
  private final Cache<String, AtomicInteger> callNumbers;

  LiveSessions(Duration timeout) {
    callNumbers = Caffeine.newBuilder().executor(Runnable::run).expireAfterAccess(timeout).build();
  }

  /** Returns the number of a session's next call, from 1. */
  int nextCallNumber(String sessionId) {
    return callNumbers.get(sessionId, id -> new AtomicInteger()).incrementAndGet();
  }

  /** Goes on counting after the given number. */
  void resume(String sessionId, int lastCallNumber) {
    callNumbers
        .get(sessionId, id -> new AtomicInteger())
        .accumulateAndGet(lastCallNumber, Math::max);
  }
}
