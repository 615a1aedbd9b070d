package io.traceforge.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.SessionTracker;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of test has a session and a cassette of its own. */
class PlacesTest extends ExtensionFixture {

  /** All kinds of tests of a class that is annotated. */
  @TraceForgeSession("places")
  static class Places {
    @RegisterExtension static final TraceForgeExtension TRACE_FORGE = extension().build();
    private OkHttpClient before;

    @BeforeEach
    void setUp(OkHttpClient client, SessionTracker session) throws IOException {
      before = client;
      send(client, "/", "Before " + session.getSessionId());
    }

    @Test
    void plain(OkHttpClient client) throws IOException {
      assertThat(client).isSameAs(before);
      send(client, "/", "Plain");
    }

    @Test
    @TraceForgeSession("elsewhere")
    void named(OkHttpClient client) throws IOException {
      send(client, "/", "Named");
    }

    @RepeatedTest(2)
    void repeated(OkHttpClient client) throws IOException {
      send(client, "/", "Repeated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Lima", "Oslo"})
    void parameterised(String place, OkHttpClient client) throws IOException {
      send(client, "/", place);
    }

    @Nested
    class Inner {
      @Test
      void nested(OkHttpClient client) throws IOException {
        assertThat(client).isSameAs(before);
        send(client, "/", "Nested");
      }
    }
  }

  private static final String[] ALL = {
    "elsewhere.jsonl",
    "places/Inner/nested.jsonl",
    "places/parameterised-1.jsonl",
    "places/parameterised-2.jsonl",
    "places/plain.jsonl",
    "places/repeated-1.jsonl",
    "places/repeated-2.jsonl"
  };

  @Test
  void everyTestHasACassette() {
    recorded(Places.class);

    assertThat(cassettes()).containsExactly(ALL);
    assertThat(cassette("places/parameterised-2")).contains("Oslo").doesNotContain("Lima");
    replay(Places.class).assertStatistics(all -> all.started(7).succeeded(7));
  }

  @Test
  void testsMayRunInParallel() {
    Map<String, String> parallel =
        Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "7");
    Map<String, String> recording = new HashMap<>(parallel);
    recording.put("traceforge.record", "true");
    run(Places.class, recording).assertStatistics(all -> all.succeeded(7));
    server.close();

    assertThat(cassettes()).containsExactly(ALL);
    run(Places.class, parallel).assertStatistics(all -> all.succeeded(7));
  }

  /** One instance for all its tests. */
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  @TraceForgeSession("one")
  static class OneInstance {
    @RegisterExtension final TraceForgeExtension traceForge = extension().build();

    @Test
    void first(OkHttpClient client, SessionTracker session) throws IOException {
      send(client, "/", "First");
      SessionAssert.assertThat(session).hasCalls(1);
    }

    @Test
    void second(OkHttpClient client, SessionTracker session) throws IOException {
      send(client, "/", "Second");
      SessionAssert.assertThat(session).hasCalls(1);
    }
  }

  @Test
  void testsOfOneInstanceHaveSessionsOfTheirOwn() {
    recorded(OneInstance.class);

    assertThat(cassettes()).containsExactly("one/first.jsonl", "one/second.jsonl");
    replay(OneInstance.class).assertStatistics(all -> all.succeeded(2));
  }

  /** For libraries that make their own client. */
  static class InterceptorOnly {
    @RegisterExtension final TraceForgeExtension traceForge = extension().build();

    @Test
    @TraceForgeSession("interceptor")
    void asks(Interceptor interceptor, SessionTracker session) throws IOException {
      OkHttpClient library = new OkHttpClient.Builder().addInterceptor(interceptor).build();
      assertThat(send(library, "/stream/v1/chat/completions", "Go on"))
          .isEqualTo(ScriptedServer.STREAM);
      SessionAssert.assertThat(session).hasCalls(1).usedAtMostTokens(48).hasNoErrors();
    }
  }

  @Test
  void anInterceptorRecordsAndReplaysToo() {
    recorded(InterceptorOnly.class);

    replay(InterceptorOnly.class).assertStatistics(all -> all.succeeded(1));
  }

  /** Not annotated: no business of the extension. */
  static class Unconcerned {
    @RegisterExtension static final TraceForgeExtension TRACE_FORGE = extension().build();

    @Test
    void passes() {}
  }

  @Test
  void aTestWithoutTheAnnotationIsLeftAlone() {
    record(Unconcerned.class).assertStatistics(all -> all.succeeded(1));

    assertThat(CASSETTES).doesNotExist();
  }
}
