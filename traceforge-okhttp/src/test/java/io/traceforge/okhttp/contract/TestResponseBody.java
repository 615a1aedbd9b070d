package io.traceforge.okhttp.contract;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;
import okio.Timeout;

/** A response body that a user's interceptor puts there; notes what is asked of its source. */
final class TestResponseBody extends ResponseBody {
  interface Reading {
    /** Returns the next piece, or null at the end. */
    String next() throws IOException;
  }

  private final Journal journal;
  private final long length;
  private final BufferedSource source;

  TestResponseBody(Journal journal, long length, Reading reading) {
    this.journal = journal;
    this.length = length;
    this.source = Okio.buffer(new Told(reading));
  }

  @Override
  public MediaType contentType() {
    return Caller.JSON;
  }

  @Override
  public long contentLength() {
    return length;
  }

  @Override
  public BufferedSource source() {
    return source;
  }

  private final class Told implements Source {
    private final Reading reading;

    Told(Reading reading) {
      this.reading = reading;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      journal.note("  source asked for " + byteCount);
      String piece = reading.next();
      if (piece == null) {
        return -1;
      }
      sink.writeUtf8(piece);
      return piece.length();
    }

    @Override
    public Timeout timeout() {
      return Timeout.NONE;
    }

    @Override
    public void close() throws IOException {
      journal.note("  source closed");
    }
  }
}
