package io.traceforge.storage.tck;

import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceSearch;
import io.traceforge.trace.Trace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend with a {@link NaiveSearch}. */
final class SearchableBackend extends ForwardingBackend {
  private final Map<String, Integer> order = new ConcurrentHashMap<>();
  private final AtomicInteger next = new AtomicInteger();

  SearchableBackend(StorageBackend backend) {
    super(backend);
  }

  @Override
  public void saveTraces(List<Trace> batch) {
    for (Trace trace : List.copyOf(batch)) {
      order.computeIfAbsent(trace.id(), unknown -> next.getAndIncrement());
    }
    super.saveTraces(batch);
  }

  @Override
  public Optional<TraceSearch> search() {
    return Optional.of(new NaiveSearch(backend, order));
  }
}
