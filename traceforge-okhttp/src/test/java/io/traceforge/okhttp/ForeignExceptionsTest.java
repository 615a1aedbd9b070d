package io.traceforge.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.trace.TraceStatus;
import java.util.concurrent.TimeoutException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.junit.jupiter.api.Test;

/** Kotlin code throws what it likes: exceptions that Java's signatures do not tell of. */
class ForeignExceptionsTest extends OkHttpTestBase {
  private final Exception undeclared = new TimeoutException("undeclared");

  @SuppressWarnings("unchecked")
  private static <X extends Exception> void sneak(Exception undeclared) throws X {
    throw (X) undeclared;
  }

  private OkHttpClient with(Interceptor inner) {
    return client.newBuilder().addInterceptor(inner).build();
  }

  private void assertFailed() {
    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.ERROR);
    assertThat(onlyTrace().error().message()).isEqualTo("undeclared");
    assertThat(traceForge.stats().bufferedBytes()).isZero();
    assertThat(traceForge.stats().internalErrors()).isZero();
  }

  @Test
  void anInterceptorsUndeclaredExceptionEndsTheCall() throws Exception {
    server.enqueue(chatAnswer());
    OkHttpClient throwing =
        with(
            chain -> {
              chain.proceed(chain.request()).close();
              ForeignExceptionsTest.<RuntimeException>sneak(undeclared);
              throw new AssertionError();
            });
    assertThatThrownBy(() -> throwing.newCall(chat().build()).execute()).isSameAs(undeclared);
    assertFailed();
  }

  @Test
  void aBodysUndeclaredExceptionEndsTheCall() throws Exception {
    server.enqueue(chatAnswer());
    OkHttpClient throwing =
        with(
            chain -> {
              Response response = chain.proceed(chain.request());
              return response.newBuilder().body(new ThrowingBody(response.body())).build();
            });
    try (Response response = throwing.newCall(chat().build()).execute()) {
      assertThatThrownBy(() -> response.body().string()).isSameAs(undeclared);
    }
    assertFailed();
  }

  private final class ThrowingBody extends ResponseBody {
    private final ResponseBody received;

    ThrowingBody(ResponseBody received) {
      this.received = received;
    }

    @Override
    public MediaType contentType() {
      return received.contentType();
    }

    @Override
    public long contentLength() {
      return received.contentLength();
    }

    @Override
    public BufferedSource source() {
      return Okio.buffer(
          new ForwardingSource(received.source()) {
            @Override
            public long read(Buffer sink, long byteCount) {
              ForeignExceptionsTest.<RuntimeException>sneak(undeclared);
              return -1;
            }
          });
    }
  }
}
