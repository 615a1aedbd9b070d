package io.traceforge.okhttp;

import static io.traceforge.okhttp.ReplayFixture.CHAT;
import static io.traceforge.okhttp.ReplayFixture.ask;
import static io.traceforge.okhttp.ReplayFixture.chat;
import static io.traceforge.okhttp.ReplayFixture.response;
import static io.traceforge.okhttp.ReplayFixture.timed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceTiming;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long answers take, and what ends a pause. Hours are recorded where nobody shall wait. */
@Timeout(60)
class ReplayPausesTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String FIRST = "data: 1\n\n";
  private static final String EVENTS = FIRST + "data: 2\n\ndata: 3\n\ndata: 4\n\n";

  private static Trace stream(Duration headers, Duration firstByte, Duration total) {
    return chat("{}", "").toBuilder()
        .response(response(200, EVENTS, "Content-Type", "text/event-stream"))
        .metadata(
            timed(
                TraceTiming.builder()
                    .toHeaders(headers)
                    .toFirstByte(firstByte)
                    .total(total)
                    .build()))
        .build();
  }

  private static OkHttpClient client(double factor, Trace trace) {
    ReplayInterceptor replay =
        ReplayInterceptor.builder().traces(List.of(trace)).pauses(factor).build();
    return new OkHttpClient.Builder().addInterceptor(replay).readTimeout(Duration.ZERO).build();
  }

  private static Call call(OkHttpClient client) {
    return client.newCall(ask(CHAT, "{}"));
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  @Test
  void withoutPausesNothingIsWaitedFor() throws Exception {
    try (Response response = call(client(0, stream(HOUR, HOUR, HOUR))).execute()) {
      assertThat(response.body().string()).isEqualTo(EVENTS);
    }
  }

  @Test
  void headersEventsAndEndComeAtTheirTimes() throws Exception {
    Trace trace = stream(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(60));
    long begin = System.nanoTime();
    try (Response response = call(client(0.01, trace)).execute()) {
      assertThat(millisSince(begin)).isGreaterThanOrEqualTo(100);
      BufferedSource source = response.body().source();
      for (int event = 0; event < 4; event++) {
        source.readUtf8(FIRST.length());
        assertThat(millisSince(begin)).isGreaterThanOrEqualTo(200 + event * 100);
        assertThat(source.getBuffer().size()).isZero();
      }
      assertThat(source.exhausted()).isTrue();
      assertThat(millisSince(begin)).isGreaterThanOrEqualTo(600);
    }
  }

  @Test
  void cancellingEndsThePauseBeforeTheHeaders() throws Exception {
    Call call = call(client(1, stream(HOUR, HOUR, HOUR)));
    var threads = Executors.newSingleThreadExecutor();
    Future<Response> waiting = threads.submit(call::execute);
    call.cancel();
    assertThat(failureOf(waiting)).hasMessage("Canceled");
    threads.shutdown();
  }

  @Test
  void cancellingEndsThePauseWithinAStream() throws Exception {
    Call call = call(client(1, stream(Duration.ZERO, Duration.ZERO, HOUR)));
    var threads = Executors.newSingleThreadExecutor();
    CompletableFuture<String> first = new CompletableFuture<>();
    Future<Boolean> waiting =
        threads.submit(
            () -> {
              try (Response response = call.execute()) {
                BufferedSource source = response.body().source();
                first.complete(source.readUtf8(FIRST.length()));
                return source.exhausted();
              }
            });
    assertThat(first.get()).isEqualTo(FIRST);
    call.cancel();
    assertThat(failureOf(waiting)).hasMessage("Canceled");
    threads.shutdown();
  }

  private static Throwable failureOf(Future<?> waiting) throws InterruptedException {
    try {
      waiting.get();
      throw new AssertionError("expected to fail");
    } catch (ExecutionException failed) {
      return failed.getCause();
    }
  }

  @Test
  void theReadTimeoutEndsAPauseAsASlowServersWould() throws Exception {
    OkHttpClient patient = client(1, stream(Duration.ZERO, Duration.ZERO, HOUR));
    OkHttpClient impatient = patient.newBuilder().readTimeout(Duration.ofMillis(50)).build();
    try (Response response = call(impatient).execute()) {
      assertThatIOException()
          .isThrownBy(() -> response.body().string())
          .isExactlyInstanceOf(SocketTimeoutException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theCallTimeoutEndsAPause(boolean beforeHeaders) {
    Duration headers = beforeHeaders ? HOUR : Duration.ZERO;
    OkHttpClient impatient =
        client(1, stream(headers, headers, HOUR))
            .newBuilder()
            .callTimeout(Duration.ofMillis(50))
            .build();
    assertThatIOException()
        .isThrownBy(() -> readWhole(call(impatient)))
        .isInstanceOf(InterruptedIOException.class)
        .withMessage("timeout");
  }

  private static void readWhole(Call call) throws IOException {
    try (Response response = call.execute()) {
      response.body().string();
    }
  }

  @Test
  void anInterruptEndsAPause() {
    Thread.currentThread().interrupt();
    assertThatIOException()
        .isThrownBy(() -> readWhole(call(client(1, stream(HOUR, HOUR, HOUR)))))
        .isExactlyInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void aFactorIsANumberFromZeroOn(double factor) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReplayInterceptor.builder().pauses(factor))
        .withMessageContaining("factor");
  }
}
