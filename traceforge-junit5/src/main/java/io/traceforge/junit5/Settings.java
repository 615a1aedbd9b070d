package io.traceforge.junit5;

import io.traceforge.okhttp.ReplayMatching;
import io.traceforge.redaction.Redactor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import okhttp3.OkHttpClient;

/**
 * How sessions are recorded and replayed.
 *
 * @param client what the test's client is made from
 * @param ignored the fields of JSON bodies that are not compared
 * @param pauses how long answers take, as a multiple of the recorded time
 * @param headers the names, in lower case, of the response headers that cassettes keep besides
 *     those they always keep
 */
record Settings(
    OkHttpClient client,
    Path directory,
    Redactor redactor,
    ReplayMatching matching,
    List<String> ignored,
    double pauses,
    Set<String> headers,
    boolean allCallsReplayed) {
  /** OkHttp's 10 seconds to the next byte are too short for a model that thinks. */
  private static final Duration READ_TIMEOUT = Duration.ofMinutes(10);

  private static final OkHttpClient CLIENT =
      new OkHttpClient.Builder().readTimeout(READ_TIMEOUT).build();

  static final Settings DEFAULT =
      new Settings(
          CLIENT,
          Path.of("src", "test", "resources", "traceforge"),
          Redactor.secrets(),
          ReplayMatching.BY_CONTENT,
          List.of(),
          0,
          Set.of(),
          false);

  /** Times differ in each recording, so only those who replay them have them in their files. */
  boolean keepsTimes() {
    return pauses > 0;
  }
}
