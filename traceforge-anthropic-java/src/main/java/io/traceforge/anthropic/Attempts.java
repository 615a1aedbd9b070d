package io.traceforge.anthropic;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.HttpRequest;
import io.traceforge.SessionContext;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Knows where a call was made first: a later attempt, or what an interceptor makes of the call, may
 * be on another thread, when the program has gone on to the next step. All of it shares its
 * options, which are made for each call and have no equals.
 */
final class Attempts {
  private static final String ATTEMPT = "X-Stainless-Retry-Count";

  private final Map<RequestOptions, SessionContext> firsts = new WeakHashMap<>();

  /** Returns whether a call is repeated by the client. */
  static boolean isRepeated(HttpRequest request) {
    String attempt = Conversions.header(request.headers(), ATTEMPT);
    return attempt != null && !attempt.equals("0");
  }

  /** Returns where a call was made first, or null if that is not known. */
  @Nullable SessionContext placeOf(RequestOptions options) {
    synchronized (firsts) {
      return firsts.get(options);
    }
  }

  /** Takes note of where a call was made. */
  void note(RequestOptions options, @Nullable SessionContext context) {
    if (context != null && options != RequestOptions.none()) { // which calls may share
      synchronized (firsts) {
        firsts.put(options, context);
      }
    }
  }
}
