package io.traceforge;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs every task with a session current, on the threads of another executor. */
final class SessionExecutor extends AbstractExecutorService {
  private final SessionTracker session;
  private final ExecutorService delegate;

  SessionExecutor(SessionTracker session, ExecutorService delegate) {
    this.session = session;
    this.delegate = delegate;
  }

  @Override
  public void execute(Runnable task) {
    delegate.execute(() -> session.run(task::run));
  }

  @Override
  public void shutdown() {
    delegate.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return delegate.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return delegate.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return delegate.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return delegate.awaitTermination(timeout, unit);
  }
}
