package io.traceforge.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.SessionTracker;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Recording the same calls again writes the same file, however chance has mixed them. */
class MixedCassettesTest extends ExtensionFixture {
  private static volatile List<String> names = List.of();

  /** Has a state of maps, whose order nobody knows. */
  static class Noting {
    @RegisterExtension static final TraceForgeExtension TRACE_FORGE = extension().build();

    @Test
    @TraceForgeSession("noting")
    void notes(OkHttpClient client, SessionTracker session) throws IOException {
      names.forEach(name -> session.setState(name, noted()));
      session.setState("nothing", null);
      send(client, "/", "Note");
    }

    private static Map<String, Object> noted() {
      Map<String, Object> noted = new LinkedHashMap<>();
      names.forEach(name -> noted.put(name, List.of(2, Map.of(name, 1.50), 1)));
      return noted;
    }
  }

  @Test
  void theOrderInWhichTheStateWasSetMakesNoDifference() {
    names = List.of("hotel", "city", "date");
    record(Noting.class).assertStatistics(all -> all.succeeded(1));
    String first = cassette("noting");
    names = List.of("date", "city", "hotel");

    record(Noting.class).assertStatistics(all -> all.succeeded(1));

    assertThat(cassette("noting"))
        .isEqualTo(first)
        .contains("\"city\":[2,{\"city\":1.5},1],\"date\":[2,{\"date\":1.5},1],\"hotel\"")
        .contains("\"nothing\":null");
  }
}
