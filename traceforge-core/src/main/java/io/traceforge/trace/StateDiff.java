package io.traceforge.trace;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What changed from one state to the next. Keys are JSON pointers (RFC 6901) such as {@code
 * /search_params/destination}; objects are compared member by member, everything else as a whole.
 *
 * <p>Immutable, and safe for use by many threads.
 */
public final class StateDiff {
  private final Map<String, JsonElement> added = new TreeMap<>();
  private final Map<String, JsonElement> removed = new TreeMap<>();
  private final Map<String, Change> changed = new TreeMap<>();

  private StateDiff() {}

  /**
   * A value that was replaced by another.
   *
   * @param before the value before: a fresh copy at each call
   * @param after the value that took its place: a fresh copy at each call
   */
  public record Change(JsonElement before, JsonElement after) {

    /** Copies both values. */
    public Change {
      before = before.deepCopy();
      after = after.deepCopy();
    }

    @Override
    public JsonElement before() {
      return before.deepCopy();
    }

    @Override
    public JsonElement after() {
      return after.deepCopy();
    }

    /** Not the values: they may be confidential, and this text may be logged. */
    @Override
    public String toString() {
      return "Change{}";
    }
  }

  /** Returns what changed from one state to another. */
  public static StateDiff between(JsonObject before, JsonObject after) {
    StateDiff diff = new StateDiff();
    diff.compare("", before, after);
    return diff;
  }

  /** Returns the values that are new, by path: fresh copies at each call. */
  public Map<String, JsonElement> added() {
    return copyOf(added);
  }

  /** Returns the values that are gone, by path: fresh copies at each call. */
  public Map<String, JsonElement> removed() {
    return copyOf(removed);
  }

  /** Returns the values that were replaced, by path. */
  public Map<String, Change> changed() {
    return Collections.unmodifiableMap(changed);
  }

  /** A JSON element can be changed by whoever has it. */
  private static Map<String, JsonElement> copyOf(Map<String, JsonElement> values) {
    Map<String, JsonElement> copy = new TreeMap<>();
    values.forEach((path, value) -> copy.put(path, value.deepCopy()));
    return Collections.unmodifiableMap(copy);
  }

  /** Returns whether nothing changed. */
  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
  }

  private void compare(String path, JsonObject before, JsonObject after) {
    before.asMap().keySet().stream()
        .filter(key -> !after.has(key))
        .forEach(key -> removed.put(child(path, key), before.get(key).deepCopy()));
    after.asMap().forEach((key, value) -> compare(child(path, key), before.get(key), value));
  }

  private void compare(String path, @Nullable JsonElement before, JsonElement after) {
    if (before == null) {
      added.put(path, after.deepCopy());
    } else if (before.isJsonObject() && after.isJsonObject()) {
      compare(path, before.getAsJsonObject(), after.getAsJsonObject());
    } else if (!before.equals(after)) {
      changed.put(path, new Change(before, after));
    }
  }

  private static String child(String path, String key) {
    return path + '/' + key.replace("~", "~0").replace("/", "~1");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StateDiff diff
        && added.equals(diff.added)
        && removed.equals(diff.removed)
        && changed.equals(diff.changed);
  }

  @Override
  public int hashCode() {
    return added.hashCode() * 31 * 31 + removed.hashCode() * 31 + changed.hashCode();
  }

  /** Paths only: the values may be confidential, and this text may be logged. */
  @Override
  public String toString() {
    return "StateDiff{added="
        + added.keySet()
        + ", changed="
        + changed.keySet()
        + ", removed="
        + removed.keySet()
        + "}";
  }
}
