package io.traceforge.redaction;

import io.traceforge.trace.FinalState;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of a trace. It runs on the recorder's writer thread, once, before any backend:
 * nothing is stored or hashed that has not passed here.
 *
 * <p>By default it takes out what is secret by its name (headers such as {@code Authorization},
 * JSON fields, form fields and URL parameters such as {@code api_key} or {@code password}) and what
 * is by its shape (keys of well-known issuers, JSON Web Tokens, private keys, bearer tokens), in
 * URLs, headers, bodies, streams, state and error texts. Names are compared whole: {@code
 * max_tokens} stays. A secret that a stream tells in pieces is found too. JSON stays JSON.
 *
 * <pre>{@code
 * Redactor redactor =
 *     Redactor.secrets()
 *         .withPersonalData()
 *         .withField("customer_number")
 *         .withHeader("X-Tenant")
 *         .withPattern("ACME-[0-9]{8}");
 * }</pre>
 *
 * <p>A value that could not be redacted because a rule failed is dropped, not stored. Immutable,
 * and safe for use by many threads.
 */
public final class Redactor {
  /** What stands where a secret stood. */
  public static final String REDACTED = "[REDACTED]";

  /** What is shorter may stand anywhere by chance. */
  private static final int SHORTEST_TOLD = 6;

  private static final Redactor SECRETS = new Redactor(Names.SECRET, true, false, List.of());
  private static final Redactor NONE = new Redactor(Names.NONE, false, false, List.of());

  private final Names names;
  private final boolean shapes;
  private final boolean personalData;
  private final List<PatternRule> patterns;
  private final BodyRedactor bodies;

  private Redactor(Names names, boolean shapes, boolean personalData, List<PatternRule> patterns) {
    this.names = names;
    this.shapes = shapes;
    this.personalData = personalData;
    this.patterns = List.copyOf(patterns);
    this.bodies = new BodyRedactor(this::find, personalData || !patterns.isEmpty());
  }

  /** Returns the default: credentials of every kind that is known by name or by shape. */
  public static Redactor secrets() {
    return SECRETS;
  }

  /** Returns a redactor that takes nothing out. */
  public static Redactor none() {
    return NONE;
  }

  /**
   * Returns this redactor, taking out personal data too: e-mail addresses, card numbers with a
   * right check digit, telephone numbers and United States social security numbers. A telephone
   * number is known if it begins with {@code +} and has 8 to 15 digits, or is written as in North
   * America: {@code (212) 555-0123}, {@code (212)555-0123}, {@code 212-555-0123}, {@code
   * 212.555.0123}; a social security number by its hyphens. Other national forms stay: add those
   * that you expect by {@link #withPattern}.
   */
  public Redactor withPersonalData() {
    return new Redactor(names, shapes, true, patterns);
  }

  /**
   * Returns this redactor, taking out the values of one more field, in JSON, forms and URLs: texts
   * and numbers, also in an array. Case, {@code _}, {@code -} and {@code .} do not matter.
   */
  public Redactor withField(String name) {
    return new Redactor(names.withField(name), shapes, personalData, patterns);
  }

  /** Returns this redactor, taking out the values of one more header, whatever its case. */
  public Redactor withHeader(String name) {
    return new Redactor(names.withHeader(name), shapes, personalData, patterns);
  }

  /**
   * Returns this redactor, taking out all that matches a pattern as well. JSON is matched as text,
   * so the pattern should not reach over quotes. A pattern that takes too long on some text makes
   * that text be dropped.
   *
   * @param regex a regular expression, see {@link Pattern}
   * @throws java.util.regex.PatternSyntaxException if it is none
   */
  public Redactor withPattern(String regex) {
    List<PatternRule> more = new ArrayList<>(patterns);
    more.add(new PatternRule(Pattern.compile(regex)));
    return new Redactor(names, shapes, personalData, more);
  }

  /**
   * Returns a short text that is the same for redactors made the same way, and tells none of their
   * rules: what was recorded with another one may not be comparable. It stays the same when a new
   * version of the library knows more secrets.
   */
  public String fingerprint() {
    return (shapes ? "secrets" : "none")
        + (personalData ? "+personal-data" : "")
        + Fingerprint.of(names, patterns);
  }

  /** Returns a text without its secrets; the very same text if it has none. */
  public String redact(String text) {
    try {
      return find(text, false).applyTo(text);
    } catch (RuntimeException | StackOverflowError ruleFailed) {
      return REDACTED;
    }
  }

  /**
   * Returns what redacts traces as {@link #redact(Trace)} does, and is faster where requests repeat
   * what was sent before, as those of agents do. To be used by one thread at a time.
   */
  public UnaryOperator<Trace> forSessions() {
    return new SessionRedactor(this, bodies)::redact;
  }

  /** Returns a trace without its secrets. */
  public Trace redact(Trace trace) {
    return redact(trace, body -> redact(body, false));
  }

  /** Redacts a trace, its request's body by a way of its own. */
  Trace redact(Trace trace, UnaryOperator<TraceBody> requestBody) {
    TraceResponse response = trace.response();
    return trace.toBuilder()
        .stateJson(redactJson(trace.stateJson()))
        .request(redact(trace.request(), requestBody))
        .response(response == null ? null : redact(response))
        .error(trace.error() == null ? null : redact(trace.error()))
        .metadata(redact(trace.metadata()))
        .build();
  }

  /** Returns where a session stood, without secrets. */
  public FinalState redact(FinalState stood) {
    return FinalState.of(stood.stepIndex(), redactJson(stood.stateJson()));
  }

  /** A state that could not be redacted is still the text of one object. */
  private String redactJson(String json) {
    String redacted = redact(json);
    return redacted.equals(REDACTED) ? "{}" : redacted;
  }

  private Spans find(String text, boolean cut) {
    Spans spans = new Spans();
    boolean scans = shapes || !names.isEmpty();
    boolean escapes = scans && SecretScanner.find(text, names, shapes, spans, cut);
    if (personalData) {
      PersonalScanner.find(text, spans);
    }
    patterns.forEach(pattern -> pattern.find(text, spans));
    if (escapes) {
      spans.noteEscapes();
      HiddenTexts.find(text, this::find, spans);
    }
    return spans;
  }

  private TraceRequest redact(TraceRequest request, UnaryOperator<TraceBody> requestBody) {
    TraceBody body = request.body();
    return TraceRequest.of(
        request.method(),
        redactUrl(request.url()),
        redact(request.headers()),
        body == null ? null : requestBody.apply(body));
  }

  /** Brackets in its path would make it no URL, and hide which endpoint was called. */
  private String redactUrl(String url) {
    String redacted = redact(url);
    int path = Chars.indexOfAny(redacted, "?#", 0);
    return redacted.equals(url)
        ? url
        : redacted.substring(0, path).replace(REDACTED, "REDACTED") + redacted.substring(path);
  }

  private TraceResponse redact(TraceResponse response) {
    TraceBody raw = response.body();
    TraceBody assembled = response.assembledBody();
    TraceBody redacted = raw == null ? null : redact(raw, true);
    if (redacted != null && assembled != null && tells(redacted, assembled)) {
      redacted = BodyRedactor.dropped(redacted);
    }
    return TraceResponse.of(
        response.statusCode(),
        redact(response.headers()),
        redacted,
        assembled == null ? null : redact(assembled, false));
  }

  /** What a stream amounts to shows whether it still tells a secret in some other way. */
  private boolean tells(TraceBody raw, TraceBody assembled) {
    try {
      return bodies.secrets(assembled).stream()
          .filter(secret -> secret.length() >= SHORTEST_TOLD)
          .anyMatch(secret -> bodies.tells(raw, secret));
    } catch (RuntimeException | StackOverflowError ruleFailed) {
      return true;
    }
  }

  TraceBody redact(TraceBody body, boolean maybeStream) {
    try {
      return isNothing() ? body : bodies.redact(body, maybeStream);
    } catch (RuntimeException | StackOverflowError ruleFailed) {
      return BodyRedactor.dropped(body);
    }
  }

  boolean isNothing() {
    return !shapes && !personalData && names.isEmpty() && patterns.isEmpty();
  }

  private TraceError redact(TraceError error) {
    return TraceError.of(
        redact(error.type()), redactNullable(error.message()), redactNullable(error.code()));
  }

  private @Nullable String redactNullable(@Nullable String text) {
    return text == null ? null : redact(text);
  }

  private HttpHeaders redact(HttpHeaders headers) {
    return HttpHeaders.of(
        headers.fields().stream()
            .map(field -> new HttpHeaders.Field(field.name(), value(field)))
            .toList());
  }

  private String value(HttpHeaders.Field field) {
    return names.isHeader(field.name()) ? REDACTED : redact(field.value());
  }

  private TraceMetadata redact(TraceMetadata metadata) {
    return metadata.toBuilder()
        .requestModel(redactNullable(metadata.requestModel()))
        .responseModel(redactNullable(metadata.responseModel()))
        .responseId(redactNullable(metadata.responseId()))
        .finishReasons(metadata.finishReasons().stream().map(this::redact).toList())
        .toolCalls(metadata.toolCalls().stream().map(this::redact).toList())
        .build();
  }

  private ToolCall redact(ToolCall call) {
    return ToolCall.of(redactNullable(call.id()), redact(call.name()), redact(call.arguments()));
  }
}
