package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.PruneResult;
import io.traceforge.storage.Retention;
import io.traceforge.storage.RetentionPolicy;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** The figures of a session are those that adding it up gives, whatever was done before. */
abstract class FiguresTests extends ContractTests {
  private static final int OPERATIONS = 80;

  private final Bookkeeper books = new Bookkeeper();

  FiguresTests(StorageBackendContract contract) {
    super(contract);
  }

  @RepeatedTest(7)
  void afterAnyOperations(RepetitionInfo repetition) {
    walk(repetition.getCurrentRepetition(), 0);
  }

  @RepeatedTest(7)
  void afterAnyOperationsAndDeletions(RepetitionInfo repetition) {
    walk(100 + repetition.getCurrentRepetition(), 1);
  }

  @RepeatedTest(7)
  void afterAnyOperationsAndPrunings(RepetitionInfo repetition) {
    walk(200 + repetition.getCurrentRepetition(), 2);
  }

  /**
   * @param kinds how many kinds of deletion there are: none, of a session, and by a policy
   */
  private void walk(long seed, int kinds) {
    Random random = new Random(seed);
    RandomTraces traces = new RandomTraces(random);
    for (int operation = 0; operation < OPERATIONS; operation++) {
      String told = operate(random, traces, kinds);
      for (String session : RandomTraces.SESSIONS) {
        assertThat(storage.getSessionMetadata(session))
            .as("seed %d, operation %d, %s, session %s", seed, operation, told, session)
            .isEqualTo(books.metadata(session, clock.instant()));
      }
      assertThat(storage.listSessions())
          .as("seed %d, operation %d, %s", seed, operation, told)
          .containsExactlyInAnyOrderElementsOf(books.sessions(clock.instant()));
    }
    assertThat(new HashSet<>(all())).isEqualTo(new HashSet<>(books.traces()));
  }

  private List<Trace> all() {
    return storage.listTraces(TraceQuery.all().withLimit(1_000)).items();
  }

  /** Does one thing to the storage and to the books. Returns which. */
  private String operate(Random random, RandomTraces traces, int kinds) {
    int kind = random.nextInt(12);
    if (kind < kinds) {
      return kind == 0 ? delete(traces.session()) : prune(random);
    } else if (kind < 5) {
      SessionUpdate update = traces.update();
      storage.updateSession(update);
      books.update(update);
      return update.toString();
    } else if (kind == 5) {
      clock.set(Samples.at(random.nextInt(2) * 7_200_000L + random.nextInt(3_000)));
      return "the clock";
    }
    List<Trace> batch = traces.batch();
    storage.saveTraces(batch);
    books.save(batch);
    return "a batch of " + batch.size();
  }

  private String delete(String session) {
    assertThat(storage.deleteSession(session)).isEqualTo(books.delete(session));
    return "deleted " + session;
  }

  private String prune(Random random) {
    Retention retention = storage.retention().orElse(null);
    if (retention == null) {
      return delete(RandomTraces.SESSIONS.get(random.nextInt(3)));
    }
    RetentionPolicy policy = policy(random);
    List<SessionMetadata> before = books.sessions(clock.instant());
    PruneResult result = retention.prune(policy);
    Set<String> left =
        storage.listSessions().stream().map(SessionMetadata::sessionId).collect(Collectors.toSet());
    assertThat(before)
        .filteredOn(session -> session.status() == SessionStatus.IN_PROGRESS)
        .extracting(SessionMetadata::sessionId)
        .isSubsetOf(left);
    assertThat(result).isEqualTo(books.keepOnly(left, new HashSet<>(ids(all()))));
    return "pruned by " + policy;
  }

  private static RetentionPolicy policy(Random random) {
    RetentionPolicy all = RetentionPolicy.keepAll();
    return switch (random.nextInt(3)) {
      case 0 -> all.withMaxAge(Duration.ofMillis(random.nextInt(2_000)));
      case 1 -> all.withMaxSessions(random.nextInt(3));
      default -> all.withMaxBytes(0);
    };
  }
}
