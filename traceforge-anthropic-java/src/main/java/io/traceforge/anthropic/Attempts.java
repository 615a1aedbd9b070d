package io.traceforge.anthropic;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.HttpRequest;
import io.traceforge.SessionContext;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Knows where the first attempt of a call was made: a later one may be made on another thread, when
 * the program has gone on to the next step. The attempts of a call share their options, which are
 * made for each call and have no equals.
 */
final class Attempts {
  private static final String ATTEMPT = "X-Stainless-Retry-Count";

  private final Map<RequestOptions, SessionContext> firsts = new WeakHashMap<>();

  /** Returns where a repeated call was made first, or null if that is not known. */
  @Nullable SessionContext placeOf(HttpRequest request, RequestOptions options) {
    String attempt = Conversions.header(request.headers(), ATTEMPT);
    if (attempt == null || attempt.equals("0")) {
      return null;
    }
    synchronized (firsts) {
      return firsts.get(options);
    }
  }

  /** Takes note of where a call was made. */
  void note(RequestOptions options, @Nullable SessionContext context) {
    if (context != null) {
      synchronized (firsts) {
        firsts.put(options, context);
      }
    }
  }
}
