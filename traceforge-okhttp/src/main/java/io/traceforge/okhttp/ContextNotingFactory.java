package io.traceforge.okhttp;

import java.io.IOException;
import okhttp3.Call;
import okhttp3.EventListener;

/**
 * Takes note of the session when a call is made: OkHttp asks for a listener inside {@code newCall},
 * on the caller's thread, before any dispatcher thread is involved. The user's own listener is
 * returned as it is; a wrapper would not know the events of newer OkHttp versions. Where there is
 * none, one of ours hears of the call's cancel and end.
 */
final class ContextNotingFactory implements EventListener.Factory {
  private static final EventListener FORGETTING = new Forgetting();

  private final EventListener.Factory users;
  private final CallContexts contexts;
  private final FailureShield shield;

  private ContextNotingFactory(EventListener.Factory users, CallContexts contexts) {
    this.users = users;
    this.contexts = contexts;
    this.shield = contexts.shield();
  }

  static EventListener.Factory around(EventListener.Factory users, CallContexts contexts) {
    EventListener.Factory inner =
        users instanceof ContextNotingFactory noting ? noting.users : users;
    return new ContextNotingFactory(inner, contexts);
  }

  @Override
  public EventListener create(Call call) {
    try {
      contexts.note(call);
    } catch (Throwable failure) {
      shield.failed(failure);
    }
    EventListener listener = users.create(call);
    return listener == EventListener.NONE ? FORGETTING : listener;
  }

  private static final class Forgetting extends EventListener {
    @Override
    public void canceled(Call call) {
      CallNote.cancelled(call);
    }

    @Override
    public void callEnd(Call call) {
      CallNote.forget(call);
    }

    @Override
    public void callFailed(Call call, IOException failure) {
      CallNote.forget(call);
    }
  }
}
