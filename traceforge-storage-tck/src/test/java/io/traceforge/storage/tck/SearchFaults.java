package io.traceforge.storage.tck;

import io.traceforge.storage.Page;
import io.traceforge.storage.SearchHit;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceSearch;
import io.traceforge.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** What may be wrong with a search. */
final class SearchFaults {
  private static final Class<?> QUERIES = StorageBackendContract.Search.class;
  private static final Class<?> HITS = StorageBackendContract.SearchHits.class;
  private static final Class<?> CHANGES = StorageBackendContract.SearchChanges.class;

  static final List<Fault> ALL =
      List.of(
          asking("breaks at odd text", SearchFaults::strict, QUERIES, "anyTextIsAQuery"),
          asking(
              "finds everything when asked for nothing",
              query -> query.text().isBlank() ? text(query, "anything OR ok") : query,
              QUERIES,
              "aTextWithoutWordsFindsNothing"),
          asking(
              "knows no beginnings of words",
              query -> text(query, query.text().replace("*", "")),
              QUERIES,
              "aStarStandsForAnyEnding"),
          asking(
              "does not look at filters",
              query -> SearchQuery.of(query.text()).withLimit(query.limit()),
              QUERIES,
              "byModelProviderAndStatus"),
          asking(
              "does not rank",
              query -> query.ranked() ? SearchQuery.of(query.text()) : query,
              HITS,
              "theNewestComesFirstUnlessTheBestIsAskedFor"),
          answering(
              "has the oldest first",
              (query, page) -> oldestFirst(page),
              HITS,
              "theNewestComesFirstUnlessTheBestIsAskedFor"),
          answering(
              "leaves a gap between pages",
              (query, page) -> page(page, query.cursor() == null ? 0 : 1),
              HITS,
              "pagesHaveNoGapsAndNoRepeats"),
          Fault.inSearch(
              "counts pages from the beginning",
              OffsetPages::new,
              HITS,
              "writesBetweenPagesLeaveNoGap"),
          answering(
              "does not mark what it found",
              (query, page) -> unmarked(page),
              HITS,
              "theSnippetShowsThePlace"),
          Fault.inSearch("counts wrong", Miscounting::new, HITS, "pagesHaveNoGapsAndNoRepeats"),
          Fault.inSearch(
              "remembers what is deleted",
              Remembering::new,
              CHANGES,
              "whatIsDeletedIsNotFoundUnlessAnotherSessionHasItToo"),
          Fault.inSearch(
              "remembers what is replaced", Remembering::new, CHANGES, "whatIsReplacedIsNotFound"),
          new Fault("lags behind", Lagging::new, HITS, "allIsFoundThatWasStoredBefore"),
          new Fault(
              "cannot search while somebody writes",
              Busy::new,
              HITS,
              "othersMaySearchWhileOneWrites"));

  private SearchFaults() {}

  private static Fault asking(
      String name, UnaryOperator<SearchQuery> change, Class<?> group, String test) {
    UnaryOperator<TraceSearch> breaking =
        right ->
            new ForwardingSearch(right) {
              @Override
              public Page<SearchHit> search(SearchQuery query) {
                return super.search(change.apply(query));
              }
            };
    return Fault.inSearch(name, breaking, group, test);
  }

  private static Fault answering(
      String name,
      BiFunction<SearchQuery, Page<SearchHit>, Page<SearchHit>> change,
      Class<?> group,
      String test) {
    UnaryOperator<TraceSearch> breaking =
        right ->
            new ForwardingSearch(right) {
              @Override
              public Page<SearchHit> search(SearchQuery query) {
                return change.apply(query, super.search(query));
              }
            };
    return Fault.inSearch(name, breaking, group, test);
  }

  private static SearchQuery strict(SearchQuery query) {
    if (query.text().chars().filter(c -> c == '"').count() % 2 == 1) {
      throw new IllegalArgumentException("unbalanced: " + query.text());
    }
    return query;
  }

  private static SearchQuery text(SearchQuery query, String text) {
    return SearchQuery.of(text).withLimit(query.limit()).after(query.cursor());
  }

  private static Page<SearchHit> page(Page<SearchHit> page, int from) {
    List<SearchHit> hits = page.items();
    return new Page<>(hits.subList(Math.min(from, hits.size()), hits.size()), page.nextCursor());
  }

  private static Page<SearchHit> oldestFirst(Page<SearchHit> page) {
    List<SearchHit> hits = new ArrayList<>(page.items());
    Collections.reverse(hits);
    return new Page<>(hits, page.nextCursor());
  }

  private static Page<SearchHit> unmarked(Page<SearchHit> page) {
    List<SearchHit> hits =
        page.items().stream().map(hit -> hit.toBuilder().marks(List.of()).build()).toList();
    return new Page<>(hits, page.nextCursor());
  }

  private static final class OffsetPages extends ForwardingSearch {
    OffsetPages(TraceSearch search) {
      super(search);
    }

    @Override
    public Page<SearchHit> search(SearchQuery query) {
      int from = query.cursor() == null ? 0 : Integer.parseInt(query.cursor());
      List<SearchHit> all = super.search(query.after(null).withLimit(1_000)).items();
      int to = Math.min(all.size(), from + query.limit());
      return new Page<>(all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
    }
  }

  private static final class Miscounting extends ForwardingSearch {
    Miscounting(TraceSearch search) {
      super(search);
    }

    @Override
    public long count(SearchQuery query) {
      return super.search(query).items().size();
    }
  }

  private static final class Remembering extends ForwardingSearch {
    private final Map<SearchQuery, Page<SearchHit>> known = new ConcurrentHashMap<>();

    Remembering(TraceSearch search) {
      super(search);
    }

    @Override
    public Page<SearchHit> search(SearchQuery query) {
      return known.computeIfAbsent(query, super::search);
    }
  }

  private static final class Lagging extends ForwardingBackend {
    private volatile String last = "";

    Lagging(StorageBackend backend) {
      super(backend);
    }

    @Override
    public void saveTraces(List<Trace> batch) {
      super.saveTraces(batch);
      last = batch.isEmpty() ? "" : batch.get(batch.size() - 1).id();
    }

    @Override
    public Optional<TraceSearch> search() {
      return super.search()
          .map(
              right ->
                  new ForwardingSearch(right) {
                    @Override
                    public Page<SearchHit> search(SearchQuery query) {
                      Page<SearchHit> page = super.search(query);
                      return new Page<>(
                          page.items().stream().filter(hit -> !hit.traceId().equals(last)).toList(),
                          page.nextCursor());
                    }
                  });
    }
  }

  private static final class Busy extends ForwardingBackend {
    private final AtomicBoolean writing = new AtomicBoolean();
    private final AtomicLong searches = new AtomicLong();

    Busy(StorageBackend backend) {
      super(backend);
    }

    @Override
    public void saveTraces(List<Trace> batch) {
      writing.set(true);
      long before = searches.get();
      Races.giveTimeUntil(() -> searches.get() > before, Duration.ofMillis(5));
      super.saveTraces(batch);
      writing.set(false);
    }

    @Override
    public Optional<TraceSearch> search() {
      return super.search()
          .map(
              right ->
                  new ForwardingSearch(right) {
                    @Override
                    public long count(SearchQuery query) {
                      searches.incrementAndGet();
                      if (writing.get()) {
                        throw new IllegalArgumentException("somebody writes");
                      }
                      return super.count(query);
                    }
                  });
    }
  }
}
