package io.traceforge.okhttp.contract;

/** How much a client is ready to take, of one stream or of all. */
final class Http2Window {
  private long size;

  Http2Window(long size) {
    this.size = size;
  }

  synchronized void grow(long by) {
    size += by;
    notifyAll();
  }

  /** Waits until there is room for a frame, and uses it up. */
  synchronized void take(long count) throws InterruptedException {
    while (size < count) {
      wait(10_000);
    }
    size -= count;
  }
}
