package io.traceforge.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** The figures that are taken in pairs. */
final class PairedBenchmarks {
  static final List<String> NAMES = List.of("chain", "loopback", "stream", "paced");

  private static final int CALLS_AT_ONCE = 20;

  private PairedBenchmarks() {}

  /** Takes the named figures and prints them for the process that started this one. */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    for (String what : args) {
      figures(what).forEach(figure -> out.println(figure.line()));
    }
  }

  private static List<Figure> figures(String what) throws IOException {
    return switch (what) {
      case "chain" -> chain(1_500, 1_500);
      case "loopback" -> loopback(4_000, 5_000);
      case "stream" -> stream(0, 4_000, 500);
      case "paced" -> stream(1_000_000, 4_000, 20);
      default -> throw new IllegalArgumentException("no such benchmark: " + what);
    };
  }

  static List<Figure> chain(int warmUp, int rounds) throws IOException {
    Request request = Payloads.chat(HttpUrl.get("https://api.openai.com/v1/chat/completions"));
    try (Pairing pairing = new Pairing(ChainEnd.withoutNetwork(), 5)) {
      Pairing.Task task =
          calls -> {
            long allocated = Allocation.bytesSoFar();
            long began = System.nanoTime();
            for (int i = 0; i < CALLS_AT_ONCE; i++) {
              Calls.read(calls, request);
            }
            double nanos = System.nanoTime() - began;
            double bytes = Allocation.bytesSoFar() - allocated;
            return new double[] {nanos / CALLS_AT_ONCE, bytes / CALLS_AT_ONCE};
          };
      pairing.measure(task, warmUp);
      List<Rounds> measured = pairing.measure(task, rounds);
      return Stream.of(
              measured.get(0).figures("A call without network, in pairs: time in µs", 1_000),
              measured.get(1).figures("A call without network: allocation in bytes", 1))
          .flatMap(List::stream)
          .toList();
    }
  }

  static List<Figure> loopback(int warmUp, int rounds) throws IOException {
    try (ServerProcess server = new ServerProcess();
        Pairing pairing = new Pairing(ChainEnd.network(), 250)) {
      Request request = Payloads.chat(server.chat());
      Pairing.Task task =
          calls -> {
            long began = System.nanoTime();
            Calls.read(calls, request);
            return new double[] {System.nanoTime() - began};
          };
      pairing.measure(task, warmUp);
      return pairing
          .measure(task, rounds)
          .get(0)
          .figures("A call over loopback: time in µs", 1_000);
    }
  }

  static List<Figure> stream(long pauseNanos, int warmUp, int rounds) throws IOException {
    try (ServerProcess server = new ServerProcess();
        Pairing pairing = new Pairing(ChainEnd.network(), 50)) {
      // Without pauses, and long enough that what is done once in a stream is compiled as well.
      pairing.measure(streaming(Payloads.chat(server.stream(0))), warmUp);
      List<Rounds> measured =
          pairing.measure(streaming(Payloads.chat(server.stream(pauseNanos))), rounds);
      String what = "A stream of 200 chunks, " + pauseNanos / 1_000 + " µs apart: ";
      return Stream.of(
              measured.get(0).figures(what + "first line in µs", 1_000),
              measured.get(1).figures(what + "whole in µs", 1_000),
              measured.get(2).figures(what + "allocation in bytes", 1))
          .flatMap(List::stream)
          .toList();
    }
  }

  private static Pairing.Task streaming(Request request) {
    return calls -> {
      long allocated = Allocation.bytesSoFar();
      long began = System.nanoTime();
      double firstLine = Calls.readLines(calls, request) - began;
      double whole = System.nanoTime() - began;
      double bytes = Allocation.bytesSoFar() - allocated;
      return new double[] {firstLine, whole, bytes};
    };
  }
}
