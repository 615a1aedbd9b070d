package io.traceforge.benchmarks.storage;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids as cheap as they can be: who compares with us should not have to pay for them. */
final class Ids {
  private Ids() {}

  static String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
