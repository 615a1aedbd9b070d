package io.traceforge.benchmarks;

import java.io.IOException;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** The figures that are taken in pairs. */
final class PairedBenchmarks {
  private static final int CALLS_AT_ONCE = 20;

  private PairedBenchmarks() {}

  static String chain(int warmUp, int rounds) throws IOException {
    Request request = Payloads.chat(HttpUrl.get("https://api.openai.com/v1/chat/completions"));
    try (Pairing pairing = new Pairing(ChainEnd.withoutNetwork(), 5)) {
      List<Table> tables =
          measure(
              pairing,
              calls -> {
                long allocated = Allocation.bytesSoFar();
                long began = System.nanoTime();
                for (int i = 0; i < CALLS_AT_ONCE; i++) {
                  Calls.read(calls, request);
                }
                double nanos = System.nanoTime() - began;
                double bytes = Allocation.bytesSoFar() - allocated;
                return new double[] {nanos / CALLS_AT_ONCE, bytes / CALLS_AT_ONCE};
              },
              warmUp,
              rounds);
      return tables.get(0).text("A call without network, in pairs: time", "µs", 1_000)
          + tables.get(1).text("A call without network: allocation", "bytes", 1);
    }
  }

  static String loopback(int warmUp, int rounds) throws IOException {
    try (ServerProcess server = new ServerProcess();
        Pairing pairing = new Pairing(ChainEnd.network(), 250)) {
      Request request = Payloads.chat(server.chat());
      List<Table> tables =
          measure(
              pairing,
              calls -> {
                long began = System.nanoTime();
                Calls.read(calls, request);
                return new double[] {System.nanoTime() - began};
              },
              warmUp,
              rounds);
      return tables.get(0).text("A call over loopback: time", "µs", 1_000);
    }
  }

  static String stream(long pauseNanos, int warmUp, int rounds) throws IOException {
    try (ServerProcess server = new ServerProcess();
        Pairing pairing = new Pairing(ChainEnd.network(), 50)) {
      Request request = Payloads.chat(server.stream(pauseNanos));
      List<Table> tables =
          measure(
              pairing,
              calls -> {
                long allocated = Allocation.bytesSoFar();
                long began = System.nanoTime();
                double firstLine = Calls.readLines(calls, request) - began;
                double whole = System.nanoTime() - began;
                double bytes = Allocation.bytesSoFar() - allocated;
                return new double[] {firstLine, whole, bytes};
              },
              warmUp,
              rounds);
      String what = "A stream of 200 chunks, " + pauseNanos / 1_000 + " µs apart: ";
      return tables.get(0).text(what + "first line", "µs", 1_000)
          + tables.get(1).text(what + "whole", "µs", 1_000)
          + tables.get(2).text(what + "allocation", "bytes", 1);
    }
  }

  private static List<Table> measure(Pairing pairing, Pairing.Task task, int warmUp, int rounds)
      throws IOException {
    pairing.measure(task, warmUp);
    return pairing.measure(task, rounds);
  }
}
