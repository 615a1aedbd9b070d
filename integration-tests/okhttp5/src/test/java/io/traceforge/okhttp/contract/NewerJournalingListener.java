package io.traceforge.okhttp.contract;

import java.io.IOException;
import okhttp3.Call;
import okhttp3.Dispatcher;
import okhttp3.Request;
import okhttp3.Response;

/** Notes the events, too, that came after OkHttp 4.12. */
final class NewerJournalingListener extends JournalingListener {
  NewerJournalingListener(Journal journal, Journal cancellations) {
    super(journal, cancellations);
  }

  @Override
  public void dispatcherQueueStart(Call call, Dispatcher dispatcher) {
    event(call, "dispatcherQueueStart");
  }

  @Override
  public void dispatcherQueueEnd(Call call, Dispatcher dispatcher) {
    event(call, "dispatcherQueueEnd");
  }

  @Override
  public void retryDecision(Call call, IOException failure, boolean retry) {
    event(call, "retryDecision", Describe.failure(failure), retry);
  }

  @Override
  public void followUpDecision(Call call, Response networkResponse, Request nextRequest) {
    String next = nextRequest == null ? "none" : Describe.requestHead(nextRequest);
    event(call, "followUpDecision", networkResponse.code(), next);
  }
}
