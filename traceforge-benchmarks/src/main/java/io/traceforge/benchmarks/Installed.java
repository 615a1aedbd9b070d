package io.traceforge.benchmarks;

import okhttp3.Call;

/** A contender at work on one client. */
interface Installed extends AutoCloseable {
  Call.Factory calls();

  /** Lets work in the background be done and its results be forgotten. Never measured. */
  void settle();

  /** Ends it; throws if not all calls were recorded, as dropping them would be too cheap. */
  @Override
  void close();

  static Installed bare(Call.Factory calls) {
    return of(calls, () -> {}, () -> {});
  }

  static Installed of(Call.Factory calls, Runnable settle, Runnable close) {
    return new Installed() {
      @Override
      public Call.Factory calls() {
        return calls;
      }

      @Override
      public void settle() {
        settle.run();
      }

      @Override
      public void close() {
        close.run();
      }
    };
  }
}
