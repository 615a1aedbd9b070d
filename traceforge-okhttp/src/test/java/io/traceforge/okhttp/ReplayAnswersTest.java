package io.traceforge.okhttp;

import static io.traceforge.okhttp.ReplayFixture.CHAT;
import static io.traceforge.okhttp.ReplayFixture.answer;
import static io.traceforge.okhttp.ReplayFixture.ask;
import static io.traceforge.okhttp.ReplayFixture.chat;
import static io.traceforge.okhttp.ReplayFixture.failed;
import static io.traceforge.okhttp.ReplayFixture.replaying;
import static io.traceforge.okhttp.ReplayFixture.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceResponse;
import io.traceforge.trace.TraceStatus;
import java.io.IOException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a recording answers. */
class ReplayAnswersTest {
  private static final String EVENTS = "data: {\"a\":1}\n\ndata: {\"a\":2}\n\n";

  private static Trace answered(TraceResponse response) {
    return chat("{}", "").toBuilder().response(response).build();
  }

  private static Response call(Trace trace) throws IOException {
    return replaying(trace).newCall(ask(CHAT, "{}")).execute();
  }

  @Test
  void statusHeadersAndBodyAreAsRecorded() throws Exception {
    Trace trace =
        answered(
            response(
                418,
                "{\"é\": 1 }\n",
                "Content-Type",
                "application/json; charset=utf-8",
                "Content-Length",
                "11",
                "X-Twice",
                "1",
                "x-twice",
                "é",
                "Content-Encoding",
                "identity"));
    try (Response response = call(trace)) {
      assertThat(response.code()).isEqualTo(418);
      assertThat(response.headers("X-Twice")).containsExactly("1", "é");
      assertThat(response.body().contentType()).hasToString("application/json; charset=utf-8");
      assertThat(response.body().string()).isEqualTo("{\"é\": 1 }\n");
      assertThat(response.request().url()).hasToString(CHAT);
    }
  }

  @Test
  void whatTellsOfTheConnectionIsLeftOut() throws Exception {
    Trace trace =
        answered(
            response(
                200,
                "decoded",
                "Connection",
                "keep-alive",
                "Transfer-Encoding",
                "chunked",
                "content-encoding",
                "gzip",
                "Content-Length",
                "99",
                "Date",
                "then"));
    try (Response response = call(trace)) {
      assertThat(response.headers().names()).containsExactly("Date");
      assertThat(response.body().contentLength()).isEqualTo(-1);
      assertThat(response.body().string()).isEqualTo("decoded");
    }
  }

  @Test
  void aLengthThatFitsStays() throws Exception {
    try (Response response = call(answered(response(200, "four", "Content-Length", "4")))) {
      assertThat(response.header("Content-Length")).isEqualTo("4");
      assertThat(response.body().contentLength()).isEqualTo(4);
    }
  }

  @Test
  void anAnswerWithoutABodyHasNone() throws Exception {
    Trace trace = answered(TraceResponse.of(204, response(204, "").headers(), null, null));
    try (Response response = call(trace)) {
      assertThat(response.code()).isEqualTo(204);
      assertThat(response.body().contentLength()).isZero();
      assertThat(response.body().bytes()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: 1\n\nevent: x\ndata: 2\n\ndata: 3",
        "data: 1\r\n\r\nevent: x\r\ndata: 2\r\n\r\n",
        "data: 1\r\revent: x\rdata: 2\r\r",
        "\n\n\ndata: 1\n\n\n: a comment\n\n",
        "",
        "\n",
        "data: cut in the mid"
      })
  void aStreamIsReplayedToTheByte(String events) throws Exception {
    assertThat(
            call(answered(response(200, events, "Content-Type", "text/event-stream")))
                .body()
                .string())
        .isEqualTo(events);
    assertThat(
            call(answered(response(200, events, "Content-Type", "application/x-ndjson")))
                .body()
                .string())
        .isEqualTo(events);
  }

  @Test
  void eachEventCanBeReadWithoutTheNext() throws Exception {
    Trace trace = answered(response(200, EVENTS, "Content-Type", "text/event-stream"));
    try (Response response = call(trace)) {
      BufferedSource source = response.body().source();
      source.require(1);
      assertThat(source.getBuffer().readUtf8()).isEqualTo("data: {\"a\":1}\n\n");
      source.require(1);
      assertThat(source.getBuffer().readUtf8()).isEqualTo("data: {\"a\":2}\n\n");
      assertThat(source.exhausted()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        java.io.EOFException.class,
        java.io.IOException.class,
        java.io.InterruptedIOException.class,
        java.net.BindException.class,
        java.net.ConnectException.class,
        java.net.NoRouteToHostException.class,
        java.net.PortUnreachableException.class,
        java.net.ProtocolException.class,
        java.net.SocketException.class,
        SocketTimeoutException.class,
        java.net.UnknownHostException.class,
        java.net.UnknownServiceException.class,
        javax.net.ssl.SSLException.class,
        SSLHandshakeException.class,
        javax.net.ssl.SSLKeyException.class,
        javax.net.ssl.SSLPeerUnverifiedException.class,
        javax.net.ssl.SSLProtocolException.class
      })
  void aFailureIsReplayedAsItWas(Class<?> type) {
    OkHttpClient client =
        replaying(failed("{}", TraceError.of(type.getName(), "as recorded", null)).build());
    assertThat(catchThrowable(() -> answer(client, "{}")))
        .isExactlyInstanceOf(type)
        .hasMessage("as recorded");
  }

  @Test
  void aFailureOfAnotherClassIsToldInWords() {
    String type = "okhttp3.internal.http2.StreamResetException";
    OkHttpClient client =
        replaying(failed("{}", TraceError.of(type, "stream was reset: CANCEL", null)).build());
    assertThat(catchThrowable(() -> answer(client, "{}")))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage(type + ": stream was reset: CANCEL");
  }

  @Test
  void theFirstAttemptFailsAndTheNextSucceedsAsRecorded() throws Exception {
    OkHttpClient client =
        replaying(
            failed("{}", TraceError.of("rate_limit_error", "Slow down", null))
                .response(response(429, "{\"error\":{}}", "Retry-After", "1"))
                .build(),
            failed("{}", TraceError.of(SocketTimeoutException.class.getName(), "timeout", null))
                .build(),
            chat("{}", "at last"));
    try (Response response = client.newCall(ask(CHAT, "{}")).execute()) {
      assertThat(response.code()).isEqualTo(429);
      assertThat(response.header("Retry-After")).isEqualTo("1");
      assertThat(response.body().string()).isEqualTo("{\"error\":{}}");
    }
    assertThat(catchThrowable(() -> answer(client, "{}")))
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(answer(client, "{}")).isEqualTo("at last");
  }

  @Test
  void aCutStreamGivesItsBytesAndFailsAsItDid() throws Exception {
    TraceError cut = TraceError.of("java.io.EOFException", "unexpected end", null);
    Trace trace =
        failed("{}", cut)
            .response(response(200, EVENTS, "Content-Type", "text/event-stream"))
            .build();
    try (Response response = call(trace)) {
      BufferedSource source = response.body().source();
      assertThat(source.readUtf8(EVENTS.length())).isEqualTo(EVENTS);
      assertThat(catchThrowable(source::exhausted))
          .isExactlyInstanceOf(java.io.EOFException.class)
          .hasMessage("unexpected end");
    }
  }

  @Test
  void anErrorThatTheProviderToldInAStreamIsNoFailure() throws Exception {
    Trace trace =
        failed("{}", TraceError.of("server_error", "overloaded", null))
            .response(response(200, EVENTS, "Content-Type", "text/event-stream"))
            .build();
    assertThat(call(trace).body().string()).isEqualTo(EVENTS);
  }

  private static Trace cancelled(TraceResponse response) {
    return failed("{}", TraceError.of("closed", "the caller closed the response", null))
        .status(TraceStatus.CANCELLED)
        .response(response)
        .build();
  }

  @Test
  void aStreamThatWasLeftGivesItsBytesAndSaysThatTheRestIsNotKnown() throws Exception {
    Trace trace = cancelled(response(200, EVENTS, "Content-Type", "text/event-stream"));
    try (Response response = call(trace)) {
      BufferedSource source = response.body().source();
      assertThat(source.readUtf8(EVENTS.length())).isEqualTo(EVENTS);
      assertThatIOException()
          .isThrownBy(source::exhausted)
          .withMessageContaining("The recording ends here")
          .withMessageContaining(trace.id());
    }
  }

  @Test
  void anAnswerThatWasClosedUnreadButKeptWholeIsWhole() throws Exception {
    assertThat(call(cancelled(response(200, "four", "Content-Length", "4"))).body().string())
        .isEqualTo("four");
  }

  @Test
  void aCallThatWasCancelledIsCancelled() {
    Trace trace =
        failed("{}", TraceError.of("cancelled", "the caller cancelled the call", null))
            .status(TraceStatus.CANCELLED)
            .build();
    assertThatIOException().isThrownBy(() -> call(trace)).withMessage("Canceled");
  }

  @Test
  void ofABodyThatWasNotKeptWholeNothingIsAnswered() {
    byte[] kept = new byte[20];
    Trace trace =
        answered(
            TraceResponse.of(
                200, response(200, "").headers(), TraceBody.truncated(kept, 10, 99, null), null));
    assertThatIOException()
        .isThrownBy(() -> call(trace))
        .withMessageContaining(trace.id())
        .withMessageContaining("20 of the 99 bytes");
  }

  @Test
  void aCallThatIsCancelledAlreadyUsesNoRecording() throws Exception {
    OkHttpClient client = replaying(chat("{}", "one"));
    Call call = client.newCall(ask(CHAT, "{}"));
    call.cancel();
    assertThatIOException().isThrownBy(call::execute).withMessage("Canceled");
    assertThat(answer(client, "{}")).isEqualTo("one");
  }
}
