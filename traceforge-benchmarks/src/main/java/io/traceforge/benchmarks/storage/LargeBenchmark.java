package io.traceforge.benchmarks.storage;

import io.traceforge.storage.SearchHit;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceQuery;
import io.traceforge.storage.TraceSearch;
import io.traceforge.storage.sqlite.SqliteStorageBackend;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A large file asked for what people ask, beside the same by hand from the same file. */
final class LargeBenchmark {
  private static final int STEPS = 20;
  private static final int PAGE = 100;
  private static final int NEWEST = 50;
  private static final Aim MEDIAN = Aim.ratioAtMost(2);
  private static final Aim P99 = Aim.ratioAtMost(3);

  private final Path file;
  private final int sessions;
  private final int rounds;
  private final int warmUp;
  private final Comparison table = new Comparison("by hand");

  LargeBenchmark(Path directory, int sessions, int rounds, int warmUp) {
    this.file = directory.resolve("ours.db");
    this.sessions = sessions;
    this.rounds = rounds;
    this.warmUp = warmUp;
  }

  String run(int sessionsAtOnce) throws IOException, SQLException {
    long began = System.nanoTime();
    try (Store store = new OurStore(file)) {
      Workload.small(sessions, sessionsAtOnce, STEPS).rounds().forEach(store::store);
    }
    long stored = System.nanoTime();
    try (StorageBackend backend = SqliteStorageBackend.open(file)) {
      boolean more = true;
      while (more) {
        more = backend.maintain();
      }
      long indexed = System.nanoTime();
      ask(backend);
      return title(stored - began, indexed - stored) + table.text();
    }
  }

  private String title(long storing, long indexing) throws IOException {
    return String.format(
        Locale.ROOT,
        "%,d traces in %,d sessions, stored in %.0f s, indexed in %.0f s, a file of %,d MB%n%n",
        sessions * STEPS,
        sessions,
        storing / 1e9,
        indexing / 1e9,
        Files.size(file) >> 20);
  }

  private void ask(StorageBackend backend) throws SQLException {
    try (HandReader hand = new HandReader(file);
        HandSearch handSearch = new HandSearch(file);
        Targets targets = new Targets(file)) {
      if (targets.traces() != (long) sessions * STEPS) {
        throw new IllegalStateException(targets.traces() + " traces");
      }
      List<String> some = targets.sessions(rounds, sessions);
      add("a session's 20 traces whole", wholeSessions(backend, hand), some);
      add("its metadata", metadata(backend, hand), some);
      add("50 newest sessions", newestSessions(backend, hand), some);
      add("a page of 100 in the middle", pages(backend, hand), targets.middles(rounds));
      TraceSearch search = backend.search().orElseThrow();
      Pairs<String, List<SearchHit>, List<HandSearch.Hit>> words = words(search, handSearch);
      add("a word of one text", words, targets.wordsOfOneText(rounds));
      add("a rare word", words, Collections.nCopies(rounds, Words.RARE));
      add("a common word, newest first", words, Collections.nCopies(rounds, Words.COMMON));
    }
  }

  private <K> void add(String what, Pairs<K, ?, ?> pairs, List<K> targets) throws SQLException {
    pairs.run(targets, warmUp);
    Nanos ours = pairs.ours();
    Nanos hand = pairs.hand();
    table.add(what + ": µs, median", ours.median(), hand.median(), MEDIAN);
    table.add(what + ": µs, p99", ours.p99(), hand.p99(), P99);
  }

  private static Pairs<String, List<Trace>, List<@Nullable Object[]>> wholeSessions(
      StorageBackend backend, HandReader hand) {
    return new Pairs<>(backend::listTracesBySession, hand::session, Bodies::of, HandReader::bodies);
  }

  private static Pairs<Targets.Place, List<Trace>, List<@Nullable Object[]>> pages(
      StorageBackend backend, HandReader hand) {
    TraceQuery query = TraceQuery.all().withLimit(PAGE);
    return new Pairs<>(
        place -> backend.listTraces(query.after(place.cursor())).items(),
        place -> hand.page(place.startNanos(), place.id(), PAGE + 1),
        Bodies::of,
        rows -> HandReader.bodies(first(rows, PAGE)));
  }

  private static Pairs<String, SessionMetadata, List<@Nullable Object[]>> metadata(
      StorageBackend backend, HandReader hand) {
    return new Pairs<>(
        session -> backend.getSessionMetadata(session).orElseThrow(),
        hand::metadata,
        LargeBenchmark::essence,
        rows -> HandReader.essence(rows.get(0)));
  }

  private static Pairs<String, List<SessionMetadata>, List<@Nullable Object[]>> newestSessions(
      StorageBackend backend, HandReader hand) {
    SessionQuery query = SessionQuery.all().withLimit(NEWEST);
    return new Pairs<>(
        any -> backend.listSessions(query).items(),
        any -> hand.newest(NEWEST + 1),
        found -> found.stream().map(LargeBenchmark::essence).toList(),
        rows -> first(rows, NEWEST).stream().map(HandReader::essence).toList());
  }

  private static String essence(SessionMetadata metadata) {
    return metadata.sessionId() + " " + metadata.totalTraces();
  }

  private static Pairs<String, List<SearchHit>, List<HandSearch.Hit>> words(
      TraceSearch search, HandSearch hand) {
    return new Pairs<>(
        word -> search.search(SearchQuery.of(word)).items(),
        word -> hand.newest(word, NEWEST + 1),
        hits -> hits.stream().map(hit -> found(hit.traceId(), hit.snippet())).toList(),
        hits ->
            first(hits, NEWEST).stream().map(hit -> found(hit.traceId(), hit.snippet())).toList());
  }

  /** Snippets differ, but none is to be empty. */
  private static String found(String traceId, String snippet) {
    return snippet.isEmpty() ? "no snippet" : traceId;
  }

  private static <T> List<T> first(List<T> list, int count) {
    return list.subList(0, Math.min(count, list.size()));
  }
}
