package io.traceforge.junit5;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import io.traceforge.trace.TraceTiming;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes out of recorded calls what would differ if the same calls were recorded again. */
final class StableTraces {
  private static final Instant BEGIN = Instant.parse("2000-01-01T00:00:00Z");

  /** What the library makes up; an id that the program gave stays. */
  private static final Pattern RANDOM =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** A test's server has another port each time. */
  private static final Pattern PORT_OF_THIS_MACHINE =
      Pattern.compile("(?<=^https?://(localhost|127\\.0\\.0\\.1|\\[::1\\])):\\d+");

  /** What clients act upon. */
  private static final Set<String> HEADERS =
      Set.of(
          "content-encoding",
          "content-length",
          "content-type",
          "location",
          "retry-after",
          "retry-after-ms",
          "www-authenticate",
          "x-should-retry");

  private final Settings settings;
  private final String name;
  private final Map<String, String> traceIds = new HashMap<>();
  private final Map<String, String> sessionIds = new HashMap<>();
  private final Map<String, Integer> callNumbers = new HashMap<>();

  StableTraces(Settings settings, String name) {
    this.settings = settings;
    this.name = name;
  }

  /** Returns the calls in an order that is the same each time. */
  List<Trace> of(List<Trace> recorded) {
    List<Trace> ordered =
        SessionOrder.of(recorded.stream().map(StableTraces::withSortedState).toList(), name);
    ordered.forEach(trace -> traceIds.put(trace.id(), name + "/" + (traceIds.size() + 1)));
    List<Trace> stable = new ArrayList<>();
    for (Trace trace : ordered) {
      stable.add(stable(trace, BEGIN.plusSeconds(stable.size())));
    }
    return stable;
  }

  private static Trace withSortedState(Trace trace) {
    return trace.toBuilder().stateJson(SortedJson.of(trace.stateJson())).build();
  }

  private Trace stable(Trace trace, Instant start) {
    String session = trace.sessionId() == null ? null : stableSession(trace.sessionId());
    String parent = trace.parentTraceId();
    return trace.toBuilder()
        .id(traceIds.getOrDefault(trace.id(), trace.id()))
        .sessionId(session)
        .callNumber(session == null ? 0 : callNumbers.merge(session, 1, Integer::sum))
        .parentTraceId(parent == null ? null : traceIds.getOrDefault(parent, parent))
        .startTime(start)
        .request(stable(trace.request()))
        .response(trace.response() == null ? null : stable(trace.response()))
        .metadata(
            settings.keepsTimes()
                ? trace.metadata()
                : trace.metadata().toBuilder().timing(TraceTiming.none()).build())
        .build();
  }

  private String stableSession(String id) {
    return RANDOM.matcher(id).matches()
        ? sessionIds.computeIfAbsent(id, random -> name + "/session-" + (sessionIds.size() + 2))
        : id;
  }

  private TraceRequest stable(TraceRequest request) {
    return TraceRequest.of(
        request.method(),
        PORT_OF_THIS_MACHINE.matcher(request.url()).replaceFirst(""),
        kept(request.headers(), Set.of("content-type")),
        request.body());
  }

  private TraceResponse stable(TraceResponse response) {
    HttpHeaders headers = response.headers();
    List<HttpHeaders.Field> kept = new ArrayList<>(kept(headers, HEADERS).fields());
    kept.addAll(kept(headers, settings.headers()).fields());
    return TraceResponse.of(
        response.statusCode(), HttpHeaders.of(kept), response.body(), response.assembledBody());
  }

  private static HttpHeaders kept(HttpHeaders headers, Set<String> names) {
    return HttpHeaders.of(
        headers.fields().stream()
            .filter(field -> names.contains(field.name().toLowerCase(Locale.ROOT)))
            .toList());
  }
}
