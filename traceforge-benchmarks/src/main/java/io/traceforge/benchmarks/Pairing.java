package io.traceforge.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import okhttp3.Call;

/**
 * Measures all contenders in one loop: each round takes every one of them once, in random order.
 * Whatever else the machine does then meets all alike, and a round's values can be subtracted.
 */
final class Pairing implements AutoCloseable {
  /** Does something once and returns some figures of it. */
  interface Task {
    double[] run(Call.Factory calls) throws IOException;
  }

  private final Map<Contender, Installed> installed = new EnumMap<>(Contender.class);
  private final int settleEvery;
  private final Random random = new Random(1);

  /** Installs all contenders; settles their queues each so many rounds. */
  Pairing(ChainEnd end, int settleEvery) {
    this.settleEvery = settleEvery;
    for (Contender contender : Contender.values()) {
      installed.put(contender, contender.install(end));
    }
  }

  /** Returns the contenders' values, one for each of the task's figures. */
  List<Rounds> measure(Task task, int rounds) throws IOException {
    List<Rounds> measured = new ArrayList<>();
    List<Map.Entry<Contender, Installed>> order = new ArrayList<>(installed.entrySet());
    for (int round = 1; round <= rounds; round++) {
      Collections.shuffle(order, random);
      for (Map.Entry<Contender, Installed> next : order) {
        add(measured, next.getKey(), task.run(next.getValue().calls()));
      }
      if (round % settleEvery == 0) {
        installed.values().forEach(Installed::settle);
      }
    }
    return measured;
  }

  private static void add(List<Rounds> measured, Contender contender, double[] figures) {
    for (int i = 0; i < figures.length; i++) {
      if (i == measured.size()) {
        measured.add(new Rounds());
      }
      measured.get(i).add(contender, figures[i]);
    }
  }

  @Override
  public void close() {
    installed.values().forEach(Installed::close);
  }
}
