package io.traceforge.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A response's stream gives what the server's gives, and tells how it ended. */
class RecordedInputStreamTest extends AdapterTestBase {
  private static final String BODY = "{\"answer\": \"that\"}";

  @Test
  void whatIsReadToTheEndIsRecordedWhole() throws IOException {
    InputStream body = recorded(begin(), bytes(BODY));

    assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(BODY);
    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(onlyTrace().response().body().text()).isEqualTo(BODY);
  }

  @Test
  void singleBytesAndSkippedOnesAreRecordedToo() throws IOException {
    InputStream body = recorded(begin(), bytes(BODY));

    assertThat(body.read()).isEqualTo('{');
    assertThat(body.skip(3)).isEqualTo(3);
    assertThat(body.read(new byte[BODY.length()], 2, 5)).isEqualTo(5);
    assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(BODY.length() - 9);
    assertThat(onlyTrace().response().body().text()).isEqualTo(BODY);
    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.SUCCESS);
  }

  @Test
  void whatIsReadAgainAfterAResetIsRecordedOnce() throws IOException {
    InputStream body = recorded(begin(), bytes(BODY));

    assertThat(body.markSupported()).isTrue();
    body.readNBytes(2);
    body.mark(100);
    body.readNBytes(4);
    body.reset();
    assertThat(body.readAllBytes()).hasSize(BODY.length() - 2);
    assertThat(onlyTrace().response().body().text()).isEqualTo(BODY);
  }

  @Test
  void aStreamClosedEarlyIsCancelledWithWhatWasRead() throws IOException {
    boolean[] closed = new boolean[1];
    InputStream server =
        new FilterInputStream(bytes(BODY)) {
          @Override
          public void close() throws IOException {
            closed[0] = true;
            super.close();
          }
        };
    InputStream body = recorded(begin(), server);
    body.readNBytes(5);
    body.close();

    assertThat(closed[0]).isTrue();
    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.CANCELLED);
    assertThat(onlyTrace().response().body().text()).isEqualTo(BODY.substring(0, 5));
  }

  @Test
  void aFailureIsTheServersOwnAndEndsTheCall() throws IOException {
    IOException broken = new IOException("reset by peer");
    InputStream body = recorded(begin(), failingAfter(4, broken));

    assertThat(body.read(new byte[4])).isEqualTo(4);
    assertThatThrownBy(body::read).isSameAs(broken);
    body.close();
    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.ERROR);
    assertThat(trace.error().message()).isEqualTo("reset by peer");
    assertThat(trace.response().body().text()).isEqualTo(BODY.substring(0, 4));
  }

  @Test
  void aWrongArgumentEndsNothing() throws IOException {
    InputStream body = recorded(begin(), bytes(BODY));

    assertThatThrownBy(() -> body.read(new byte[2], 1, 5))
        .isInstanceOf(IndexOutOfBoundsException.class);
    body.readAllBytes();
    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.SUCCESS);
  }

  @Test
  void aClosedTraceForgeLeavesTheStreamAsItIs() throws IOException {
    InputStream body = recorded(begin(), bytes(BODY));
    traceForge.close();

    assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(BODY);
    body.close();
  }

  private static InputStream recorded(ClientCall call, InputStream server) {
    call.requestSent();
    call.response(200, HttpHeaders::empty);
    return call.responseBody(server, -1, null);
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream failingAfter(int count, IOException failure) {
    InputStream first = bytes(BODY.substring(0, count));
    return new InputStream() {
      @Override
      public int read() throws IOException {
        int next = first.read();
        if (next < 0) {
          throw failure;
        }
        return next;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int read = first.read(target, offset, length);
        if (read < 0) {
          throw failure;
        }
        return read;
      }
    };
  }
}
