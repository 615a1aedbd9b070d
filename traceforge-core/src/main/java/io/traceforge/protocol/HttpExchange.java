package io.traceforge.protocol;

import com.google.auto.value.AutoValue;
import io.traceforge.trace.TraceBody;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An HTTP request and what is known of its response, bodies decoded, as a protocol reads them. */
@AutoValue
public abstract class HttpExchange {
  private volatile @Nullable RequestOutline outline;

  HttpExchange() {}

  /**
   * Returns an exchange.
   *
   * @param method the HTTP method, in upper case
   * @param path the path of the URL, such as {@code /v1/chat/completions}
   * @param requestBody the request's body, or {@code null} if there was none or it is not known
   * @param statusCode the response's status, or 0 if no response came
   * @param responseBody the response's body as far as it came, or {@code null} if none
   */
  public static HttpExchange of(
      String method,
      String path,
      @Nullable TraceBody requestBody,
      int statusCode,
      @Nullable TraceBody responseBody) {
    return new AutoValue_HttpExchange(method, path, requestBody, statusCode, responseBody);
  }

  /** Returns the HTTP method, in upper case. */
  public abstract String method();

  /** Returns the path of the URL, such as {@code /v1/chat/completions}. */
  public abstract String path();

  /** Returns the request's body, or {@code null} if there was none or it is not known. */
  public abstract @Nullable TraceBody requestBody();

  /** Returns the response's status, or 0 if no response came. */
  public abstract int statusCode();

  /** Returns the response's body as far as it came, or {@code null} if none. */
  public abstract @Nullable TraceBody responseBody();

  /**
   * Returns those of the wanted members that the request's body has. A protocol asks when it tells
   * whether a request is its own and when it reads it; the body is read once.
   */
  final JsonOutline requestOutline(Set<String> wanted) {
    RequestOutline known = outline;
    if (known == null || !known.wanted().equals(wanted)) {
      TraceBody body = requestBody();
      known =
          new RequestOutline(
              wanted, JsonOutline.of(body == null ? KeptBytes.NONE : KeptBytes.of(body), wanted));
      outline = known;
    }
    return known.members();
  }

  private record RequestOutline(Set<String> wanted, JsonOutline members) {}
}
