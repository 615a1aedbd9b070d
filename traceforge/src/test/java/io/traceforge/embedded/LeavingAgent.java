package io.traceforge.embedded;

import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.storage.sqlite.SqliteStorageBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * A program that leaves without closing its recorder, while one call is never answered. It prints
 * the trace ids of the calls that have ended.
 */
final class LeavingAgent {
  static final int CALLS = 50;
  static final int MORE_CALLS = 10;

  private final TraceForge traceForge;
  private final OkHttpClient client;
  private final String baseUrl;

  private LeavingAgent(TraceForge traceForge, OkHttpClient client, String baseUrl) {
    this.traceForge = traceForge;
    this.client = TraceForgeOkHttp.instrument(client, traceForge);
    this.baseUrl = baseUrl;
  }

  /** Arguments: the file, the base URL of the provider, how it leaves. */
  public static void main(String[] args) throws Exception {
    StalledStorage storage = new StalledStorage(SqliteStorageBackend.open(Path.of(args[0])), false);
    TraceForge traceForge = TraceForge.builder().storage(storage).build();
    ExecutorService threads = Executors.newCachedThreadPool(LeavingAgent::daemon);
    OkHttpClient client = new OkHttpClient.Builder().dispatcher(new Dispatcher(threads)).build();
    LeavingAgent agent = new LeavingAgent(traceForge, client, args[1]);
    agent.work();
    switch (args[2]) {
      case "return" -> {}
      case "exit" -> System.exit(3);
      case "exit while a hook drains" -> {
        Runtime.getRuntime().addShutdownHook(new Thread(agent::drain));
        System.exit(3);
      }
      case "exit while it flushes" -> {
        daemon(agent::flushForEver).start();
        System.exit(3);
      }
      case "exit while it closes" -> {
        storage.stall();
        Runtime.getRuntime().addShutdownHook(new Thread(storage::goOn));
        agent.ask();
        daemon(traceForge::close).start();
        storage.awaitWriter();
        System.exit(3);
      }
      default -> throw new IllegalArgumentException(args[2]);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  private void work() throws Exception {
    CountDownLatch answered = new CountDownLatch(CALLS / 2);
    for (int call = 0; call < CALLS / 2; call++) {
      client.newCall(Agent.request(url("json"), "later")).enqueue(new Printing(answered));
    }
    client.newCall(Agent.request(url("hang"), "never")).enqueue(new Printing(answered));
    for (int call = CALLS / 2; call < CALLS; call++) {
      ask();
    }
    answered.await();
  }

  private void ask() throws IOException {
    System.out.println(Agent.ask(client, url("events/3"), "now").traceId());
  }

  private String url(String kind) {
    return baseUrl.replace("KIND", kind);
  }

  /** Works on until the other hook is done, and for a while after that. */
  private void drain() {
    try {
      for (Thread hook : Thread.getAllStackTraces().keySet()) {
        if (hook.getName().equals("traceforge-exit")) {
          hook.join();
        }
      }
      for (int call = 0; call < MORE_CALLS; call++) {
        ask();
      }
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
    traceForge.close();
  }

  private void flushForEver() {
    while (true) {
      traceForge.flush(Duration.ofDays(1));
    }
  }

  private record Printing(CountDownLatch answered) implements Callback {
    @Override
    public void onResponse(Call call, Response response) throws IOException {
      System.out.println(Agent.readToEnd(response).traceId());
      answered.countDown();
    }

    @Override
    public void onFailure(Call call, IOException failure) {
      failure.printStackTrace();
    }
  }
}
