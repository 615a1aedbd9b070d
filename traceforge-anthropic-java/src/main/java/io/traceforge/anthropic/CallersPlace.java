package io.traceforge.anthropic;

import io.traceforge.SessionContext;
import io.traceforge.adapter.ClientCalls;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The executor of an instrumented client. An asynchronous call goes to it at once, on the thread
 * that makes the call, and meets the interceptor on one of its threads: it takes along where the
 * caller stood.
 */
final class CallersPlace implements Executor {
  private record Noted(ClientCalls by, SessionContext context) {}

  private static final ThreadLocal<@Nullable Noted> noted = new ThreadLocal<>();

  private final Executor clients;
  private final ClientCalls calls;

  private CallersPlace(Executor clients, ClientCalls calls) {
    this.clients = clients;
    this.calls = calls;
  }

  /**
   * Returns an executor in place of a client's; of one that was ours already it takes the place.
   */
  static CallersPlace over(Executor clients, ClientCalls calls) {
    return new CallersPlace(clients instanceof CallersPlace ours ? ours.clients : clients, calls);
  }

  @Override
  public void execute(Runnable task) {
    Noted here = here();
    clients.execute(here == null ? task : () -> run(task, here));
  }

  private @Nullable Noted here() {
    try {
      Noted handedOn = noted.get();
      if (handedOn != null && handedOn.by() == calls) {
        return handedOn; // the client is still on its way to the interceptor
      }
      SessionContext context = calls.currentContext();
      return context == null ? null : new Noted(calls, context);
    } catch (Throwable failure) {
      calls.failed(failure);
      return null;
    }
  }

  private static void run(Runnable task, Noted here) {
    Noted before = noted.get();
    noted.set(here);
    try {
      task.run();
    } finally {
      restore(before);
    }
  }

  private static void restore(@Nullable Noted before) {
    if (before == null) {
      noted.remove();
    } else {
      noted.set(before);
    }
  }

  /**
   * Returns where the caller of the call under way on this thread stood, or null if that is not
   * known. It is told once: what follows on this thread is made by somebody else.
   */
  static @Nullable SessionContext take(ClientCalls calls) {
    Noted here = noted.get();
    if (here == null || here.by() != calls) {
      return null;
    }
    noted.remove();
    return here.context();
  }

  /** The client shuts down an executor service that it owns; it cannot see this one's. */
  void close() {
    if (clients instanceof ExecutorService service) {
      service.shutdown();
    }
  }
}
