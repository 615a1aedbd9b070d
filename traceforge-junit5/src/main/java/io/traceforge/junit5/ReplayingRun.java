package io.traceforge.junit5;

import io.traceforge.okhttp.ReplayInterceptor;
import io.traceforge.trace.Trace;
import java.util.List;
import java.util.stream.Collectors;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.opentest4j.AssertionFailedError;

/** A run that is answered from its cassette. */
final class ReplayingRun extends TestRun {
  private final ReplayInterceptor replay;
  private final boolean all;

  private ReplayingRun(
      Settings settings, Cassette cassette, ReplayInterceptor replay, boolean all) {
    super(settings, cassette, settings.client().newBuilder().addInterceptor(replay).build());
    this.replay = replay;
    this.all = all;
  }

  /**
   * Starts a run.
   *
   * @param all whether all recorded calls must be made
   */
  static ReplayingRun start(Settings settings, Cassette cassette, boolean all) {
    ReplayInterceptor replay =
        ReplayInterceptor.builder()
            .traces(cassette.read(settings.redactor().fingerprint()))
            .redactor(settings.redactor())
            .matching(settings.matching())
            .ignoring(settings.ignored().toArray(String[]::new))
            .pauses(settings.pauses())
            .build();
    return new ReplayingRun(settings, cassette, replay, all);
  }

  /** The whole call goes to the test's own client, so that the library's never gets to send it. */
  @Override
  Interceptor interceptor(OkHttpClient client) {
    return chain -> client.newCall(chain.request()).execute();
  }

  @Override
  void passed() {
    List<Trace> unused = replay.unused();
    if (all && !unused.isEmpty()) {
      throw new AssertionFailedError(
          "The test passed without making all calls of %s. Not made:%n%s"
              .formatted(
                  cassette.file(),
                  unused.stream().map(ReplayingRun::line).collect(Collectors.joining("\n"))));
    }
  }

  private static String line(Trace trace) {
    return "  trace %s (step %d): %s %s"
        .formatted(
            trace.id(), trace.stepIndex(), trace.request().method(), trace.request().endpoint());
  }

  @Override
  void failed() {}
}
