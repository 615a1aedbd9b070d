package io.traceforge.benchmarks.storage;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/**
 * Two ways to the same answer, asked for the same things by turns: what else the machine does falls
 * upon both. Each pair of answers is compared, outside the time that is taken.
 */
final class Pairs<K, A, B> {
  private final Way<K, A> ours;
  private final Way<K, B> hand;
  private final Function<A, Object> meaningOfOurs;
  private final Function<B, Object> meaningOfHand;
  private Nanos oursTook = new Nanos();
  private Nanos handTook = new Nanos();

  /** One of the ways. */
  interface Way<K, T> {
    T ask(K target) throws SQLException;
  }

  Pairs(
      Way<K, A> ours,
      Way<K, B> hand,
      Function<A, Object> meaningOfOurs,
      Function<B, Object> meaningOfHand) {
    this.ours = ours;
    this.hand = hand;
    this.meaningOfOurs = meaningOfOurs;
    this.meaningOfHand = meaningOfHand;
  }

  /** Asks for all of them, after asking for the first ones untimed, because code has to get hot. */
  Pairs<K, A, B> run(List<K> targets, int warmUp) throws SQLException {
    for (int i = 0; i < warmUp; i++) {
      askBoth(targets.get(i % targets.size()), i % 2 == 0);
    }
    oursTook = new Nanos();
    handTook = new Nanos();
    for (int i = 0; i < targets.size(); i++) {
      askBoth(targets.get(i), i % 2 == 0);
    }
    return this;
  }

  private void askBoth(K target, boolean oursFirst) throws SQLException {
    Object one;
    Object other;
    if (oursFirst) {
      one = meaningOfOurs.apply(timed(ours, target, oursTook));
      other = meaningOfHand.apply(timed(hand, target, handTook));
    } else {
      other = meaningOfHand.apply(timed(hand, target, handTook));
      one = meaningOfOurs.apply(timed(ours, target, oursTook));
    }
    if (!one.equals(other)) {
      throw new IllegalStateException("not the same answer for " + target);
    }
  }

  private static <K, T> T timed(Way<K, T> way, K target, Nanos took) throws SQLException {
    long began = System.nanoTime();
    T answer = way.ask(target);
    took.add(System.nanoTime() - began);
    return answer;
  }

  Nanos ours() {
    return oursTook;
  }

  Nanos hand() {
    return handTook;
  }
}
