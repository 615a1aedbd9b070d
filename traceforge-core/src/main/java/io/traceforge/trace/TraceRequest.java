package io.traceforge.trace;

import com.google.auto.value.AutoValue;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The request of a recorded call, as the caller made it (without TraceForge's own headers). */
@AutoValue
public abstract class TraceRequest {
  TraceRequest() {}

  /** Returns a request. */
  public static TraceRequest of(
      String method, String url, HttpHeaders headers, @Nullable TraceBody body) {
    return new AutoValue_TraceRequest(method, url, headers, body);
  }

  /** Returns the HTTP method, in upper case. */
  public abstract String method();

  /** Returns the absolute URL, secrets in its query taken out. */
  public abstract String url();

  /** Returns the header fields, secrets taken out. */
  public abstract HttpHeaders headers();

  /** Returns the body, or {@code null} if there was none or it was not captured. */
  public abstract @Nullable TraceBody body();

  /** Returns the path of the URL, such as {@code /v1/chat/completions}. */
  public final String endpoint() {
    try {
      String path = URI.create(url()).getRawPath();
      return path == null || path.isEmpty() ? "/" : path;
    } catch (IllegalArgumentException notAUri) {
      return url();
    }
  }
}
