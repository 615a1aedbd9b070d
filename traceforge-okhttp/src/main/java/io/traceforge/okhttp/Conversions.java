package io.traceforge.okhttp;

import io.traceforge.SessionHeaders;
import io.traceforge.trace.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import okhttp3.Headers;
import okhttp3.Response;

/** OkHttp's types in TraceForge's terms. */
final class Conversions {
  private Conversions() {}

  /**
   * Fields that are converted when somebody asks, in the writer's time. They wait in the queue:
   * they must not hold a request or a response, which hold their bodies.
   *
   * @param sessionsToo whether the session's fields are among them
   */
  record LazyHeaders(Headers headers, boolean sessionsToo) implements Supplier<HttpHeaders> {
    @Override
    public HttpHeaders get() {
      List<HttpHeaders.Field> fields = new ArrayList<>(headers.size());
      for (int i = 0; i < headers.size(); i++) {
        if (sessionsToo || !isSessions(headers.name(i))) {
          fields.add(new HttpHeaders.Field(headers.name(i), headers.value(i)));
        }
      }
      return HttpHeaders.of(fields);
    }
  }

  static LazyHeaders headers(Headers headers) {
    return new LazyHeaders(headers, true);
  }

  /** The session's headers are left out: the trace tells them, and its state is redacted there. */
  static LazyHeaders callersHeaders(Headers headers) {
    return new LazyHeaders(headers, false);
  }

  /** Returns whether there are fields of a session among them. Asked for each call. */
  static boolean haveSessions(Headers headers) {
    for (int i = 0; i < headers.size(); i++) {
      if (isSessions(headers.name(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSessions(String name) {
    return name.regionMatches(true, 0, SessionHeaders.PREFIX, 0, SessionHeaders.PREFIX.length());
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
