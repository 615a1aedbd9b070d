package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import io.traceforge.redaction.Redactor;
import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.TraceBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDecodingTest {
  private static final int LIMIT = 10_000;
  private static final String TEXT = "{\"answer\":\"" + "that ".repeat(500) + "\"}";

  private final InMemoryStorageBackend storage = new InMemoryStorageBackend();
  private final Recorder recorder =
      Recorder.start(
          storage, RecorderOptions.builder().maxBodyBytes(LIMIT).redactor(Redactor.none()).build());

  @AfterEach
  void close() {
    recorder.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", " x-gzip "})
  void aGzipBodyIsDecodedForTheRecord(String encoding) throws IOException {
    TraceBody body = recorded(gzip(Calls.bytes(TEXT)), encoding);

    assertThat(body.text()).isEqualTo(TEXT);
    assertThat(body.isTruncated()).isFalse();
    assertThat(body.mediaType()).isEqualTo("application/json");
  }

  @Test
  void aDeflateBodyIsDecodedForTheRecord() throws IOException {
    assertThat(recorded(deflate(Calls.bytes(TEXT), false), "deflate").text()).isEqualTo(TEXT);
  }

  @Test
  void aBareDeflateBodyIsDecodedToo() throws IOException {
    assertThat(recorded(deflate(Calls.bytes(TEXT), true), "deflate").text()).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", ""})
  void aBodyThatIsNotEncodedStaysAsItIs(String encoding) {
    assertThat(recorded(Calls.bytes(TEXT), encoding).text()).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "gzip, br"})
  void anUndecodableBodyKeepsItsSizeAndMediaType(String encoding) {
    byte[] noise = randomBytes(1_000);

    TraceBody body = recorded(noise, encoding);

    assertThat(body.bytes()).isEmpty();
    assertThat(body.size()).isEqualTo(1_000);
    assertThat(body.isTruncated()).isTrue();
    assertThat(body.mediaType()).isEqualTo("application/json");
  }

  @Test
  void aGzipBodyCutOffKeepsWhatCame() throws IOException {
    byte[] encoded = gzip(randomBytes(5_000));

    TraceBody body = recorded(Arrays.copyOf(encoded, encoded.length / 2), "gzip");

    assertThat(body.bytes())
        .isNotEmpty()
        .isEqualTo(Arrays.copyOf(randomBytes(5_000), body.bytes().length));
  }

  @Test
  void aGzipBodyOfWhichOnlyPartsWereKeptIsToldAsTruncated() throws IOException {
    byte[] bytes = randomBytes(50_000);

    TraceBody body = recorded(gzip(bytes), "gzip");

    assertThat(body.isTruncated()).isTrue();
    assertThat(body.bytes()).isNotEmpty().isEqualTo(Arrays.copyOf(bytes, body.bytes().length));
  }

  @Test
  void aBodyThatDecodesToVeryMuchIsKeptUpToTheLimit() throws IOException {
    TraceBody body = recorded(gzip(new byte[500_000]), "gzip");

    assertThat(body.bytes()).hasSize(LIMIT);
    assertThat(body.isTruncated()).isTrue();
  }

  @Test
  void aRequestBodyIsDecodedToo() throws IOException {
    CallRecording call = recorder.begin(Calls.in("job-17"));
    call.request(
        "POST", Calls.URL, () -> HttpHeaders.of("Content-Encoding", "gzip"), "application/json");
    Calls.append(call.beginRequestBody(-1), gzip(Calls.bytes(TEXT)));
    call.requestSent();

    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
    assertThat(storage.getTrace(call.traceId()).orElseThrow().request().body().text())
        .isEqualTo(TEXT);
    call.cancelled(null);
  }

  private TraceBody recorded(byte[] bytes, String encoding) {
    CallRecording call = recorder.begin(Calls.in("job-17"));
    call.request("GET", Calls.URL, HttpHeaders::empty, null);
    call.response(
        200,
        () -> HttpHeaders.of("Content-Type", "application/json", "Content-Encoding", encoding));
    Calls.append(call.beginResponseBody(bytes.length), bytes);
    call.readToEnd();
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
    return storage.getTrace(call.traceId()).orElseThrow().response().body();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(encoded)) {
      gzip.write(bytes);
    }
    return encoded.toByteArray();
  }

  private static byte[] deflate(byte[] bytes, boolean bare) throws IOException {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, bare);
    try (OutputStream deflate = new DeflaterOutputStream(encoded, deflater)) {
      deflate.write(bytes);
    } finally {
      deflater.end();
    }
    return encoded.toByteArray();
  }

  private static byte[] randomBytes(int size) {
    byte[] bytes = new byte[size];
    new Random(42).nextBytes(bytes);
    return bytes;
  }
}
