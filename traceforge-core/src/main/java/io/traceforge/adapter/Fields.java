package io.traceforge.adapter;

import io.traceforge.trace.HttpHeaders;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client's header fields in TraceForge's terms. They are converted when somebody asks, in the
 * writer's time: they wait in the queue, so they must not hold a request or a response, which hold
 * their bodies.
 *
 * @param names the names
 * @param values returns a name's values, or {@code null} if there are none
 */
public record Fields(
    Collection<String> names, Function<String, ? extends @Nullable Collection<String>> values) {

  HttpHeaders all() {
    return collect(null);
  }

  HttpHeaders without(String prefix) {
    return collect(prefix.toLowerCase(Locale.ROOT));
  }

  private HttpHeaders collect(@Nullable String prefixToLeaveOut) {
    List<HttpHeaders.Field> fields = new ArrayList<>(names.size());
    for (String name : names) {
      Collection<String> told = values.apply(name);
      if (told != null
          && (prefixToLeaveOut == null
              || !name.toLowerCase(Locale.ROOT).startsWith(prefixToLeaveOut))) {
        told.forEach(value -> fields.add(new HttpHeaders.Field(name, value)));
      }
    }
    return HttpHeaders.of(fields);
  }
}
