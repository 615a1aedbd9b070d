package io.traceforge.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.core.RequestOptions;
import com.anthropic.core.Timeout;
import com.anthropic.core.http.Interceptor;
import com.anthropic.errors.AnthropicIoException;
import com.anthropic.errors.RateLimitException;
import io.traceforge.SessionTracker;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The client repeats calls by itself; each attempt is a trace, all of them are one call. */
class AttemptsTest extends AnthropicTestBase {

  @Test
  void eachAttemptIsATraceOfOneCall() {
    server
        .thenJson(429, Wire.RATE_LIMIT, "Retry-After-Ms", "1")
        .thenJson(529, Wire.RATE_LIMIT, "Retry-After-Ms", "1")
        .thenJson(200, Wire.ANSWER);
    SessionTracker session = traceForge.startSession();
    session.run(() -> client.messages().create(QUESTION));

    List<Trace> traces = traceForge.storage().listTracesBySession(session.getSessionId());
    assertThat(traces)
        .extracting(trace -> trace.response().statusCode())
        .containsExactly(429, 529, 200);
    assertThat(traces)
        .extracting(Trace::status)
        .containsExactly(TraceStatus.ERROR, TraceStatus.ERROR, TraceStatus.SUCCESS);
    assertThat(traces).extracting(trace -> trace.metadata().retryCount()).containsExactly(0, 1, 2);
    assertThat(traces).allMatch(trace -> trace.request().body().text().contains("Good day?"));
    SessionTimeline timeline =
        traceForge.storage().getTimeline(session.getSessionId()).orElseThrow();
    assertThat(timeline.steps().get(0).calls()).hasSize(1);
    assertThat(timeline.steps().get(0).calls().get(0).status()).isEqualTo(TraceStatus.SUCCESS);
  }

  @Test
  void anAttemptThatIsGivenUpTellsItsStatusAndTheLastOneTheProvidersError() {
    server
        .thenJson(429, Wire.RATE_LIMIT, "Retry-After-Ms", "1")
        .thenJson(429, Wire.RATE_LIMIT, "Retry-After-Ms", "1")
        .thenJson(429, Wire.RATE_LIMIT);
    SessionTracker session = traceForge.startSession();

    assertThatThrownBy(() -> session.call(() -> client.messages().create(QUESTION)))
        .isInstanceOf(RateLimitException.class);
    List<Trace> traces = traceForge.storage().listTracesBySession(session.getSessionId());
    assertThat(traces).extracting(trace -> trace.error().type()).endsWith("rate_limit_error");
    assertThat(traces).extracting(Trace::status).containsOnly(TraceStatus.ERROR);
    assertThat(traces).hasSize(3);
  }

  @Test
  void theAttemptsOfACallThatBelongsToNoSessionShareOne() {
    server.thenJson(429, Wire.RATE_LIMIT, "Retry-After-Ms", "1").thenJson(200, Wire.ANSWER);
    client.messages().create(QUESTION);

    assertThat(traces()).hasSize(2);
    String sessionId = traces().get(0).sessionId();
    assertThat(traceForge.storage().listTracesBySession(sessionId)).hasSize(2);
    assertThat(traceForge.storage().getSessionMetadata(sessionId).orElseThrow().lostTraces())
        .isZero();
  }

  /** As the client's own fallback does it: another request, on another thread. */
  @Test
  void whatAnInterceptorMakesOfACallBelongsToItsSession() throws Exception {
    server.thenJson(200, Wire.ANSWER).thenJson(200, Wire.ANSWER);
    Interceptor twice =
        Interceptor.asyncOnly(
            (next, request, options) ->
                next.executeAsync(request, options)
                    .thenComposeAsync(
                        first -> {
                          first.close();
                          return next.executeAsync(request, options);
                        }));
    SessionTracker session = traceForge.startSession();
    AnthropicClientAsync asking =
        TraceForgeAnthropic.instrument(
            plainAsync.withOptions(options -> options.addInterceptor(twice)), traceForge);
    session.call(() -> asking.messages().create(QUESTION)).get(20, TimeUnit.SECONDS);

    assertThat(traceForge.storage().listTracesBySession(session.getSessionId())).hasSize(2);
  }

  @Test
  void aTimeoutIsAnError() {
    server.then(answer -> answer.silence());
    RequestOptions impatient =
        RequestOptions.builder()
            .timeout(Timeout.builder().request(Duration.ofMillis(200)).build())
            .build();

    assertThatThrownBy(
            () ->
                client
                    .withOptions(options -> options.maxRetries(0))
                    .messages()
                    .create(QUESTION, impatient))
        .isInstanceOf(AnthropicIoException.class);
    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.ERROR);
    assertThat(onlyTrace().error().type()).isEqualTo("java.io.InterruptedIOException");
    assertThat(onlyTrace().error().message()).isEqualTo("timeout");
  }
}
