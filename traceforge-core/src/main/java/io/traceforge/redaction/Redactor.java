package io.traceforge.redaction;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes secrets out of a trace. It runs on the recorder's writer thread, once, before any backend:
 * nothing is stored or hashed that has not passed here.
 *
 * <p>A value that could not be redacted because a rule failed is dropped, not stored.
 */
public final class Redactor {
  /** What stands where a secret stood. */
  public static final String REDACTED = "[REDACTED]";

  private static final Set<String> SECRET_HEADERS =
      Set.of(
          "authorization",
          "proxy-authorization",
          "cookie",
          "set-cookie",
          "api-key",
          "x-api-key",
          "x-goog-api-key",
          "x-auth-token",
          "x-amz-security-token",
          "ocp-apim-subscription-key");

  private static final Pattern SECRET_PARAMETER =
      Pattern.compile(
          "(?i)([?&#](?:key|api[-_]?key|apikey|access_token|id_token|refresh_token|token|secret"
              + "|client_secret|password|signature|sig|x-amz-signature|x-amz-credential"
              + "|x-amz-security-token)=)[^&#\\s\"'<>]*");

  /** Up to the last {@code @}: a password may hold one. */
  private static final Pattern USER_INFO =
      Pattern.compile("(?i)(\\b[a-z][a-z0-9+.-]{0,20}://)[^/?#\\s\"'<>]{1,512}@");

  private static final Redactor SECRETS = new Redactor();

  private Redactor() {}

  /** Returns the default: credentials in headers and in URLs. */
  public static Redactor secrets() {
    return SECRETS;
  }

  /** Returns a trace without its secrets. */
  public Trace redact(Trace trace) {
    TraceRequest request = trace.request();
    TraceResponse response = trace.response();
    return trace.toBuilder()
        .request(
            TraceRequest.of(
                request.method(), url(request.url()), headers(request.headers()), request.body()))
        .response(response == null ? null : redact(response))
        .error(trace.error() == null ? null : redact(trace.error()))
        .build();
  }

  private static TraceResponse redact(TraceResponse response) {
    return TraceResponse.of(
        response.statusCode(),
        headers(response.headers()),
        response.body(),
        response.assembledBody());
  }

  private static TraceError redact(TraceError error) {
    String message = error.message();
    return TraceError.of(error.type(), message == null ? null : url(message), error.code());
  }

  private static HttpHeaders headers(HttpHeaders headers) {
    return HttpHeaders.of(
        headers.fields().stream()
            .map(field -> new HttpHeaders.Field(field.name(), value(field)))
            .toList());
  }

  private static String value(HttpHeaders.Field field) {
    return SECRET_HEADERS.contains(field.name().toLowerCase(Locale.ROOT))
        ? REDACTED
        : url(field.value());
  }

  /** Works on any text with URLs in it: a redirect's Location, an exception's message. */
  private static String url(String text) {
    try {
      // Without brackets, which would leave no URI that can be parsed.
      String withoutUser = USER_INFO.matcher(text).replaceAll("$1REDACTED@");
      return SECRET_PARAMETER.matcher(withoutUser).replaceAll("$1[REDACTED]");
    } catch (RuntimeException | StackOverflowError ruleFailed) {
      return REDACTED;
    }
  }
}
