package io.traceforge.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.SessionHeaders;
import io.traceforge.trace.TraceStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A response closed before its end ends for the user's listener as it does without us. */
class EarlyCloseTest extends OkHttpTestBase {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  /** How the user's listener hears that a call has ended. */
  private static final class Ends extends EventListener {
    final List<String> names = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void responseBodyEnd(Call call, long byteCount) {
      names.add("responseBodyEnd " + byteCount);
    }

    @Override
    public void responseFailed(Call call, IOException failure) {
      names.add("responseFailed");
    }

    @Override
    public void callEnd(Call call) {
      names.add("callEnd");
    }

    @Override
    public void callFailed(Call call, IOException failure) {
      names.add("callFailed");
    }
  }

  private interface Closing {
    void close(Call call, Response response);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OK + "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n",
        OK + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n",
        OK + "Content-Type: text/event-stream\r\nConnection: close\r\n\r\nfirst",
        OK + "Content-Type: application/zip\r\nContent-Length: 900000000\r\n\r\nfirst",
        OK + "Content-Type: application/json\r\nContent-Length: 6\r\n\r\nfirst",
      })
  void aStreamThatWouldHaveGoneOnHasNotFailed(String answer) throws Exception {
    assertSameEnds(answer, (call, response) -> response.close());
  }

  private static final String HALF =
      OK + "Content-Type: application/json\r\nContent-Length: 10\r\n\r\nfirst";

  @Test
  void aCallThatWasCancelledMeanwhileHasNotFailed() throws Exception {
    assertSameEnds(
        HALF,
        (call, response) -> {
          call.cancel();
          response.close();
        });
  }

  @Test
  void aThreadThatIsToldToStopClosesQuietly() throws Exception {
    assertSameEnds(
        HALF,
        (call, response) -> {
          Thread.currentThread().interrupt();
          response.close();
          assertThat(Thread.interrupted()).isTrue();
        });
  }

  @Test
  void aChunkedDocumentReadToItsLastBraceIsWhole() throws Exception {
    String json = "[{\"dimensions\": 1}]";
    server.enqueue(new MockResponse().setChunkedBody(json + "\n", 7));
    try (Response response = client.newCall(get("/v1/other").build()).execute()) {
      assertThat(response.body().source().readUtf8(json.length() + 1)).startsWith(json);
    }
    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.SUCCESS);
  }

  @Test
  void whatAProviderSaysInChunksIsKeptThoughNobodyReadsIt() throws Exception {
    server.enqueue(new MockResponse().setResponseCode(500).setChunkedBody("overloaded", 3));
    server.enqueue(chatAnswer().setChunkedBody(CHAT_RESPONSE, 50));
    client.newCall(chat().build()).execute().close();
    client.newCall(chat().build()).execute().close();
    assertThat(traces())
        .extracting(trace -> trace.response().body().text())
        .containsExactlyInAnyOrder("overloaded", CHAT_RESPONSE);
  }

  @Test
  void theRestOfAStreamThatHasComeIsKeptAndCountedToNobody() throws Exception {
    String rest = "data: {}\n\n".repeat(2_000);
    try (ScriptedServer scripted =
        new ScriptedServer(
            connection -> {
              connection.sendStreamHead();
              connection.sendChunk("first");
              connection.sendChunk(rest);
              connection.endChunks();
            })) {
      Request request = chat().url(scripted.url("/v1/chat/completions")).build();
      Ends without = new Ends();
      closeEarly(listenedBy(without), request, (call, response) -> response.close());
      Ends with = new Ends();
      OkHttpClient recorded = TraceForgeOkHttp.instrument(listenedBy(with), traceForge);
      closeEarly(recorded, request, (call, response) -> response.close());
      assertThat(with.names).isEqualTo(without.names).contains("callEnd");
      assertThat(onlyTrace().response().body().text()).isEqualTo("first" + rest);
      assertThat(onlyTrace().status()).isEqualTo(TraceStatus.CANCELLED);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "H2_PRIOR_KNOWLEDGE"})
  void aCompressedErrorThatNobodyReadIsKept(Protocol protocol) throws Exception {
    server.setProtocols(List.of(protocol));
    OkHttpClient speaking = client.newBuilder().protocols(List.of(protocol)).build();
    String error = incompressible();
    server.enqueue(compressed(error).setResponseCode(429));
    String traceId = closeWhenAllHasCome(speaking, chat().build());
    assertThat(trace(traceId).response().body().text()).isEqualTo(error);
    assertThat(trace(traceId).status()).isEqualTo(TraceStatus.ERROR);
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "H2_PRIOR_KNOWLEDGE"})
  void aCompressedErrorOfACallerWhoDecompressesHimselfIsKept(Protocol protocol) throws Exception {
    server.setProtocols(List.of(protocol));
    OkHttpClient speaking = client.newBuilder().protocols(List.of(protocol)).build();
    String error = incompressible();
    server.enqueue(compressed(error).setResponseCode(429));
    Request request = chat().header("Accept-Encoding", "gzip").build();
    String traceId = closeWhenAllHasCome(speaking, request);
    assertThat(trace(traceId).response().body().text()).isEqualTo(error);
  }

  @Test
  void whatHasComeOverHttp2IsKeptAndCountedToNobody() throws Exception {
    server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    String error = incompressible();
    server.enqueue(new MockResponse().setResponseCode(500).setBody(error));
    Ends without = new Ends();
    closeWhenAllHasCome(speakingHttp2(without), chat().build());
    server.enqueue(new MockResponse().setResponseCode(500).setBody(error));
    Ends with = new Ends();
    OkHttpClient recorded = TraceForgeOkHttp.instrument(speakingHttp2(with), traceForge);
    String traceId = closeWhenAllHasCome(recorded, chat().build());
    assertThat(withoutCounts(with)).isEqualTo(withoutCounts(without)).contains("callEnd");
    assertThat(trace(traceId).response().body().text()).isEqualTo(error);
  }

  /** How much of a frame one read gives is chance here; the contract's server leaves none. */
  private static List<String> withoutCounts(Ends ends) {
    return ends.names.stream().map(name -> name.replaceFirst(" .*", "")).toList();
  }

  private OkHttpClient speakingHttp2(EventListener listener) {
    return listenedBy(listener)
        .newBuilder()
        .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
        .build();
  }

  /**
   * Reads a byte and closes. Over HTTP/2 the whole frame has come when a later answer has; returns
   * the trace's id.
   */
  private String closeWhenAllHasCome(OkHttpClient reading, Request request) throws IOException {
    try (Response response = reading.newCall(request).execute()) {
      response.body().source().require(1);
      if (response.protocol() == Protocol.H2_PRIOR_KNOWLEDGE) {
        server.enqueue(new MockResponse());
        reading.newCall(get("/later").build()).execute().close();
      }
      return String.valueOf(response.header(SessionHeaders.TRACE_ID));
    }
  }

  /** More than one read of OkHttp's and less than one HTTP/2 frame, even when compressed. */
  private static String incompressible() {
    byte[] bytes = new byte[9_000];
    new Random(7).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static MockResponse compressed(String text) throws IOException {
    Buffer compressed = new Buffer();
    try (BufferedSink gzip = Okio.buffer(new GzipSink(compressed))) {
      gzip.writeUtf8(text);
    }
    return new MockResponse().setHeader("Content-Encoding", "gzip").setBody(compressed);
  }

  private void assertSameEnds(String answer, Closing closing) throws Exception {
    try (ScriptedServer scripted =
        new ScriptedServer(
            connection -> {
              connection.send(answer);
              connection.awaitClientsClose();
            })) {
      Request request = chat().url(scripted.url("/v1/chat/completions")).build();
      Ends without = new Ends();
      closeEarly(listenedBy(without), request, closing);
      Ends with = new Ends();
      closeEarly(TraceForgeOkHttp.instrument(listenedBy(with), traceForge), request, closing);
      assertThat(with.names).isEqualTo(without.names).contains("callEnd");
      assertThat(onlyTrace().status()).isEqualTo(TraceStatus.CANCELLED);
      assertThat(onlyTrace().response().body().text()).isEqualTo("first");
    }
  }

  private static OkHttpClient listenedBy(EventListener listener) {
    return plainClient().newBuilder().eventListener(listener).build();
  }

  private static void closeEarly(OkHttpClient client, Request request, Closing closing)
      throws IOException {
    Call call = client.newCall(request);
    Response response = call.execute();
    assertThat(response.body().source().readUtf8(5)).isEqualTo("first");
    closing.close(call, response);
  }
}
