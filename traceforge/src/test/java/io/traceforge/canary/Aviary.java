package io.traceforge.canary;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Plants canaries, and finds them again: also parts of them. */
final class Aviary {
  /** A part that is long enough not to stand anywhere by chance. */
  private static final int WINDOW = 9;

  private final Random random = new Random(42);
  private final Map<String, String> windows = new HashMap<>();
  private final Set<String> planted = new TreeSet<>();

  /** Returns a new secret of a kind for a place. */
  String plant(Kind kind, String place) {
    Canary canary = kind.canary(place, random);
    planted.add(canary.place());
    for (int at = 0; at + WINDOW <= canary.rest().length(); at++) {
      windows.put(canary.rest().substring(at, at + WINDOW), canary.place());
    }
    return canary.secret();
  }

  Set<String> planted() {
    return planted;
  }

  /** Adds where the canaries were planted of which a text tells a part. */
  void find(String text, Set<String> found) {
    for (int at = 0; at + WINDOW <= text.length(); at++) {
      String place = windows.get(text.substring(at, at + WINDOW));
      if (place != null) {
        found.add(place);
      }
    }
  }
}
