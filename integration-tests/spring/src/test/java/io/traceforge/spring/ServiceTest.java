package io.traceforge.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which session the calls of a request belong to; on virtual threads too, where there are any. */
class ServiceTest extends ServiceFixture {
  private static final int USERS = 200;

  /** No user's first call is answered before those of all users are under way. */
  @ParameterizedTest
  @MethodSource("virtualThreads")
  void eachOfManyRequestsHasItsOwnSession(boolean virtualThreads) {
    start(virtualThreads);
    provider.expect(USERS);

    List<CompletableFuture<HttpResponse<String>>> asked =
        IntStream.range(0, USERS).mapToObj(user -> ask("/answer?question=", "q" + user)).toList();
    List<HttpResponse<String>> responses = asked.stream().map(CompletableFuture::join).toList();

    service.close(); // a user may have the answer before the session has ended
    try (StorageBackend storage = StorageBackend.open(storageUrl() + "?mode=ro")) {
      for (int user = 0; user < USERS; user++) {
        hasItsOwnSession("q" + user, responses.get(user), storage);
      }
    }
  }

  private static void hasItsOwnSession(
      String question, HttpResponse<String> response, StorageBackend storage) {
    String plan = "Plan: " + question;
    String answer = "Answer: " + question + ", by the plan: re " + plan;
    assertThat(response.body()).isEqualTo("re " + answer);
    assertThat(storage.getSessionMetadata(sessionOf(response)).orElseThrow().status())
        .isEqualTo(SessionStatus.COMPLETED);
    List<Trace> traces = storage.listTracesBySession(sessionOf(response));
    assertThat(questions(traces)).containsExactly(plan, answer);
    assertThat(traces).extracting(Trace::stepIndex).containsExactly(0, 1);
    assertThat(traces.get(0).stateJson())
        .isEqualTo("{\"path\":\"/answer\",\"question\":\"" + question + "\"}");
  }

  @ParameterizedTest
  @MethodSource("virtualThreads")
  void asynchronousMethodsBelongToTheRequest(boolean virtualThreads) {
    start(virtualThreads);

    HttpResponse<String> response = ask("/research?question=", "Paris").join();

    assertThat(questions(traces(response)))
        .containsExactlyInAnyOrder("Look up: facts on Paris", "Look up: prices of Paris");
  }

  @ParameterizedTest
  @MethodSource("virtualThreads")
  void parallelBranchesHaveStatesOfTheirOwn(boolean virtualThreads) {
    start(virtualThreads);

    HttpResponse<String> response = ask("/compare?question=", "Paris").join();

    assertThat(traces(response))
        .extracting(trace -> Provider.questionIn(trace.request().body().text()), Trace::stateJson)
        .containsExactlyInAnyOrder(
            tuple("Look up: trains to Paris", "{\"path\":\"/compare\",\"branch\":\"trains\"}"),
            tuple("Look up: flights to Paris", "{\"path\":\"/compare\",\"branch\":\"flights\"}"));
  }

  @ParameterizedTest
  @MethodSource("virtualThreads")
  void aRequestThatGoesOnElsewhereKeepsItsSession(boolean virtualThreads) {
    start(virtualThreads);

    HttpResponse<String> response = ask("/later?question=", "And later?").join();

    assertThat(response.body()).isEqualTo("re And later?");
    assertThat(questions(traces(response))).containsExactly("And later?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/answer?question=", "/later?question="})
  void anExceptionFailsTheSession(String path) {
    start(false);

    HttpResponse<String> response = ask(path, "Do the impossible").join();

    assertThat(response.statusCode()).isEqualTo(500);
    SessionMetadata session =
        traceForge.storage().getSessionMetadata(sessionOf(response)).orElseThrow();
    assertThat(session.status()).isEqualTo(SessionStatus.FAILED);
    assertThat(session.statusReason()).contains("ServiceUnavailable");
  }

  private List<Trace> traces(HttpResponse<String> response) {
    return traceForge.storage().listTracesBySession(sessionOf(response));
  }
}
