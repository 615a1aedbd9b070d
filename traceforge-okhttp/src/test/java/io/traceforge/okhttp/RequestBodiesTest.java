package io.traceforge.okhttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.traceforge.TraceForge;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okio.Buffer;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.Okio;
import org.junit.jupiter.api.Test;

/** Bodies of every kind reach the server byte for byte and are written no extra time. */
class RequestBodiesTest extends OkHttpTestBase {

  /** Counts what OkHttp asks of it. */
  private static class CountingBody extends RequestBody {
    final AtomicInteger writes = new AtomicInteger();
    final AtomicInteger lengths = new AtomicInteger();
    final byte[] bytes;

    CountingBody(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public MediaType contentType() {
      return JSON;
    }

    @Override
    public long contentLength() {
      lengths.incrementAndGet();
      return bytes.length;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      writes.incrementAndGet();
      sink.write(bytes);
    }
  }

  private Trace send(RequestBody body) throws Exception {
    server.enqueue(chatAnswer());
    return trace(call(client, chat().post(body).build()).traceId());
  }

  @Test
  void aBodyIsWrittenOnceAndItsLengthAskedNoMoreOftenThanWithoutUs() throws Exception {
    CountingBody plain = new CountingBody(CHAT_REQUEST.getBytes(UTF_8));
    server.enqueue(chatAnswer());
    call(plainClient(), chat().post(plain).build());
    CountingBody recorded = new CountingBody(CHAT_REQUEST.getBytes(UTF_8));
    send(recorded);
    assertThat(recorded.writes).hasValue(1);
    assertThat(recorded.lengths.get()).isEqualTo(plain.lengths.get());
  }

  @Test
  void aOneShotBodyIsRecorded() throws Exception {
    RequestBody oneShot =
        new RequestBody() {
          private final BufferedSource source =
              Okio.buffer(Okio.source(new ByteArrayInputStream(CHAT_REQUEST.getBytes(UTF_8))));

          @Override
          public MediaType contentType() {
            return JSON;
          }

          @Override
          public boolean isOneShot() {
            return true;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            sink.writeAll(source);
          }
        };
    Trace trace = send(oneShot);
    assertThat(taken().getBody().readUtf8()).isEqualTo(CHAT_REQUEST);
    assertThat(trace.request().body().text()).isEqualTo(CHAT_REQUEST);
  }

  @Test
  void aBodyThatA307WritesTwiceIsRecordedOnce() throws Exception {
    server.enqueue(new MockResponse().setResponseCode(307).setHeader("Location", "/again"));
    CountingBody body = new CountingBody(CHAT_REQUEST.getBytes(UTF_8));
    Trace trace = send(body);
    assertThat(body.writes).hasValue(2);
    assertThat(trace.request().body().text()).isEqualTo(CHAT_REQUEST);
    assertThat(traces()).hasSize(1);
  }

  @Test
  void largeBodiesPassWholeAndAreKeptInPart() throws Exception {
    byte[] large = new byte[3_000_000];
    new Random(1).nextBytes(large);
    try (TraceForge small = TraceForge.builder().storage("memory:").maxBodyBytes(100_000).build()) {
      server.enqueue(new MockResponse().setBody(new Buffer().write(large)));
      OkHttpClient recording = TraceForgeOkHttp.instrument(plainClient(), small);
      Request request = chat().post(RequestBody.create(large, JSON)).build();
      String traceId;
      try (Response response = recording.newCall(request).execute()) {
        assertThat(response.body().bytes()).isEqualTo(large);
        traceId = response.header("X-TraceForge-Trace-ID");
      }
      assertThat(taken().getBody().readByteArray()).isEqualTo(large);
      Trace trace = small.storage().getTrace(traceId).orElseThrow();
      for (TraceBody body : List.of(trace.request().body(), trace.response().body())) {
        assertThat(body.size()).isEqualTo(large.length);
        assertThat(body.isTruncated()).isTrue();
        assertThat(body.bytes()).hasSizeLessThanOrEqualTo(100_000).hasSizeGreaterThan(30_000);
        assertThat(large).startsWith(java.util.Arrays.copyOf(body.bytes(), body.headLength()));
      }
      assertThat(small.stats().bufferedBytes()).isZero();
    }
  }

  @Test
  void bytesComeBackAsTheyWere() throws Exception {
    byte[] binary = new byte[200_000];
    new Random(2).nextBytes(binary);
    Trace trace = send(RequestBody.create(binary, MediaType.get("application/octet-stream")));
    assertThat(trace.request().body().bytes()).isEqualTo(binary);
    assertThat(trace.request().body().isTruncated()).isFalse();
  }

  @Test
  void whatTheCallersBodyThrowsReachesTheCallerUnchanged() throws Exception {
    IOException own = new IOException("the caller's own");
    RequestBody throwing =
        new RequestBody() {
          @Override
          public MediaType contentType() {
            return JSON;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            throw own;
          }
        };
    assertThatIOException()
        .isThrownBy(() -> client.newCall(chat().post(throwing).build()).execute())
        .isSameAs(own);
    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.ERROR);
    assertThat(onlyTrace().error().message()).isEqualTo("the caller's own");
  }

  @Test
  void aDuplexBodyPassesUntouched() throws Exception {
    server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    server.enqueue(chatAnswer());
    OkHttpClient http2 =
        TraceForgeOkHttp.instrument(
            plainClient().newBuilder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build(),
            traceForge);
    RequestBody duplex =
        new CountingBody(CHAT_REQUEST.getBytes(UTF_8)) {
          @Override
          public boolean isDuplex() {
            return true;
          }

          @Override
          public long contentLength() {
            return -1;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            super.writeTo(sink);
            sink.close();
          }
        };
    Answer answer = call(http2, chat().post(duplex).build());
    assertThat(answer.body()).isEqualTo(CHAT_RESPONSE);
    assertThat(taken().getBody().readUtf8()).isEqualTo(CHAT_REQUEST);
    Trace trace = trace(answer.traceId());
    assertThat(trace.request().body()).isNull();
    assertThat(trace.response().body().text()).isEqualTo(CHAT_RESPONSE);
  }

  @Test
  void compressionThatTheCallerAskedForIsUndoneForTheRecordOnly() throws Exception {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(CHAT_RESPONSE.getBytes(UTF_8));
    }
    server.enqueue(
        chatAnswer()
            .setHeader("Content-Encoding", "gzip")
            .setBody(new Buffer().write(zipped.toByteArray())));
    try (Response response =
        client.newCall(chat().header("Accept-Encoding", "gzip").build()).execute()) {
      assertThat(response.body().bytes()).isEqualTo(zipped.toByteArray());
    }
    assertThat(onlyTrace().response().body().text()).isEqualTo(CHAT_RESPONSE);
    assertThat(onlyTrace().metadata().tokensUsed()).isEqualTo(11);
  }
}
