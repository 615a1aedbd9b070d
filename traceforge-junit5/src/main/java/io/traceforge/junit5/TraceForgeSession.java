package io.traceforge.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes a test replay a recorded session, its cassette: the file {@code
 * src/test/resources/traceforge/NAME.jsonl}. Run with {@code -Dtraceforge.record=true}, the test
 * calls the real server and, if it passes, writes the cassette.
 *
 * <p>The test method and methods with {@code @BeforeEach} and {@code @AfterEach} may have
 * parameters of these types, each of which is the same in all of them:
 *
 * <ul>
 *   <li>{@code OkHttpClient}: replays, or calls the real server. Calls that it makes are recorded
 *       in the test's session, when they are replayed too.
 *   <li>{@code Interceptor}: does the same for libraries that have a client of their own and take
 *       an OkHttp interceptor only; add it last.
 *   <li>{@code SessionTracker}: the test's session, current on the thread of the test method. Its
 *       id is the cassette's name. {@link SessionAssert} says what is expected of it.
 *   <li>{@code TraceForge}: what records, in memory; for code that makes sessions of its own.
 * </ul>
 *
 * <p>On a class it stands for each test method that has none of its own, in nested classes too;
 * then the cassette of a method is {@code NAME/method.jsonl}, in a nested class {@code
 * NAME/Nested/method.jsonl}. Each invocation of a parameterised or repeated test has a cassette of
 * its own, with its number: {@code NAME-1.jsonl}.
 *
 * @see TraceForgeExtension#builder()
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@ExtendWith(TraceForgeExtension.class)
public @interface TraceForgeSession {
  /**
   * Returns the cassette's name: letters, digits, {@code .}, {@code _} and {@code -}, and {@code /}
   * for a folder; 100 characters at most.
   */
  String value();

  /**
   * Returns whether a replay must make all recorded calls: if a test passes without having made one
   * of them, it fails.
   */
  boolean allCallsReplayed() default false;
}
