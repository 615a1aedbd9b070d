package io.traceforge.benchmarks.storage;

import java.nio.file.Path;
import java.util.List;

/** Somebody who keeps calls in a file. */
interface Store extends AutoCloseable {
  /** Stores calls; they need not be durable before this is closed. */
  void store(List<Exchange> calls);

  Path file();

  /** Stores what is left, and leaves one file behind. */
  @Override
  void close();
}
