package io.traceforge.okhttp.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceStatus;
import io.traceforge.trace.TraceTiming;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a trace must say. */
final class Recorded {
  private final TraceStatus status;
  private final String errorType;
  private int code = 200;
  private String url;
  private Consumer<TraceBody> request = body -> assertThat(body).as("request's body").isNull();
  private Consumer<TraceBody> response = body -> assertThat(body).as("response's body").isNull();

  private Recorded(TraceStatus status, String errorType) {
    this.status = status;
    this.errorType = errorType;
  }

  static Recorded success() {
    return new Recorded(TraceStatus.SUCCESS, null);
  }

  static Recorded error(String type) {
    return new Recorded(TraceStatus.ERROR, type);
  }

  static Recorded error(Class<? extends Throwable> type) {
    return error(type.getName());
  }

  static Recorded cancelled(String type) {
    return new Recorded(TraceStatus.CANCELLED, type);
  }

  Recorded code(int expected) {
    code = expected;
    return this;
  }

  Recorded url(String expected) {
    url = expected;
    return this;
  }

  Recorded noResponse() {
    return code(0);
  }

  Recorded sent(String text) {
    request = whole(text);
    return this;
  }

  Recorded sent(Consumer<TraceBody> check) {
    request = check;
    return this;
  }

  Recorded got(String text) {
    response = whole(text);
    return this;
  }

  Recorded got(Consumer<TraceBody> check) {
    response = check;
    return this;
  }

  private static Consumer<TraceBody> whole(String text) {
    return body -> {
      assertThat(body).isNotNull();
      assertThat(body.text()).isEqualTo(text);
      assertThat(body.size()).isEqualTo(text.getBytes(UTF_8).length);
      assertThat(body.isTruncated()).isFalse();
    };
  }

  /** A body too large to be kept whole. */
  static Consumer<TraceBody> truncated(long size) {
    return body -> {
      assertThat(body.size()).isEqualTo(size);
      assertThat(body.isTruncated()).isTrue();
    };
  }

  void check(Trace trace) {
    assertThat(trace.status()).as("status of %s", trace).isEqualTo(status);
    TraceError error = trace.error();
    assertThat(error == null ? null : error.type()).as("error of %s", trace).isEqualTo(errorType);
    if (url != null) {
      assertThat(trace.request().url()).as("URL").isEqualTo(url);
    }
    request.accept(trace.request().body());
    if (code == 0) {
      assertThat(trace.response()).as("response").isNull();
    } else {
      assertThat(trace.response()).as("response").isNotNull();
      assertThat(trace.response().statusCode()).isEqualTo(code);
      response.accept(trace.response().body());
    }
    checkTiming(trace.metadata().timing(), trace);
  }

  private static void checkTiming(TraceTiming timing, Trace trace) {
    assertThat(timing.total()).as("total").isNotNull();
    assertThat(timing.toHeaders() == null).isEqualTo(trace.response() == null);
    assertThat(
            Stream.of(
                    Duration.ZERO,
                    timing.toHeaders(),
                    timing.toFirstByte(),
                    timing.toFirstToken(),
                    timing.total())
                .filter(time -> time != null)
                .toList())
        .as("times in order")
        .isSorted();
    assertThat(trace.callNumber()).isPositive();
  }
}
