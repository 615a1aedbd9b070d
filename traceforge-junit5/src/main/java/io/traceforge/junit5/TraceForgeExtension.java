package io.traceforge.junit5;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Replays and records the sessions of tests with {@link TraceForgeSession}, which brings it. Who
 * wants other settings registers one of his own:
 *
 * <pre>{@code
 * class FlightBookingTest {
 *   @RegisterExtension
 *   static final TraceForgeExtension traceForge =
 *       TraceForgeExtension.builder()
 *           .client(new OkHttpClient.Builder().callTimeout(Duration.ofMinutes(2)).build())
 *           .redactor(Redactor.secrets().withPersonalData())
 *           .ignoring("/metadata/run_id")
 *           .build();
 * }
 * }</pre>
 *
 * <p><b>Replaying</b>, the default, never touches the network. A call that the cassette does not
 * answer fails with a {@link io.traceforge.okhttp.ReplayMissException}, an {@code IOException}
 * whose message names the nearest recording and the first difference. A test without a cassette
 * fails, and says how to record it; so does one whose cassette was recorded with another redactor.
 *
 * <p><b>Recording</b> is asked for by {@code -Dtraceforge.record=true}, or by the JUnit
 * configuration parameter of this name. A cassette is written if the test has passed, its
 * {@code @AfterEach} methods included; if it failed or was aborted, the old one stays. A test that
 * made no calls fails rather than empty a cassette that has some. What would change with each
 * recording of the same calls is not written: ids, times, and all headers but a few.
 *
 * <p>Each test has a session of its own; tests may run in parallel. For JUnit 5 and 6.
 */
public final class TraceForgeExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver,
        InvocationInterceptor {
  private final Settings settings;
  private final boolean configured;

  /** For JUnit alone, which makes one where only the annotation is used. */
  TraceForgeExtension() {
    this(Settings.DEFAULT, false);
  }

  TraceForgeExtension(Settings settings, boolean configured) {
    this.settings = settings;
    this.configured = configured;
  }

  /** Returns a builder with the defaults that its methods name. */
  public static TraceForgeExtensionBuilder builder() {
    return new TraceForgeExtensionBuilder();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    takeCharge(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    takeCharge(context);
  }

  /** The annotation registers one too, which leaves the work to one that a user has set up. */
  private void takeCharge(ExtensionContext context) {
    TestRuns runs = TestRuns.of(context);
    if (configured || runs.inCharge() == null) {
      runs.putInCharge(this);
    }
  }

  private boolean concerns(ExtensionContext context) {
    TestRuns runs = TestRuns.of(context);
    return runs.inCharge() == this && CassetteName.of(context).isPresent();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return TestRun.offers(parameter.getParameter().getType()) && concerns(context);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return TestRuns.of(context).run(settings).offered(parameter.getParameter().getType());
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
      throws Throwable {
    inSession(test, context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
      throws Throwable {
    inSession(test, context);
  }

  @Override
  public <T> T interceptTestFactoryMethod(
      Invocation<T> factory, ReflectiveInvocationContext<Method> method, ExtensionContext context)
      throws Throwable {
    return inSession(factory, context);
  }

  @Override
  public void interceptDynamicTest(
      Invocation<Void> test, DynamicTestInvocationContext dynamic, ExtensionContext context)
      throws Throwable {
    TestRun run = TestRuns.of(context).started(); // by the method that made the test
    if (run != null && TestRuns.of(context).inCharge() == this) {
      run.inSession(test);
    } else {
      test.proceed();
    }
  }

  /** On the thread of the test itself, which need not be that of the callbacks. */
  private <T> T inSession(Invocation<T> invocation, ExtensionContext context) throws Throwable {
    return concerns(context)
        ? TestRuns.of(context).run(settings).inSession(invocation)
        : invocation.proceed();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    TestRun run = TestRuns.of(context).started();
    if (run != null && concerns(context)) {
      try (run) {
        run.end(context.getExecutionException().orElse(null));
      }
    }
  }
}
