package io.traceforge.benchmarks.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A store with what it took so far. */
final class TimedStore implements AutoCloseable {
  private final String name;
  private final Store store;
  private final int share;
  private long nanos;
  private long calls;
  private long bytes;

  /**
   * Times a store.
   *
   * @param share of how many calls it stores one
   */
  TimedStore(String name, Store store, int share) {
    this.name = name;
    this.store = store;
    this.share = share;
  }

  void store(List<Exchange> all) {
    List<Exchange> some = all.subList(0, Math.max(1, all.size() / share));
    time(() -> store.store(some));
    calls += some.size();
    bytes += some.stream().mapToLong(Exchange::bytes).sum();
  }

  private void time(Runnable work) {
    long began = System.nanoTime();
    work.run();
    nanos += System.nanoTime() - began;
  }

  @Override
  public void close() {
    time(store::close);
  }

  String name() {
    return name;
  }

  long calls() {
    return calls;
  }

  double callsPerSecond() {
    return calls * 1e9 / nanos;
  }

  Path file() {
    return store.file();
  }

  /** Returns the file's size as a share of the bodies'. */
  double room() throws IOException {
    return (double) Files.size(store.file()) / bytes;
  }
}
