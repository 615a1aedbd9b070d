package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.Page;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Sessions that are asked for by what they are, on full pages without gaps. */
abstract class SessionFilterTests extends ContractTests {
  /** A list of them is easily mistaken for one of them, or for a part of one. */
  private static final List<String> NAMES =
      List.of("gpt", "gpt-4", "g", ",", "\"", "\",\"", "\\", "[]", "%", "\u0000", "é", "\ud800");

  private static final List<SessionStatus> STATUSES = List.of(SessionStatus.values());
  private static final Duration HOUR = SessionUpdate.DEFAULT_TIMEOUT;

  SessionFilterTests(StorageBackendContract contract) {
    super(contract);
  }

  private static Trace called(Trace.Builder trace, String model, String provider) {
    return trace
        .metadata(Samples.lasting(1).requestModel(model).provider(provider).build())
        .build();
  }

  /** Reads all pages; all but the last have to be full. */
  private List<String> read(SessionQuery query) {
    List<String> read = new ArrayList<>();
    while (true) {
      Page<SessionMetadata> page = storage.listSessions(query);
      page.items().forEach(session -> read.add(session.sessionId()));
      if (page.nextCursor() == null) {
        return read;
      }
      assertThat(page.items()).as("a page that is not the last").hasSize(query.limit());
      query = query.after(page.nextCursor());
    }
  }

  /** Checks what is found, in both orders and on pages of several sizes. */
  private void finds(SessionQuery query, List<String> newestFirst) {
    List<String> oldestFirst = new ArrayList<>(newestFirst);
    Collections.reverse(oldestFirst);
    for (int limit : new int[] {1, 2, Math.max(1, newestFirst.size()), 100}) {
      assertThat(read(query.withLimit(limit))).as("%s", query).isEqualTo(newestFirst);
      assertThat(read(query.reversed().withLimit(limit))).as("%s", query).isEqualTo(oldestFirst);
    }
  }

  private void finds(SessionQuery query, String... newestFirst) {
    finds(query, List.of(newestFirst));
  }

  @Test
  void byStatus() {
    save(Samples.success(1, 0, 0, 1).sessionId("runs").build());
    save(Samples.success(2, 0, 2, 3).sessionId("done").build());
    storage.updateSession(SessionUpdate.ended("done", Samples.at(4)));
    save(Samples.success(3, 0, 4, 5).sessionId("broke").build());
    storage.updateSession(SessionUpdate.failed("broke", Samples.at(6), "why"));
    save(Samples.failure(4, 0, 6, 7).sessionId("erred").build());
    save(Samples.open(5, 0, 8).sessionId("waits").build());

    SessionQuery all = SessionQuery.all();
    finds(all, "waits", "erred", "broke", "done", "runs");
    finds(all.withStatus(SessionStatus.IN_PROGRESS), "waits", "erred", "runs");
    finds(all.withStatus(SessionStatus.COMPLETED), "done");
    finds(all.withStatus(SessionStatus.FAILED), "broke");
    finds(all.withStatus(SessionStatus.COMPLETED, SessionStatus.FAILED), "broke", "done");
    finds(all.withStatus(SessionStatus.FAILED, SessionStatus.values()), read(all));
    finds(all.withErrors(), "erred");
  }

  @Test
  void byTheStatusOfNow() {
    save(Samples.success(1, 0, 0, 1_000).sessionId("quiet").build());
    save(Samples.failure(2, 0, 0, 1_000).sessionId("erred").build());
    save(Samples.open(3, 0, 1_000).sessionId("waits").build());
    SessionQuery all = SessionQuery.all();
    clock.set(Samples.at(1_000).plus(HOUR));
    finds(all.withStatus(SessionStatus.IN_PROGRESS), read(all));
    clock.set(Samples.at(1_001).plus(HOUR));
    finds(all.withStatus(SessionStatus.IN_PROGRESS));
    finds(all.withStatus(SessionStatus.COMPLETED), "quiet");
    finds(all.withStatus(SessionStatus.FAILED), "waits", "erred");
    storage.updateSession(SessionUpdate.resumed("quiet", Samples.at(2_000)));
    finds(all.withStatus(SessionStatus.IN_PROGRESS), "quiet");
  }

  @Test
  void aSessionWhoseOnlyTraceWentToAnotherOne() {
    save(Samples.success(1, 0, 0, 1).sessionId("left").build());
    save(Samples.success(1, 0, 0, 1).sessionId("taken").build());
    assertThat(storage.getSessionMetadata("left"))
        .as("the session \"left\", which stays known when its only trace is saved as another's")
        .isPresent();
    clock.set(Samples.at(10).plus(HOUR));
    SessionStatus left = metadata("left").status();
    assertThat(read(SessionQuery.all().withStatus(left))).contains("left");
  }

  @Test
  void byModelAndProvider() {
    for (int n = 0; n < NAMES.size(); n++) {
      String next = NAMES.get((n + 1) % NAMES.size());
      save(
          called(Samples.success(2 * n, 0, n, n + 1).sessionId("s" + n), NAMES.get(n), next),
          called(Samples.success(2 * n + 1, 1, n, n + 1).sessionId("s" + n), "all", "others"));
    }
    for (int n = 0; n < NAMES.size(); n++) {
      SessionQuery model = SessionQuery.all().withModel(NAMES.get(n));
      finds(model, "s" + n);
      finds(SessionQuery.all().withProvider(NAMES.get((n + 1) % NAMES.size())), "s" + n);
      finds(model.withModel("all").withProvider(NAMES.get(n)), "s" + (n + 11) % NAMES.size());
      finds(model.withProvider(NAMES.get(n)));
    }
    assertThat(read(SessionQuery.all().withModel("all").withLimit(5))).hasSize(NAMES.size());
    finds(SessionQuery.all().withModel("others"));
    finds(SessionQuery.all().withModel(""));
  }

  @Test
  void filtersOfAllKindsTogether() {
    Random random = new Random(7);
    for (int n = 0; n < 60; n++) {
      saveSession(n, random);
    }
    clock.set(Samples.at(30).plus(HOUR));
    for (int n = 0; n < 60; n++) {
      SessionStatus status = any(STATUSES, random);
      SessionStatus other = any(STATUSES, random);
      String model = NAMES.get(random.nextInt(3));
      boolean byModel = random.nextBoolean();
      boolean byErrors = random.nextInt(4) == 0;
      SessionQuery query = SessionQuery.all().withStatus(status, other);
      query = byModel ? query.withModel(model) : query.withProvider(model);
      query = byErrors ? query.withErrors() : query;
      Predicate<SessionMetadata> wanted =
          session ->
              (session.status() == status || session.status() == other)
                  && (byModel ? session.modelsUsed() : session.providers()).contains(model)
                  && (!byErrors || session.errorCount() > 0);
      finds(
          query,
          storage.listSessions(SessionQuery.all().withLimit(100)).items().stream()
              .filter(wanted)
              .map(SessionMetadata::sessionId)
              .toList());
    }
  }

  private static <T> T any(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  private void saveSession(int n, Random random) {
    String id = "s" + (n * 7 % 60);
    for (int call = random.nextInt(3); call >= 0; call--) {
      int start = random.nextInt(60);
      TraceStatus status = any(List.of(TraceStatus.values()), random);
      save(
          called(
              Samples.open(n * 10 + call, call, start).sessionId(id).status(status),
              NAMES.get(random.nextInt(3)),
              NAMES.get(random.nextInt(3))));
    }
    if (random.nextInt(3) == 0) {
      storage.updateSession(SessionUpdate.ended(id, Samples.at(random.nextInt(60))));
    } else if (random.nextInt(5) == 0) {
      storage.updateSession(SessionUpdate.failed(id, Samples.at(random.nextInt(60)), "why"));
    }
    if (random.nextInt(4) == 0) {
      Duration timeout = Duration.ofMillis(random.nextInt(10_000_000));
      storage.updateSession(SessionUpdate.timeout(id, Samples.at(random.nextInt(60)), timeout));
    }
  }

  @Test
  void byTimeAndFigures() {
    for (int n = 0; n < 10; n++) {
      Trace.Builder trace =
          n % 2 == 0 ? Samples.success(n, 0, n, n + 1) : Samples.failure(n, 0, n, n + 1);
      save(trace.sessionId("s" + n).build());
    }
    SessionQuery query =
        SessionQuery.all().startedFrom(Samples.at(3)).startedBefore(Samples.at(9)).withErrors();
    finds(query, "s7", "s5", "s3");
  }
}
