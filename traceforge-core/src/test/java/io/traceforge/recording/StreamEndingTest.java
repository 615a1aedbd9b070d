package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How calls end whose response is a stream, for each protocol. */
class StreamEndingTest {
  private final InMemoryStorageBackend storage = new InMemoryStorageBackend();
  private final Recorder recorder = Recorder.start(storage, RecorderOptions.builder().build());

  /**
   * A stream.
   *
   * @param start its first part, with the text {@code Hi}
   * @param end the part in which the protocol's end stands
   * @param after what may follow it
   * @param error an event that tells an error
   */
  record Stream(
      String path, String mediaType, String start, String end, String after, String error) {
    @Override
    public String toString() {
      return path + " " + mediaType;
    }
  }

  static List<Stream> streams() {
    String events = "text/event-stream";
    return List.of(
        new Stream(
            "/v1/chat/completions",
            events,
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n",
            "data: [DONE]\n",
            "\n",
            "data: {\"error\":{\"message\":\"boom\"}}\n\n"),
        new Stream(
            "/v1/completions",
            events,
            "data: {\"choices\":[{\"index\":0,\"text\":\"Hi\"}]}\n\n",
            "data: [DONE]\n\n",
            "",
            "event: error\ndata: {\"message\":\"boom\"}\n\n"),
        new Stream(
            "/v1/responses",
            events,
            "data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"delta\":\"Hi\"}\n\n",
            "data: {\"type\":\"response.completed\",\"response\":{\"status\":\"completed\"}}\n",
            "\n",
            "data: {\"type\":\"error\",\"message\":\"boom\"}\n\n"),
        new Stream(
            "/v1/messages",
            events,
            "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"text\":\"Hi\"}}\n\n",
            "event: message_stop\ndata: {\"type\":\"message_stop\"}\n",
            "\n",
            "data: {\"type\":\"error\",\"error\":{\"message\":\"boom\"}}\n\n"),
        new Stream(
            "/v1/models/m:streamGenerateContent",
            events,
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}]}}]}\n\n",
            "data: {\"candidates\":[{\"finishReason\":\"STOP\"}]}\n\n",
            "data: {\"usageMetadata\":{\"totalTokenCount\":3}}\n\n",
            "data: {\"error\":{\"message\":\"boom\"}}\n\n"),
        new Stream(
            "/v1/models/m:streamGenerateContent",
            "application/json",
            "[{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}]}}]}\n,",
            "{\"candidates\":[{\"finishReason\":\"STOP\"}]}",
            "]",
            "{\"error\":{\"message\":\"boom\"}}"),
        new Stream(
            "/api/chat",
            "application/x-ndjson",
            "{\"message\":{\"content\":\"Hi\"},\"done\":false}\n",
            "{\"message\":{\"content\":\"\"},\"done\":true}\n",
            "",
            "{\"error\":\"boom\"}\n"));
  }

  @AfterEach
  void close() {
    recorder.close();
  }

  @ParameterizedTest
  @MethodSource("streams")
  void readToItsEndIsSuccess(Stream stream) {
    CallRecording call = answered(stream, stream.start + stream.end + stream.after);
    call.readToEnd();

    assertEnded(call, TraceStatus.SUCCESS, null);
    assertThat(assembled(call)).contains("Hi");
  }

  @ParameterizedTest
  @MethodSource("streams")
  void closedAfterTheProtocolsEndIsSuccess(Stream stream) {
    CallRecording call = answered(stream, stream.start + stream.end);
    call.closed(stream.start.length() + stream.end.length());

    assertEnded(call, TraceStatus.SUCCESS, null);
  }

  @ParameterizedTest
  @MethodSource("streams")
  void closedBeforeTheProtocolsEndIsCancelledThoughMoreWasRecorded(Stream stream) {
    CallRecording call = answered(stream, stream.start + stream.end + stream.after);
    call.closed(stream.start.length() + stream.end.length() / 2);

    assertEnded(call, TraceStatus.CANCELLED, "closed");
  }

  @ParameterizedTest
  @MethodSource("streams")
  void endedByTheServerBeforeTheProtocolsEndIsAnErrorThatKeepsTheText(Stream stream) {
    CallRecording call = answered(stream, stream.start + stream.end.substring(0, 9));
    call.readToEnd();

    assertEnded(call, TraceStatus.ERROR, "incomplete_stream");
    assertThat(assembled(call)).contains("Hi");
    assertThat(trace(call).metadata().usage().totalTokens()).isNull();
  }

  @ParameterizedTest
  @MethodSource("streams")
  void endedByTheServerBeforeAnythingCameIsAnError(Stream stream) {
    for (String nothing : List.of("", stream.start.substring(0, 9))) {
      CallRecording call = answered(stream, nothing);
      call.readToEnd();

      assertEnded(call, TraceStatus.ERROR, "incomplete_stream");
    }
  }

  @Test
  void aStreamWithoutTheProtocolsEndMustHaveFinishedEachOfItsAnswers() {
    Stream stream = streams().get(0);
    String second = stream.start.replace("\"index\":0", "\"index\":1");
    CallRecording oneFinished = answered(stream, stream.start + second + finish(0));
    CallRecording allFinished = answered(stream, stream.start + second + finish(0) + finish(1));
    oneFinished.readToEnd();
    allFinished.readToEnd();

    assertEnded(oneFinished, TraceStatus.ERROR, "incomplete_stream");
    assertThat(trace(oneFinished).metadata().finishReasons()).containsExactly("stop");
    assertEnded(allFinished, TraceStatus.SUCCESS, null);
  }

  private static String finish(int choice) {
    return "data: {\"choices\":[{\"index\":%d,\"finish_reason\":\"stop\"}]}\n\n".formatted(choice);
  }

  @ParameterizedTest
  @MethodSource("streams")
  void cutByTheNetworkIsTheNetworksError(Stream stream) {
    CallRecording call = answered(stream, stream.start);
    call.failed(new SocketException("Connection reset"));

    assertEnded(call, TraceStatus.ERROR, "java.net.SocketException");
    assertThat(assembled(call)).contains("Hi");
  }

  @ParameterizedTest
  @MethodSource("streams")
  void errorEventInsideIsAnErrorHoweverTheCallEnded(Stream stream) {
    CallRecording read = answered(stream, stream.start + stream.error);
    read.readToEnd();
    CallRecording closed = answered(stream, stream.start + stream.error);
    closed.closed(stream.start.length() + stream.error.length());

    for (CallRecording call : List.of(read, closed)) {
      assertThat(trace(call).status()).isEqualTo(TraceStatus.ERROR);
      assertThat(trace(call).error().message()).isEqualTo("boom");
      assertThat(assembled(call)).contains("Hi");
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void firstTokenComesWithTheFirstContent(Stream stream) {
    CallRecording call = asked(stream);
    BodyCapture body = call.beginResponseBody(-1);
    Calls.append(body, Calls.bytes(stream.start));
    Calls.append(body, Calls.bytes(stream.end));
    call.readToEnd();

    Trace trace = trace(call);
    assertThat(trace.metadata().timing().toFirstToken())
        .isBetween(trace.metadata().timing().toFirstByte(), trace.metadata().timing().total());
    assertThat(trace.metadata().timing().toHeaders())
        .isLessThanOrEqualTo(trace.metadata().timing().toFirstByte());
    assertThat(trace.metadata().timing().chunkCount()).isEqualTo(2);
  }

  private CallRecording answered(Stream stream, String body) {
    CallRecording call = asked(stream);
    Calls.append(call.beginResponseBody(-1), Calls.bytes(body));
    return call;
  }

  private CallRecording asked(Stream stream) {
    CallRecording call = recorder.begin(Calls.in("job-17"));
    String url = "https://gateway.example.com/any" + stream.path + "?key=1";
    call.request("POST", url, HttpHeaders::empty, "application/json");
    call.requestSent();
    call.response(200, () -> HttpHeaders.of("Content-Type", stream.mediaType));
    return call;
  }

  private void assertEnded(CallRecording call, TraceStatus status, String error) {
    Trace trace = trace(call);
    assertThat(trace.status()).isEqualTo(status);
    assertThat(trace.error() == null ? null : trace.error().type()).isEqualTo(error);
  }

  private String assembled(CallRecording call) {
    return trace(call).response().assembledBody().text();
  }

  private Trace trace(CallRecording call) {
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
    return storage.getTrace(call.traceId()).orElseThrow();
  }
}
