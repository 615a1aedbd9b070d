package io.traceforge.storage;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Some of the items that a query found.
 *
 * @param items the items in the query's order; may be empty
 * @param nextCursor what to pass to the query's {@code after} for the next page, or {@code null} if
 *     this page is the last one
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

  /** Copies the list. */
  public Page {
    items = List.copyOf(items);
  }

  /**
   * Returns the page of a list that was read one item past the limit, to see whether there is more.
   *
   * @param found at most {@code limit + 1} items
   * @param limit how many items the page has at most
   * @param cursorOf the cursor that goes on after an item
   */
  public static <T> Page<T> of(List<T> found, int limit, Function<T, String> cursorOf) {
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    List<T> items = found.subList(0, limit);
    return new Page<>(items, cursorOf.apply(items.get(limit - 1)));
  }
}
