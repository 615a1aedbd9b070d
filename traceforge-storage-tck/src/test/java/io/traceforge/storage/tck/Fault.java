package io.traceforge.storage.tck;

import io.traceforge.storage.Retention;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceSearch;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * A way in which a backend may be wrong, and the test of the kit that must tell.
 *
 * @param name what the backend does
 * @param breaking makes a right backend wrong
 * @param group the group of the kit that must fail
 * @param test the test in it
 */
record Fault(String name, UnaryOperator<StorageBackend> breaking, Class<?> group, String test) {

  static Fault inSearch(
      String name, UnaryOperator<TraceSearch> breaking, Class<?> group, String test) {
    UnaryOperator<StorageBackend> backend =
        right ->
            new ForwardingBackend(right) {
              @Override
              public Optional<TraceSearch> search() {
                return super.search().map(breaking);
              }
            };
    return new Fault(name, backend, group, test);
  }

  static Fault inRetention(
      String name,
      BiFunction<StorageBackend, Retention, Retention> breaking,
      Class<?> group,
      String test) {
    UnaryOperator<StorageBackend> backend =
        right ->
            new ForwardingBackend(right) {
              @Override
              public Optional<Retention> retention() {
                return super.retention().map(of -> breaking.apply(right, of));
              }
            };
    return new Fault(name, backend, group, test);
  }

  @Override
  public String toString() {
    return name;
  }
}
