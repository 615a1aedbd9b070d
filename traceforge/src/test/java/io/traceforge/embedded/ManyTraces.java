package io.traceforge.embedded;

import io.traceforge.export.TraceExport;
import io.traceforge.export.TraceImport;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import io.traceforge.trace.TraceStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A program that stores many traces, exports them and imports them into another storage. */
final class ManyTraces {
  private static final int BATCH = 100;
  private static final int IN_A_SESSION = 20;
  private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

  private final Random random = new Random(1);
  private final int size;

  private ManyTraces(int size) {
    this.size = size;
  }

  /** Arguments: a folder, how many traces, how many bytes each of their bodies has. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Path lines = folder.resolve("traces.jsonl");
    int count = Integer.parseInt(args[1]);
    try (StorageBackend from = StorageBackend.open("sqlite:" + folder.resolve("from.db"));
        StorageBackend to = StorageBackend.open("sqlite:" + folder.resolve("to.db"))) {
      new ManyTraces(Integer.parseInt(args[2])).storeIn(from, count);
      long begun = System.nanoTime();
      System.out.println("exported " + TraceExport.all(from).to(lines));
      long exported = System.nanoTime();
      System.out.println("imported " + TraceImport.into(to).from(lines));
      System.err.printf(
          "export %d ms, import %d ms%n",
          (exported - begun) / 1_000_000, (System.nanoTime() - exported) / 1_000_000);
    }
  }

  private void storeIn(StorageBackend storage, int count) {
    for (int first = 0; first < count; first += BATCH) {
      List<Trace> batch = new ArrayList<>();
      for (int n = first; n < Math.min(first + BATCH, count); n++) {
        batch.add(trace(n));
      }
      storage.saveTraces(batch);
    }
  }

  private Trace trace(int n) {
    return Trace.builder()
        .id("trace-" + n)
        .sessionId("session-" + n / IN_A_SESSION)
        .stepIndex(n % IN_A_SESSION)
        .callNumber(n % IN_A_SESSION + 1)
        .status(TraceStatus.SUCCESS)
        .startTime(START.plusMillis(n))
        .request(TraceRequest.of("POST", "http://localhost/v1/chat", HttpHeaders.empty(), body()))
        .response(TraceResponse.of(200, HttpHeaders.empty(), body(), null))
        .build();
  }

  private TraceBody body() {
    StringBuilder text = new StringBuilder("{\"text\":\"");
    while (text.length() < size - 2) {
      text.append(Long.toString(random.nextLong() >>> 1, 36)).append(' ');
    }
    return TraceBody.ofText(text.append("\"}").toString(), "application/json");
  }
}
