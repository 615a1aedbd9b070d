package io.traceforge.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not looked through again is as well redacted as what is. */
class SessionRedactorTest {
  private static final String RANDOM = "a8Fq2kZ0pLx7Vb3NcY5tRw9Ds1GhJ4mE6uQiOoTzXyKf";

  /** Secrets, halves of secrets, and what stands around them; texts as JSON writes them. */
  private static final List<String> TEXTS =
      List.of(
          "hello there",
          "use sk-" + RANDOM,
          "sk-",
          RANDOM,
          "Authorization: Bearer ",
          "Bearer",
          "Bearer " + RANDOM,
          "Cookie: },{",
          "password=",
          "password= ",
          "hunter2 hunter3",
          "name=\\\"password\\\"\\r\\n\\r\\n",
          "-----BEGIN PRIVATE KEY-----",
          "-----BEGIN PRIVATE KEY-----\\n" + RANDOM + RANDOM + "\\n",
          "-----END PRIVATE KEY-----",
          "postgres://user:",
          "pass@host/db",
          "{\\\"api_key\\\":\\\"",
          "{\\\"api_key\\\":\\\"abc\\\"},{\\\"x\\\":\\\"y\\\"}",
          "\\u0041\\/",
          "ends with a backslash \\\\",
          "},{",
          "123456789:",
          "AA" + RANDOM,
          "?key=",
          "");

  private static final List<String> MESSAGES =
      List.of(
          "{\"role\":\"user\",\"content\":\"%s\"}",
          "{ \"role\" : \"user\" , \"content\" : \"%s\" }",
          "{\"content\":[{\"type\":\"text\",\"text\":\"%s\"},{\"type\":\"x\"}]}",
          "{\"password\":[{\"a\":1},{\"b\":\"%s\"}]}",
          "{\"api_key\":{\"a\":\"%s\"}}",
          "{\"token\":\"\",\"text\":\"%s\"}",
          "{\"password\":\"%s\"}",
          "{}",
          "\"%s\"");

  private static final List<String> BETWEEN = List.of(",", ", ", " ,\n  ", ",\t");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void findsWhatALookAtTheWholeFinds(long seed) {
    Random random = new Random(seed);
    UnaryOperator<Trace> redactor = Redactor.secrets().forSessions();
    Map<String, List<String>> sessions = new HashMap<>();
    for (int call = 0; call < 2_000; call++) {
      String session = "session-" + random.nextInt(8);
      List<String> said = sessions.computeIfAbsent(session, fresh -> new ArrayList<>());
      goOn(random, said);
      Trace trace = trace(session, body(random, said));

      assertThat(redactor.apply(trace))
          .as("seed %d, call %d: %s", seed, call, said)
          .isEqualTo(Redactor.secrets().redact(trace));
    }
  }

  /** Mostly something is added; now and then it begins anew, or something before is changed. */
  private static void goOn(Random random, List<String> said) {
    int choice = random.nextInt(8);
    if (choice == 0) {
      said.clear();
    } else if (choice == 1 && !said.isEmpty()) {
      said.set(random.nextInt(said.size()), message(random));
    } else if (choice < 5 && !said.isEmpty()) {
      said.add(longer(random, said.remove(said.size() - 1)));
    } else if (choice > 1) {
      said.add(message(random));
    }
  }

  /** What was sent may be half a secret. */
  private static String longer(Random random, String message) {
    int end = Math.max(0, message.lastIndexOf('"'));
    String more = TEXTS.get(random.nextInt(TEXTS.size()));
    return message.substring(0, end) + more + message.substring(end);
  }

  private static String message(Random random) {
    // Most are plain: otherwise there would hardly ever be something to go on from.
    int texts = random.nextInt(3) > 0 ? 1 : TEXTS.size();
    int kinds = random.nextInt(3) > 0 ? 3 : MESSAGES.size();
    return MESSAGES.get(random.nextInt(kinds)).formatted(TEXTS.get(random.nextInt(texts)));
  }

  private static String body(Random random, List<String> said) {
    String between = BETWEEN.get(said.size() % BETWEEN.size());
    String end = random.nextInt(4) > 0 ? "" : ",\"password\":\"" + RANDOM + "\"";
    String begin = random.nextInt(8) > 0 ? "messages" : "api_key";
    return "{\"" + begin + "\":[" + String.join(between, said) + "]" + end + "}";
  }

  private static Trace trace(String session, String body) {
    TraceBody json = TraceBody.ofText(body, "application/json");
    return Trace.builder()
        .id("01955000-0000-7000-8000-000000000001")
        .sessionId(session)
        .startTime(Instant.EPOCH)
        .request(TraceRequest.of("POST", "http://localhost/", HttpHeaders.empty(), json))
        .build();
  }

  @Test
  void aSecretInWhatIsNewIsFound() {
    UnaryOperator<Trace> redactor = Redactor.secrets().forSessions();
    String first = "{\"messages\":[{\"content\":\"a\"},{\"content\":\"b\"}";
    assertThat(redactor.apply(trace("s", first + "]}"))).isNotNull();
    Trace second = redactor.apply(trace("s", first + ",{\"content\":\"sk-" + RANDOM + "\"}]}"));

    assertThat(second.request().body().text()).isEqualTo(first + ",{\"content\":\"[REDACTED]\"}]}");
  }

  @Test
  void whatAnotherRedactorWouldTakeOutIsLookedForInTheWhole() {
    UnaryOperator<Trace> redactor = Redactor.secrets().withPersonalData().forSessions();
    String first = "{\"messages\":[{\"content\":\"a\"},{\"content\":\"me@example.com\"}";
    assertThat(redactor.apply(trace("s", first + "]}"))).isNotNull();
    Trace second = redactor.apply(trace("s", first + ",{\"content\":\"b\"}]}"));

    assertThat(second.request().body().text()).doesNotContain("example.com");
  }
}
