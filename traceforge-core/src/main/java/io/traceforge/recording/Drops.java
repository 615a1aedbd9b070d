package io.traceforge.recording;

/** Lets go what cannot be stored: it is counted, and the reason is logged. */
final class Drops {
  private final LossLedger losses;
  private final Problems problems;

  Drops(LossLedger losses, Problems problems) {
    this.losses = losses;
    this.problems = problems;
  }

  void drop(QueueEntry entry, String why) {
    if (entry instanceof QueuedCall call) {
      drop(call, why);
    } else {
      problems.warnAtEachTenfold(
          "Facts about sessions were not recorded: " + why, losses.addUpdate());
    }
  }

  private void drop(QueuedCall call, String why) {
    losses.add(call);
    call.dropped();
    if (call.isEnd()) {
      problems.warnAtEachTenfold("Calls were not recorded: " + why, losses.total());
    }
  }

  /** Lets go all that waits. */
  void dropAll(EntryQueue queue, String why) {
    for (QueueEntry left = queue.poll(); left != null; left = queue.poll()) {
      drop(left, why);
    }
  }
}
