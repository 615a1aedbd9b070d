package io.traceforge.anthropic;

import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpMethod;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpResponse;
import io.traceforge.trace.HttpHeaders;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The client's types in TraceForge's terms. */
final class Conversions {
  private Conversions() {}

  /** Returns header fields that are converted when somebody asks, in the writer's time. */
  static Supplier<HttpHeaders> headers(Headers headers) {
    return () -> HttpHeaders.of(headers.names(), headers::values);
  }

  /** Returns the last value of a header field, or null if there is none. */
  static @Nullable String header(Headers headers, String name) {
    List<String> values = headers.values(name);
    return values.isEmpty() ? null : values.get(values.size() - 1);
  }

  /** Returns a body's length, or -1 if it is not told. */
  static long contentLength(Headers headers) {
    String length = header(headers, "Content-Length");
    try {
      return length == null ? -1 : Long.parseLong(length.trim());
    } catch (NumberFormatException notANumber) {
      return -1;
    }
  }

  /** Returns whether a response has no body that a caller would read or close. */
  static boolean hasNoBody(HttpRequest request, HttpResponse response) {
    int code = response.statusCode();
    return code < 200
        || code == 204
        || code == 304
        || request.method() == HttpMethod.HEAD
        || contentLength(response.headers()) == 0;
  }
}
