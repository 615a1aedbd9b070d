package io.traceforge.okhttp;

import io.traceforge.SessionHeaders;
import io.traceforge.trace.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import okhttp3.Headers;
import okhttp3.Response;

/** OkHttp's types in TraceForge's terms. */
final class Conversions {
  private static final String PREFIX = SessionHeaders.PREFIX.toLowerCase(Locale.ROOT);

  private Conversions() {}

  static HttpHeaders headers(Headers headers) {
    return headers(headers, name -> true);
  }

  /** The session's headers are left out: the trace tells them, and its state is redacted there. */
  static HttpHeaders callersHeaders(Headers headers) {
    return headers(headers, name -> !name.toLowerCase(Locale.ROOT).startsWith(PREFIX));
  }

  private static HttpHeaders headers(Headers headers, Predicate<String> wanted) {
    List<HttpHeaders.Field> fields = new ArrayList<>(headers.size());
    for (int i = 0; i < headers.size(); i++) {
      if (wanted.test(headers.name(i))) {
        fields.add(new HttpHeaders.Field(headers.name(i), headers.value(i)));
      }
    }
    return HttpHeaders.of(fields);
  }

  /** Returns whether a response has a body that a caller would read or close. */
  static boolean hasBody(Response response) {
    int code = response.code();
    return code >= 200
        && code != 204
        && code != 304
        && !response.request().method().equals("HEAD")
        && response.body() != null
        && response.body().contentLength() != 0;
  }
}
