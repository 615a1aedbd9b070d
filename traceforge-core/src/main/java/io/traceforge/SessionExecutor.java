package io.traceforge;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Runs every task on the threads of another executor, with the session current that belongs to it.
 */
final class SessionExecutor extends AbstractExecutorService {
  private final UnaryOperator<Runnable> inSession;
  private final ExecutorService delegate;

  /**
   * Creates an executor.
   *
   * @param inSession gives a task its session, on the thread that hands it over
   */
  SessionExecutor(UnaryOperator<Runnable> inSession, ExecutorService delegate) {
    this.inSession = inSession;
    this.delegate = delegate;
  }

  @Override
  public void execute(Runnable task) {
    delegate.execute(inSession.apply(task));
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
