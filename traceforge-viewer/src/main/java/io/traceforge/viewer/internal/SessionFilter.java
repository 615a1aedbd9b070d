package io.traceforge.viewer.internal;

import io.traceforge.storage.SessionQuery;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions a client asks for.
 *
 * @param status where they stand, or {@code null} for any
 * @param model a model that they called, or {@code null} for any
 * @param provider a provider that they called, or {@code null} for any
 * @param from the earliest start, inclusive, or {@code null}
 * @param before the latest start, exclusive, or {@code null}
 */
record SessionFilter(
    @Nullable SessionStatus status,
    @Nullable String model,
    @Nullable String provider,
    @Nullable Instant from,
    @Nullable Instant before) {

  static SessionFilter of(ApiCall call) {
    return new SessionFilter(
        status(call.parameter("status")),
        call.parameter("model"),
        call.parameter("provider"),
        time(call, "from"),
        time(call, "before"));
  }

  private static @Nullable SessionStatus status(@Nullable String name) {
    if (name == null) {
      return null;
    }
    return Stream.of(SessionStatus.values())
        .filter(status -> status.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() -> Problem.badParameter("status", "in_progress, completed or failed"));
  }

  private static @Nullable Instant time(ApiCall call, String name) {
    String text = call.parameter(name);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException noTime) {
      throw Problem.badParameter(name, "a time as in 2026-05-01T12:00:00Z");
    }
  }

  SessionQuery query(int limit) {
    SessionQuery query = SessionQuery.all().withLimit(limit);
    query = status == null ? query : query.withStatus(status);
    query = model == null ? query : query.withModel(model);
    query = provider == null ? query : query.withProvider(provider);
    query = from == null ? query : query.startedFrom(from);
    return before == null ? query : query.startedBefore(before);
  }

  /** Returns whether a session is asked for that was found otherwise than by a query. */
  boolean matches(SessionMetadata session) {
    return query(1).matches(session) && isInTime(session);
  }

  /** Returns whether a session began in the time asked for; one without a call did not. */
  private boolean isInTime(SessionMetadata session) {
    Instant start = session.startTime();
    return (from == null || (start != null && !start.isBefore(from)))
        && (before == null || (start != null && start.isBefore(before)));
  }
}
