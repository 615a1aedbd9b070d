package io.traceforge.benchmarks;

import java.io.IOException;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/** What a program does with a client. */
final class Calls {
  private Calls() {}

  /** Reads the answer at once; returns its length. */
  static int read(Call.Factory calls, Request request) throws IOException {
    try (Response response = calls.newCall(request).execute()) {
      return response.body().string().length();
    }
  }

  /** Reads a stream line by line; returns when the first line was there. */
  static long readLines(Call.Factory calls, Request request) throws IOException {
    try (Response response = calls.newCall(request).execute()) {
      BufferedSource source = response.body().source();
      int events = source.readUtf8Line() == null ? 0 : 1;
      long firstLineAt = System.nanoTime();
      for (String line = source.readUtf8Line(); line != null; line = source.readUtf8Line()) {
        events += line.isEmpty() ? 0 : 1;
      }
      if (events != Payloads.CHUNKS + 1) {
        throw new IOException("the stream had " + events + " events");
      }
      return firstLineAt;
    }
  }
}
