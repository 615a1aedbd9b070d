package io.traceforge.embedded;

import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.storage.sqlite.SqliteStorageBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * A program that reads many long streams at once while its storage is stalled. It prints how many
 * bytes its callers got, how many the recorder held at most, and what came of the calls.
 */
final class ManyStreams {
  private final TraceForge traceForge;
  private final OkHttpClient client;
  private final CountDownLatch answered;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong mostBuffered = new AtomicLong();

  private ManyStreams(TraceForge traceForge, int streams) {
    this.traceForge = traceForge;
    this.client = TraceForgeOkHttp.instrument(new OkHttpClient(), traceForge);
    this.answered = new CountDownLatch(streams);
  }

  /** Arguments: the file, the stream's URL, how many streams, the queue's capacity. */
  public static void main(String[] args) throws Exception {
    StalledStorage storage = new StalledStorage(SqliteStorageBackend.open(Path.of(args[0])), true);
    try (TraceForge traceForge =
        TraceForge.builder()
            .storage(storage)
            .queueCapacity(Integer.parseInt(args[3]))
            .closeTimeout(Duration.ofMinutes(1))
            .build()) {
      new ManyStreams(traceForge, Integer.parseInt(args[2])).run(args[1]);
      storage.goOn();
      traceForge.flush(Duration.ofMinutes(1));
      System.out.println("budget " + traceForge.config().maxBufferedBytes());
      System.out.println("stored " + traceForge.stats().storedTraces());
      System.out.println("lost " + traceForge.stats().lostTraces());
      System.out.println("left " + traceForge.stats().bufferedBytes());
      System.out.println("internal errors " + traceForge.stats().internalErrors());
    }
  }

  private void run(String url) throws InterruptedException {
    List<Thread> readers = new ArrayList<>();
    for (long i = answered.getCount(); i > 0; i--) {
      Thread reader = new Thread(null, () -> read(url), "reader", 256 << 10);
      reader.start();
      readers.add(reader);
    }
    for (Thread reader : readers) {
      reader.join();
    }
    System.out.println("bytes " + bytes);
    System.out.println("most buffered " + mostBuffered);
  }

  private void read(String url) {
    try {
      Response response = client.newCall(Agent.request(url, "one of many")).execute();
      answered.countDown();
      answered.await();
      bytes.addAndGet(Agent.readToEnd(response).bytes());
      mostBuffered.accumulateAndGet(traceForge.stats().bufferedBytes(), Math::max);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
