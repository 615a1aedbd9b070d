package io.traceforge.benchmarks.storage;

import com.google.gson.JsonParser;
import io.traceforge.pricing.PriceBook;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.sqlite.SqliteStorageBackend;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.viewer.TraceForgeViewer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** The viewer's API over loopback, beside what it asks the storage for. */
final class ViewerBenchmark {
  private static final int STEPS = 20;
  private static final int NEWEST = 50;
  private static final Aim AIM = Aim.ratioAtMost(5);

  private final Path file;
  private final int sessions;
  private final int rounds;
  private final int warmUp;
  private final Comparison table = new Comparison("the storage alone");

  ViewerBenchmark(Path directory, int sessions, int rounds, int warmUp) {
    this.file = directory.resolve("ours.db");
    this.sessions = sessions;
    this.rounds = rounds;
    this.warmUp = warmUp;
  }

  String run(int sessionsAtOnce) throws SQLException {
    try (Store store = new OurStore(file)) {
      Workload.small(sessions, sessionsAtOnce, STEPS).rounds().forEach(store::store);
    }
    try (StorageBackend backend = SqliteStorageBackend.open(file);
        Targets targets = new Targets(file);
        TraceForgeViewer viewer = TraceForgeViewer.start(backend)) {
      List<String> some = targets.sessions(rounds, sessions);
      add("50 newest sessions", newest(backend, viewer.url()), some);
      add("a session's timeline", timelines(backend, viewer.url()), some);
      return String.format(Locale.ROOT, "%,d traces%n%n", targets.traces()) + table.text();
    }
  }

  private <K> void add(String what, Pairs<K, ?, ?> pairs, List<K> targets) throws SQLException {
    pairs.run(targets, warmUp);
    table.add(what + ": µs, median", pairs.ours().median(), pairs.hand().median(), AIM);
    table.add(what + ": µs, p99", pairs.ours().p99(), pairs.hand().p99(), AIM);
  }

  private static Pairs<String, String, List<SessionMetadata>> newest(
      StorageBackend backend, String url) {
    SessionQuery query = SessionQuery.all().withLimit(NEWEST);
    return new Pairs<>(
        any -> get(url + "api/sessions?limit=" + NEWEST),
        any -> backend.listSessions(query).items(),
        ViewerBenchmark::ids,
        found -> found.stream().map(SessionMetadata::sessionId).toList());
  }

  private static List<String> ids(String json) {
    return StreamSupport.stream(
            JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("sessions").spliterator(),
            false)
        .map(session -> session.getAsJsonObject().get("session_id").getAsString())
        .toList();
  }

  private static Pairs<String, String, SessionTimeline> timelines(
      StorageBackend backend, String url) {
    return new Pairs<>(
        session -> get(url + "api/sessions/" + session + "/timeline"),
        session -> backend.getTimeline(session).orElseThrow(),
        json -> json,
        timeline -> timeline.toJson(PriceBook.standard()));
  }

  /** The JDK's older client, because it asks and reads on the thread that waits. */
  private static String get(String url) {
    try (InputStream in = URI.create(url).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
