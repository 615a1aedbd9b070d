package io.traceforge.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What this thread has allocated, and no other. */
final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  static long bytesSoFar() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
