package io.traceforge.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.adapter.ClientCalls;
import io.traceforge.recording.CallRecording;
import io.traceforge.trace.HttpHeaders;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** What waits for the writer holds no more than it has counted. */
class MemoryTest extends OkHttpTestBase {

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  @Test
  void aCallThatWaitsInTheQueueHoldsNeitherRequestNorResponse() throws Exception {
    CallRecording plug = ClientCalls.of(traceForge).beginRecording(null);
    plug.request("GET", "http://localhost/plug", this::headersOnceOpen, null);
    plug.requestSent();
    reached.await();
    server.enqueue(chatAnswer());
    try {
      List<Reference<?>> held = callAndForget();
      assertThat(traceForge.stats().queuedEntries()).isPositive();
      Eventually.await(
          "the request's body and the response to be collected",
          () -> {
            System.gc();
            return held.stream().allMatch(reference -> reference.get() == null);
          });
    } finally {
      open.countDown();
    }
  }

  /** Keeps the writer busy. */
  private HttpHeaders headersOnceOpen() {
    reached.countDown();
    try {
      open.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return HttpHeaders.empty();
  }

  private List<Reference<?>> callAndForget() throws IOException {
    RequestBody body = RequestBody.create(new byte[100_000], JSON);
    try (Response response = client.newCall(chat().post(body).build()).execute()) {
      response.body().string();
      return List.of(new WeakReference<>(body), new WeakReference<>(response.networkResponse()));
    }
  }
}
