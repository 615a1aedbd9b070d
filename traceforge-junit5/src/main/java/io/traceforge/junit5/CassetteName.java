package io.traceforge.junit5;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Which cassette a test has.
 *
 * @param text the file's path below the cassettes' folder, without its ending
 * @param annotation what names it
 */
record CassetteName(String text, TraceForgeSession annotation) {
  private static final String PART = "[A-Za-z0-9_-][A-Za-z0-9._-]*";

  /** No part begins with a dot, so that no name leads out of the folder. */
  private static final Pattern VALID = Pattern.compile("(?!.{101})" + PART + "(/" + PART + ")*");

  /** In the ids of parameterised and repeated tests and of parameterised classes. */
  private static final Pattern INVOCATION = Pattern.compile("-template-invocation:#(\\d+)\\]");

  /** Returns the name for a test, or empty if no annotation gives it one. */
  static Optional<CassetteName> of(ExtensionContext context) {
    return context.getTestMethod().flatMap(method -> of(method, context));
  }

  private static Optional<CassetteName> of(Method method, ExtensionContext context) {
    String end = invocation(context);
    return AnnotationSupport.findAnnotation(method, TraceForgeSession.class)
        .map(found -> named(found.value() + end, found))
        .or(() -> ofClass(context.getRequiredTestClass(), fileName(method.getName()) + end));
  }

  /** Looks outwards for the class that is annotated. */
  private static Optional<CassetteName> ofClass(Class<?> testClass, String rest) {
    Optional<TraceForgeSession> found =
        AnnotationSupport.findAnnotation(testClass, TraceForgeSession.class);
    Class<?> outer = testClass.getEnclosingClass();
    if (found.isPresent() || outer == null) {
      return found.map(annotation -> named(annotation.value() + "/" + rest, annotation));
    }
    return ofClass(outer, fileName(testClass.getSimpleName()) + "/" + rest);
  }

  private static CassetteName named(String name, TraceForgeSession annotation) {
    if (!VALID.matcher(name).matches()) {
      throw new ExtensionConfigurationException(
          "@TraceForgeSession: expected a name of letters, digits, '.', '_', '-' and '/',"
              + " no more than 100 characters, got \""
              + name
              + '"');
    }
    return new CassetteName(name, annotation);
  }

  /** Kotlin's names may have spaces. */
  private static String fileName(String name) {
    return name.replaceAll("[^A-Za-z0-9_]", "_");
  }

  private static String invocation(ExtensionContext context) {
    return INVOCATION
        .matcher(context.getUniqueId())
        .results()
        .map((MatchResult number) -> "-" + number.group(1))
        .collect(Collectors.joining());
  }
}
