package io.traceforge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.event.ContextClosedEvent;

/** A service that stops finishes what it has begun, and all of that is stored. */
class ShutdownTest extends ServiceFixture {

  /** Once held back, an answer comes when the service has begun to stop, and not before. */
  @Override
  protected void start(boolean virtualThreads) {
    super.start(virtualThreads);
    service.addApplicationListener(
        event -> {
          if (event instanceof ContextClosedEvent) {
            provider.answerAll();
          }
        });
  }

  @ParameterizedTest
  @MethodSource("virtualThreads")
  void aRequestInFlightIsAnsweredAndStored(boolean virtualThreads) throws Exception {
    start(virtualThreads);
    provider.holdBack("Plan");
    CompletableFuture<HttpResponse<String>> response = ask("/answer?question=", "last");
    provider.awaitRequest();

    service.close();

    assertThat(response.join().statusCode()).isEqualTo(200);
    isStored(sessionOf(response.join()), "Plan: last", "Answer: last, by the plan: re Plan: last");
  }

  @ParameterizedTest
  @MethodSource("virtualThreads")
  void anAsynchronousMethodEndsAndIsStored(boolean virtualThreads) throws Exception {
    start(virtualThreads);
    provider.holdBack("Draft");
    HttpResponse<String> response = ask("/report?topic=", "Paris").join();
    provider.awaitRequest(); // the outline
    provider.awaitRequest(); // the draft

    service.close();

    String report = response.body();
    isStored(report, "Draft: Paris", "Polish: re Draft: Paris");
    isStored(sessionOf(response), "Outline: Paris");
    try (StorageBackend storage = StorageBackend.open(storageUrl() + "?mode=ro")) {
      String outline = storage.listTracesBySession(sessionOf(response)).get(0).id();
      assertThat(storage.listTracesBySession(report))
          .extracting(Trace::parentTraceId)
          .containsOnly(outline);
    }
  }

  /** The request is still under way, so what it begins is run, too. */
  @ParameterizedTest
  @MethodSource("virtualThreads")
  void anAsynchronousMethodThatIsCalledWhileTheServiceStopsIsRun(boolean virtualThreads)
      throws Exception {
    start(virtualThreads);
    provider.holdBack("Outline");
    CompletableFuture<HttpResponse<String>> response = ask("/report?topic=", "Paris");
    provider.awaitRequest();

    service.close();

    assertThat(response.join().statusCode()).isEqualTo(200);
    isStored(response.join().body(), "Draft: Paris", "Polish: re Draft: Paris");
  }

  private void isStored(String sessionId, String... questions) {
    try (StorageBackend storage = StorageBackend.open(storageUrl() + "?mode=ro")) {
      List<Trace> traces = storage.listTracesBySession(sessionId);
      assertThat(questions(traces)).containsExactly(questions);
      assertThat(traces).extracting(Trace::status).containsOnly(TraceStatus.SUCCESS);
      assertThat(storage.getSessionMetadata(sessionId).orElseThrow().status())
          .isEqualTo(SessionStatus.COMPLETED);
    }
  }
}
