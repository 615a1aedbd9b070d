package io.traceforge.benchmarks.storage;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Calls to be stored: in each round those that are under way at the same time. */
interface Workload {
  /** The calls, made while they are asked for: all of them at once would fill the memory. */
  Stream<List<Exchange>> rounds();

  /** Calls that have nothing to do with one another, of 2,400 and 1,500 bytes. */
  static Workload unrelated(int rounds, int callsAtOnce) {
    return () -> {
      Words words = new Words(1);
      return IntStream.range(0, rounds).mapToObj(round -> unrelated(words, callsAtOnce));
    };
  }

  private static List<Exchange> unrelated(Words words, int calls) {
    return IntStream.range(0, calls)
        .mapToObj(
            n ->
                new Exchange(
                    null,
                    0,
                    Chats.request("", Chats.message("user", words.text(2_310))),
                    Chats.response(n, Chats.message("assistant", words.text(1_230)))))
        .toList();
  }

  /** Agents that send all that was said again at each of their steps. */
  static Workload agents(int sessions, int steps) {
    return () -> {
      Words words = new Words(2);
      List<Agent> agents =
          IntStream.range(0, sessions).mapToObj(n -> new Agent("agent-" + n, n, words)).toList();
      return IntStream.range(0, steps)
          .mapToObj(step -> agents.stream().map(agent -> agent.call(step)).toList());
    };
  }

  /** Small calls of many sessions, so many of them at the same time, one batch after the other. */
  static Workload small(int sessions, int atOnce, int steps) {
    return () -> {
      Words words = new Words(3);
      return IntStream.range(0, sessions / atOnce * steps)
          .mapToObj(round -> small(words, round / steps * atOnce, atOnce, round % steps));
    };
  }

  private static List<Exchange> small(Words words, int first, int atOnce, int step) {
    return IntStream.range(first, first + atOnce)
        .mapToObj(
            n ->
                new Exchange(
                    "session-" + n,
                    step,
                    Chats.request("", Chats.message("user", words.text(300))),
                    Chats.response(n, Chats.message("assistant", words.text(200)))))
        .toList();
  }

  /** Calls with ten messages of so many bytes each, none of them known. */
  static Workload manyParts(int rounds, int callsAtOnce, int bytes) {
    return () -> {
      Words words = new Words(4);
      return IntStream.range(0, rounds).mapToObj(round -> manyParts(words, callsAtOnce, bytes));
    };
  }

  private static List<Exchange> manyParts(Words words, int calls, int bytes) {
    return IntStream.range(0, calls)
        .mapToObj(
            n ->
                new Exchange(
                    null,
                    0,
                    Chats.request(
                        "",
                        String.join(
                            ",",
                            IntStream.range(0, 9)
                                .mapToObj(any -> Chats.message("user", words.text(bytes)))
                                .toList())),
                    Chats.response(n, Chats.message("assistant", words.text(bytes)))))
        .toList();
  }
}
