package io.traceforge.junit5;

import io.traceforge.SessionScope;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import java.io.IOException;
import java.util.Set;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;

/** One run of one test: its session, recorded in memory, and its clients. */
abstract class TestRun implements AutoCloseable {
  private static final Set<Class<?>> OFFERED =
      Set.of(OkHttpClient.class, Interceptor.class, SessionTracker.class, TraceForge.class);

  final Settings settings;
  final Cassette cassette;
  final TraceForge traceForge;
  final SessionTracker session;
  private final OkHttpClient client;
  private volatile @Nullable Throwable failure;

  /** Starts a run with a client that answers as the run wants it to. */
  TestRun(Settings settings, Cassette cassette, OkHttpClient client) {
    this.settings = settings;
    this.cassette = cassette;
    this.traceForge =
        TraceForge.builder()
            .storage("memory:")
            .redactor(settings.redactor())
            .shutdownHook(false)
            .build();
    this.session = traceForge.newSession(cassette.name());
    this.client = TraceForgeOkHttp.instrument(client, session);
  }

  static boolean offers(Class<?> type) {
    return OFFERED.contains(type);
  }

  /** Returns what a test's parameter of a type gets. */
  Object offered(Class<?> type) {
    if (type == OkHttpClient.class) {
      return client;
    }
    if (type == Interceptor.class) {
      return interceptor(client);
    }
    return type == TraceForge.class ? traceForge : session;
  }

  /** Returns what a library with a client of its own is given. */
  abstract Interceptor interceptor(OkHttpClient client);

  /** Runs a part of the test. Failures of dynamic tests are seen here alone. */
  <T> T inSession(Invocation<T> part) throws Throwable {
    try (SessionScope scope = session.makeCurrent()) {
      return part.proceed();
    } catch (Throwable thrown) {
      failure = thrown;
      throw thrown;
    }
  }

  /**
   * Ends the session and does what is to be done then.
   *
   * @param thrown what the test failed with, or null
   */
  final void end(@Nullable Throwable thrown) throws IOException {
    Throwable reason = thrown == null ? failure : thrown;
    if (reason == null) {
      session.end();
      passed();
    } else {
      session.fail(reason);
      failed();
    }
  }

  abstract void passed() throws IOException;

  abstract void failed();

  @Override
  public void close() {
    traceForge.close();
  }
}
