package io.traceforge.recording;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes that all captures and the queue hold together. */
final class ByteBudget {
  private final long limit;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong cutBodies = new AtomicLong();

  ByteBudget(long limit) {
    this.limit = limit;
  }

  boolean tryAcquire(long bytes) {
    if (used.addAndGet(bytes) <= limit) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  void release(long bytes) {
    used.addAndGet(-bytes);
  }

  /** Takes note that a body is kept in part only, for want of budget. */
  void cutBody() {
    cutBodies.incrementAndGet();
  }

  long cutBodies() {
    return cutBodies.get();
  }

  long used() {
    return used.get();
  }
}
