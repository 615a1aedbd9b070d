package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SearchQuery;
import io.traceforge.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long conversations, whose messages are joined: they take little room, and come back whole. */
class RunsTest extends TwoBackends {
  private static Trace says(String session, int n, List<String> messages) {
    return TestTraces.says(session, n, messages.toArray(String[]::new));
  }

  private static String message(int number) {
    String text = ("The text " + number + " of a long conversation. ").repeat(8);
    return switch (number % 5) {
      case 0 -> "{\"role\":\"user\",\"content\":\"Short text number " + number + "\"}";
      case 1 ->
          "{\"role\":\"tool\",\"tool_call_id\":\"call-"
              + number
              + "\",\"content\":\""
              + text
              + "\"}";
      case 2 -> "{\"role\":\"user\",\"name\":\"n" + number + "\",\"content\":\"" + text + "\"}";
      default -> "{\"role\":\"user\",\"content\":\"" + text + "\"}";
    };
  }

  private static List<String> messages(int from, int to) {
    List<String> messages = new ArrayList<>();
    for (int number = from; number < to; number++) {
      messages.add(message(number));
    }
    return messages;
  }

  private void areWhole(List<Trace> traces) {
    for (Trace trace : traces) {
      assertThat(one.getTrace(trace.id())).contains(trace);
    }
    for (String session : traces.stream().map(Trace::sessionId).distinct().toList()) {
      List<Trace> ofSession =
          traces.stream().filter(trace -> trace.sessionId().equals(session)).toList();
      assertThat(one.listTracesBySession(session).equals(ofSession)).as(session).isTrue();
    }
    assertThat(one.check()).isEmpty();
  }

  /** One part for each message, and a few for the runs: not one more for what stands around it. */
  @Test
  void aLongConversationTakesFewParts() throws Exception {
    List<String> messages = new ArrayList<>();
    List<Trace> traces = new ArrayList<>();
    for (int step = 0; step < 60; step++) {
      messages.add(
          "{\"role\":\"user\",\"content\":\"" + ("asked " + step + ". ").repeat(20) + "\"}");
      traces.add(says("s", step, messages));
    }
    one.saveTraces(traces);
    areWhole(traces);
    assertThat(number("SELECT count(*) FROM parts")).isBetween(62L, 78L);
    assertThat(number("SELECT max(length(request_body)) FROM traces")).isLessThan(1_200);
  }

  /** Where a conversation forgets its beginning, only the first run or two are others. */
  @Test
  void whatBeginsInAnotherWayHasTheSameRuns() throws Exception {
    Trace whole = says("s", 0, messages(0, 100));
    one.saveTrace(whole);
    long parts = number("SELECT count(*) FROM parts");
    List<Trace> traces = new ArrayList<>(List.of(whole));
    for (int n = 1; n <= 20; n++) {
      traces.add(says("s", n, messages(n, 100)));
    }
    one.saveTraces(traces);
    areWhole(traces);
    assertThat(number("SELECT count(*) FROM parts")).isLessThan(parts + 2 * 20);
  }

  @Test
  void whatAnotherSessionHasTooIsFoundInItWhenTheFirstIsGone() {
    one.saveTrace(says("first", 1, messages(0, 40)));
    one.saveTrace(says("second", 2, messages(0, 50)));
    assertThat(found("conversation")).isEqualTo(32 + 40);
    assertThat(found("n7")).isEqualTo(2);
    other.deleteSession("first");
    assertThat(found("conversation")).isEqualTo(40);
    assertThat(found("n7")).isEqualTo(1);
    assertThat(found("user")).isZero();
    areWhole(List.of(says("second", 2, messages(0, 50))));
  }

  private long found(String word) {
    return one.search().orElseThrow().count(SearchQuery.of(word));
  }

  @Test
  void nothingIsLeftOfWhatIsDeleted() throws Exception {
    one.saveTrace(says("first", 1, messages(0, 40)));
    one.saveTrace(says("second", 2, messages(0, 50)));
    one.deleteSession("second");
    other.deleteSession("first");
    assertThat(number("SELECT count(*) FROM parts")).isZero();
    assertThat(number("SELECT count(*) FROM part_uses")).isZero();
  }

  /** A part that is forgotten, because there are so many, is stored a second time. */
  @Test
  void aMessageInsideARunIsStoredTwice() throws Exception {
    one.saveTrace(says("first", 1, messages(0, 40)));
    update("UPDATE part_origins SET hash = zeroblob(16) WHERE id = 1");
    reopen();
    Trace second = says("second", 2, messages(0, 40)); // the first one's runs
    one.saveTrace(second);
    one.deleteSession("first");
    assertThat(one.getTrace(second.id())).contains(second);
  }

  /** A trace that is stored anew lets go of what it has no more, runs and all. */
  @Test
  void aTraceThatIsStoredAnew() throws Exception {
    one.saveTrace(says("s", 1, messages(0, 60)));
    one.saveTrace(says("s", 2, messages(0, 30)));
    Trace anew = says("s", 1, messages(100, 102));
    one.saveTrace(anew);
    assertThat(found("text")).isEqualTo(30 + 2);
    areWhole(List.of(anew, says("s", 2, messages(0, 30))));
    one.deleteSession("s");
    assertThat(number("SELECT count(*) FROM parts")).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void inAnyOrder(long seed) throws Exception {
    Random random = new Random(seed);
    List<Trace> stored = new ArrayList<>();
    for (int n = 0; n < 150; n++) {
      SqliteStorageBackend backend = random.nextBoolean() ? one : other;
      String session = "s" + random.nextInt(5);
      if (random.nextInt(6) == 0) {
        backend.deleteSession(session);
        stored.removeIf(trace -> session.equals(trace.sessionId()));
      } else {
        int from = random.nextInt(3) * random.nextInt(10);
        Trace trace = says(session, n, messages(from, from + random.nextInt(60)));
        backend.saveTrace(trace);
        stored.add(trace);
      }
    }
    areWhole(stored);
    for (String session : stored.stream().map(Trace::sessionId).distinct().toList()) {
      other.deleteSession(session);
    }
    assertThat(number("SELECT count(*) FROM parts")).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void anyMessages(long seed) {
    RandomJson json = new RandomJson(new Random(seed));
    List<Trace> stored = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    for (int n = 0; n < 80; n++) {
      messages.add(json.message());
      if (json.random().nextInt(10) == 0) {
        messages.remove(json.random().nextInt(messages.size()));
      }
      stored.add(says("s" + n % 2, n, messages));
    }
    one.saveTraces(stored.subList(0, 50));
    stored.subList(50, 80).forEach(other::saveTrace);
    areWhole(stored);
  }

  /** Each session keeps what it has, however often the file is opened anew. */
  @Test
  void goesOnAfterAnotherOpening() throws Exception {
    List<Trace> traces = new ArrayList<>();
    for (int n = 0; n < 6; n++) {
      traces.add(says("s", n, messages(0, 20 + 10 * n)));
      one.saveTrace(traces.get(n));
      reopen();
    }
    areWhole(traces);
    String twice = "SELECT hash FROM part_origins GROUP BY 1 HAVING count(*) > 1";
    assertThat(number("SELECT count(*) FROM (" + twice + ")")).isZero();
  }
}
