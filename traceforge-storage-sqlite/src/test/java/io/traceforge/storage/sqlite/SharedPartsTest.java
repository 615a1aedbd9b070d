package io.traceforge.storage.sqlite;

import static io.traceforge.storage.sqlite.TestTraces.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.storage.RetentionPolicy;
import io.traceforge.trace.Trace;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session shares with others outlives them, whoever deletes them and in whatever order. */
class SharedPartsTest extends TwoBackends {
  private static final String LONG = "\"" + "It is the same long text. ".repeat(10) + "\"";

  private static final RetentionPolicy NOTHING =
      RetentionPolicy.keepAll().withMaxSessions(0).withMaxAge(Duration.ZERO);

  private static String message(String name, String content) {
    return "{\"role\":\"user\",\"name\":\"" + name + "\",\"content\":" + content + "}";
  }

  private void areWhole(Trace... traces) {
    for (Trace trace : traces) {
      assertThat(one.getTrace(trace.id())).contains(trace);
    }
    assertThat(one.check()).isEmpty();
  }

  @Test
  void aSessionThatBroughtNothingOfItsOwnIsDeletedByAnotherProcess() {
    String message = message("a", LONG);
    one.saveTrace(says("first", 1, message));
    one.saveTrace(says("second", 2, message)); // only uses what the first one brought
    other.deleteSession("second");
    Trace third = says("third", 3, message); // gets the number of the second one
    one.saveTrace(third);
    other.deleteSession("first");
    areWhole(third);
  }

  @Test
  void aTraceOfNoSessionThatBroughtNothingOfItsOwnIsDeletedByAnotherProcess() {
    String message = message("a", LONG);
    one.saveTrace(says("first", 1, message));
    one.saveTrace(says(null, 2, message).toBuilder().callNumber(0).build());
    assertThat(other.retention().orElseThrow().prune(NOTHING).traces()).isEqualTo(2);
    Trace third = says(null, 3, message).toBuilder().callNumber(0).build();
    one.saveTrace(third);
    areWhole(third);
  }

  /** A part that is forgotten, because there are so many, is stored a second time. */
  @Test
  void aTextInsideAMessageIsStoredTwice() throws Exception {
    one.saveTrace(says("first", 1, message("a", LONG)));
    update("UPDATE part_origins SET hash = zeroblob(16) WHERE id = 1");
    reopen();
    one.saveTrace(says("second", 2, message("b", LONG)));
    String ofThird = "(SELECT hash FROM part_origins WHERE id = 3)";
    update("UPDATE part_origins SET hash = " + ofThird + " WHERE id = 1");
    reopen();
    Trace third = says("third", 3, message("b", LONG)); // the second one's message
    one.saveTrace(third);
    one.deleteSession("second");
    areWhole(third);
  }

  @Test
  void whatGoesOverToAnotherIsStillStoredOnce() throws Exception {
    Trace[] traces = new Trace[4];
    for (int n = 0; n < traces.length; n++) {
      traces[n] = says("s" + n, n, message("a", LONG));
      one.saveTrace(traces[n]);
    }
    one.deleteSession("s0");
    long size = parts();
    one.saveTrace(says("again", 9, message("a", LONG)));
    assertThat(parts()).isEqualTo(size).isEqualTo(2);
    areWhole(traces[1], traces[2], traces[3]);
  }

  private long parts() throws SQLException {
    return number("SELECT count(*) FROM parts");
  }

  @Test
  void aDeletionThatFailsHasDeletedNothing() throws Exception {
    String message = message("a", LONG);
    one.saveTrace(says("first", 1, message("b", "\"b\"")));
    one.saveTrace(says("next", 2, message("c", "\"c\"")));
    one.saveTrace(says("broken", 3, message("d", "\"d\"")));
    one.saveTrace(says("second", 4, message));
    update("UPDATE sessions SET models = '?' WHERE id = 'broken'");
    assertThatThrownBy(() -> one.retention().orElseThrow().prune(NOTHING))
        .isInstanceOf(RuntimeException.class);
    update("UPDATE sessions SET models = '[\"m\"]' WHERE id = 'broken'");
    assertThat(one.listTracesBySession("first")).hasSize(1);
    other.deleteSession("second");
    Trace third = says("third", 5, message);
    one.saveTrace(third);
    areWhole(third);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void inAnyOrder(long seed) {
    Random random = new Random(seed);
    List<Trace> stored = new ArrayList<>();
    for (int n = 0; n < 150; n++) {
      SqliteStorageBackend backend = random.nextBoolean() ? one : other;
      String session = "s" + random.nextInt(5);
      if (random.nextInt(4) == 0) {
        backend.deleteSession(session);
        stored.removeIf(trace -> session.equals(trace.sessionId()));
      } else {
        String[] messages = new String[1 + random.nextInt(3)];
        for (int i = 0; i < messages.length; i++) {
          String text = "\"" + ("text " + random.nextInt(4) + " of many. ").repeat(12) + "\"";
          messages[i] = message("name" + random.nextInt(3), text);
        }
        Trace trace = says(session, n, messages);
        backend.saveTrace(trace);
        stored.add(trace);
      }
    }
    areWhole(stored.toArray(new Trace[0]));
  }
}
