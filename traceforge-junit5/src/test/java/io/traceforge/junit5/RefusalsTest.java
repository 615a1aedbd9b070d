package io.traceforge.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.traceforge.okhttp.ReplayMissException;
import io.traceforge.redaction.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.Events;

/** What goes wrong says what is wrong, and leaves the cassette as it was. */
class RefusalsTest extends ExtensionFixture {
  private static volatile String question = "";
  private static volatile boolean fails;
  private static volatile boolean failsAfterwards;
  private static volatile Redactor redactor = Redactor.secrets();

  /** Asks what the test of it wants. */
  static class Asking {
    @RegisterExtension
    final TraceForgeExtension traceForge = extension().redactor(redactor).build();

    @Test
    @TraceForgeSession(value = "asking", allCallsReplayed = true)
    void asks(OkHttpClient client) throws IOException {
      for (String asked : question.isEmpty() ? new String[0] : question.split(",", -1)) {
        send(client, "/", asked);
      }
      assertThat(fails).isFalse();
    }

    @AfterEach
    void cleansUp() {
      assertThat(failsAfterwards).isFalse();
    }
  }

  private static Events recordAsking(String asked) {
    question = asked;
    return record(Asking.class);
  }

  private static Events replayAsking(String asked) {
    question = asked;
    return replay(Asking.class);
  }

  @AfterEach
  void reset() {
    fails = false;
    failsAfterwards = false;
    redactor = Redactor.secrets();
  }

  @Test
  void aMissingCassetteSaysHowToRecordIt() {
    assertThat(failure(replayAsking("Who?")))
        .hasMessageContaining("There is no cassette ")
        .hasMessageContaining(CASSETTES.resolve("asking.jsonl").toString())
        .hasMessageContaining("-Dtraceforge.record=true");
    assertThat(server.requests()).isZero();
  }

  @Test
  void aCallThatIsNotInTheCassetteIsAMissAndReachesNobody() {
    recordAsking("Who?,Where?");

    assertThat(failure(replayAsking("Who?,When?")))
        .isInstanceOf(ReplayMissException.class)
        .hasMessage(
            "No recording answers POST /. The nearest is trace asking/1 (step 0):"
                + " /messages/0/content was \"Who?\", now is \"When?\"");
    assertThat(server.requests()).isEqualTo(2);
  }

  @Test
  void callsThatAreNotMadeAnyMoreAreTold() {
    recordAsking("Who?,Where?,When?");

    assertThat(failure(replayAsking("Where?")))
        .hasMessageContaining("The test passed without making all calls of")
        .hasMessageContaining("asking/1 (step 0): POST /")
        .hasMessageContaining("asking/3 (step 0): POST /")
        .hasMessageNotContaining("asking/2");
  }

  @Test
  void aTestThatFailsLeavesTheCassetteAsItWas() {
    recordAsking("Who?");
    String before = cassette("asking");
    fails = true;
    assertThat(failure(recordAsking("Where?"))).isInstanceOf(AssertionError.class);
    fails = false;
    failsAfterwards = true;
    assertThat(failure(recordAsking("Where?"))).isInstanceOf(AssertionError.class);

    assertThat(cassette("asking")).isEqualTo(before);
    assertThat(cassettes()).containsExactly("asking.jsonl");
  }

  @Test
  void aTestThatMakesNoCallLeavesACassetteWithCallsAsItWas() {
    recordAsking("Who?");
    String before = cassette("asking");

    assertThat(failure(recordAsking("")))
        .hasMessageContaining("The test passed, but ")
        .hasMessageContaining(CASSETTES.resolve("asking.jsonl") + " was not recorded: ")
        .hasMessageContaining("it made no calls, and the cassette has some");

    assertThat(cassette("asking")).isEqualTo(before);
  }

  @Test
  void aTestThatNeverMadeACallMayBeRecorded() {
    recordAsking("").assertStatistics(all -> all.succeeded(1));
    recordAsking("").assertStatistics(all -> all.succeeded(1));

    assertThat(cassette("asking")).isEmpty();
    replayAsking("").assertStatistics(all -> all.succeeded(1));
  }

  @Test
  void aCassetteHasThePermissionsOfAnyNewFile() throws IOException {
    recordAsking("Who?");

    Path other = Files.writeString(CASSETTES.resolve("other"), "any");
    assumeThat(Files.getFileStore(other).supportsFileAttributeView("posix")).isTrue();
    assertThat(Files.getPosixFilePermissions(CASSETTES.resolve("asking.jsonl")))
        .isEqualTo(Files.getPosixFilePermissions(other));
    assertThat(cassettes()).containsExactly("asking.jsonl", "other");
  }

  @Test
  void anotherRedactorThanThatOfTheRecordingIsRefused() {
    redactor = Redactor.secrets().withPersonalData();
    recordAsking("Who is ada@example.org?");
    replayAsking("Who is grace@example.org?").assertStatistics(all -> all.succeeded(1));
    redactor = Redactor.secrets();

    assertThat(failure(replayAsking("Who is ada@example.org?")))
        .hasMessageContaining("was recorded with another redactor (secrets+personal-data)")
        .hasMessageContaining("than this test has (secrets)");
  }

  @Test
  void aFileThatIsNoCassetteSaysWhichLineIsWrong() throws IOException {
    Files.createDirectories(CASSETTES);
    Files.writeString(CASSETTES.resolve("asking.jsonl"), "{\"cassette\":{\"redactor\":[]}}\n");

    assertThat(failure(replayAsking("Who?")))
        .hasMessageContaining("Cannot read the cassette")
        .hasStackTraceContaining("line 1");
  }

  /** Never closes its response. */
  static class Leaking {
    private static Response leaked;
    @RegisterExtension static final TraceForgeExtension TRACE_FORGE = extension().build();

    @Test
    @TraceForgeSession("leaking")
    void leaks(OkHttpClient client) throws IOException {
      leaked = client.newCall(ask("/stream", "Leak")).execute();
    }
  }

  @Test
  void aCallThatIsStillUnderWayIsNoRecording() {
    assertThat(failure(record(Leaking.class)))
        .hasMessageContaining("was not recorded: POST /stream was still under way");
    assertThat(CASSETTES.resolve("leaking.jsonl")).doesNotExist();
    Leaking.leaked.close();
  }

  /** Two tests with one name. */
  static class Twice {
    @RegisterExtension static final TraceForgeExtension TRACE_FORGE = extension().build();

    @Test
    @TraceForgeSession("twice")
    void first(OkHttpClient client) throws IOException {
      send(client, "/", "Same");
    }

    @Test
    @TraceForgeSession("twice")
    void second(OkHttpClient client) throws IOException {
      send(client, "/", "Same");
    }
  }

  @Test
  void twoTestsMayReplayACassetteButNotRecordIt() {
    Events tests = record(Twice.class);

    tests.assertStatistics(all -> all.succeeded(1).failed(1));
    assertThat(failure(tests)).hasMessageContaining("Two tests would record");
    replay(Twice.class).assertStatistics(all -> all.succeeded(2));
  }

  /** One of its tests fails. */
  static class Dynamic {
    @RegisterExtension static final TraceForgeExtension TRACE_FORGE = extension().build();

    @TestFactory
    @TraceForgeSession("dynamic")
    DynamicTest[] tests(OkHttpClient client) {
      return new DynamicTest[] {
        DynamicTest.dynamicTest("one", () -> send(client, "/", "One")),
        DynamicTest.dynamicTest("two", () -> assertThat(fails).isFalse())
      };
    }
  }

  @Test
  void aFactoryIsRecordedIfAllItsTestsPass() {
    fails = true;
    record(Dynamic.class).assertStatistics(all -> all.failed(1));
    assertThat(CASSETTES.resolve("dynamic.jsonl")).doesNotExist();
    fails = false;

    recorded(Dynamic.class);

    replay(Dynamic.class).assertStatistics(all -> all.failed(0).succeeded(2));
  }

  /** Would lead out of the folder. */
  static class Outside {
    @Test
    @TraceForgeSession("../outside")
    void leaves(OkHttpClient client) throws IOException {
      send(client, "/", "Out");
    }
  }

  @Test
  void aNameMayNotLeadOutOfTheFolder() {
    assertThat(failure(record(Outside.class)))
        .hasMessageContaining("expected a name of letters")
        .hasMessageContaining("\"../outside\"");
  }
}
