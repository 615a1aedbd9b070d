package io.traceforge.okhttp.contract;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** A request body that does as told, and notes what it is asked. */
final class TestBody extends RequestBody {
  interface Writing {
    void write(BufferedSink sink) throws IOException;
  }

  private final Journal journal;
  private final Writing writing;
  private long length = -1;
  private boolean oneShot;
  private boolean duplex;
  private boolean everyQuestion;

  private TestBody(Journal journal, Writing writing) {
    this.journal = journal;
    this.writing = writing;
  }

  static TestBody of(Journal journal, Writing writing) {
    return new TestBody(journal, writing);
  }

  static TestBody of(Journal journal, String text) {
    return of(journal, sink -> sink.writeUtf8(text));
  }

  TestBody length(long told) {
    length = told;
    return this;
  }

  TestBody oneShot() {
    oneShot = true;
    return this;
  }

  TestBody duplex() {
    duplex = true;
    return this;
  }

  /** Notes the cheap questions too. */
  TestBody notingEveryQuestion() {
    everyQuestion = true;
    return this;
  }

  private void asked(String what) {
    if (everyQuestion) {
      journal.note("  body asked " + what);
    }
  }

  @Override
  public MediaType contentType() {
    asked("for its type");
    return Caller.JSON;
  }

  @Override
  public long contentLength() {
    journal.note("  body asked for its length");
    return length;
  }

  @Override
  public boolean isOneShot() {
    asked("whether it is one-shot");
    return oneShot;
  }

  @Override
  public boolean isDuplex() {
    asked("whether it is duplex");
    return duplex;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    journal.note("  body told to write, timeout " + sink.timeout().timeoutNanos());
    writing.write(sink);
    journal.note("  body written");
  }
}
