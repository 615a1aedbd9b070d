package io.traceforge.recording;

import io.traceforge.recording.GuardedStorage.Result;
import io.traceforge.storage.SessionUpdate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Tells sessions of their lost traces, as far as the backend takes it. Writer thread only. */
final class LossTeller {
  /** After so many refusals in a row it is not the one session that the backend does not take. */
  private static final int REFUSALS_IN_A_ROW = 3;

  private final LossLedger losses;
  private final GuardedStorage storage;
  private final BackOff backOff;
  private int failures;
  private long againAt;

  LossTeller(LossLedger losses, GuardedStorage storage, BackOff backOff) {
    this.losses = losses;
    this.storage = storage;
    this.backOff = backOff;
  }

  /**
   * Tells what is to be told, unless the backend has just refused it.
   *
   * @param now whether somebody waits for it
   * @return whether nothing is left to be told
   */
  boolean tell(boolean now) {
    if (losses.hasUntold() && (now || failures == 0 || System.nanoTime() - againAt >= 0)) {
      failures = tellAll() ? 0 : failures + 1;
      againAt = System.nanoTime() + backOff.nanos(failures);
    }
    return !losses.hasUntold();
  }

  /** Tells a session what there is to tell, before anything else that it is told. */
  Result tell(String sessionId) {
    SessionUpdate untold = losses.untold(sessionId);
    return untold == null ? Result.STORED : tell(untold);
  }

  private Result tell(SessionUpdate update) {
    Result result = storage.update(update);
    if (result == Result.STORED) {
      losses.told(update);
    }
    return result;
  }

  /** In another order each time, so that a few refused ones do not stand before all others. */
  private boolean tellAll() {
    List<SessionUpdate> untold = new ArrayList<>(losses.untold());
    Collections.shuffle(untold);
    boolean all = true;
    int inARow = 0;
    for (SessionUpdate update : untold) {
      Result result = tell(update);
      if (result == Result.STORED) {
        inARow = 0;
      } else if (result == Result.UNAVAILABLE || ++inARow == REFUSALS_IN_A_ROW) {
        return false;
      } else {
        all = false;
      }
    }
    return all;
  }
}
