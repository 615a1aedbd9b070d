package io.traceforge.okhttp;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.traceforge.redaction.Redactor;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceRequest;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Says what is compared of a request. Recordings and calls come here alike, unredacted or not. */
final class CallMatcher {
  private static final Pattern BOUNDARY =
      Pattern.compile("(?i)^multipart/.*;\\s*boundary=\"?([^\";,\\s]+)");
  private static final HttpUrl SOME_HOST = HttpUrl.get("http://localhost/");
  private static final List<String> MESSAGES = List.of("messages", "input", "contents", "prompt");

  private final ReplayMatching matching;
  private final IgnoredFields ignored;
  private final Redactor redactor;

  CallMatcher(ReplayMatching matching, IgnoredFields ignored, Redactor redactor) {
    this.matching = matching;
    this.ignored = ignored;
    this.redactor = redactor;
  }

  /** Returns what is compared of a request that has been {@link #redacted}. */
  MatchKey keyOf(TraceRequest request) {
    if (matching == ReplayMatching.BY_STEP) {
      return MatchKey.ANY;
    }
    HttpUrl url = url(request.url());
    TraceBody body = request.body();
    JsonElement document = body == null ? null : document(body);
    JsonObject asksModel = matching == ReplayMatching.BY_CONTENT ? null : modelsPart(document);
    if (asksModel != null) {
      String path = asksModel.has("model") ? "" : url.encodedPath();
      return new MatchKey("", path, List.of(), CanonicalJson.of(asksModel));
    }
    return new MatchKey(
        request.method(),
        url.encodedPath(),
        query(url),
        document != null ? CanonicalJson.of(document) : text(body));
  }

  /** Returns what a recorder would store of a request, made by the one way that there is. */
  TraceRequest redacted(TraceRequest request) {
    Trace trace = Trace.builder().id("").startTime(Instant.EPOCH).request(request).build();
    return redactor.redact(trace).request();
  }

  /** What other tools recorded may have a path only. */
  private static HttpUrl url(String recorded) {
    HttpUrl url = SOME_HOST.resolve(recorded);
    return url == null ? SOME_HOST : url;
  }

  private static List<String> query(HttpUrl url) {
    return IntStream.range(0, url.querySize())
        .mapToObj(i -> url.queryParameterName(i) + "=" + url.queryParameterValue(i))
        .sorted()
        .toList();
  }

  private @Nullable JsonElement document(TraceBody body) {
    JsonElement document = body.json().orElse(null);
    if (document == null || document.isJsonPrimitive() || document.isJsonNull()) {
      return null; // a word is a document to a lenient reader
    }
    ignored.removeFrom(document);
    return document;
  }

  private static @Nullable JsonObject modelsPart(@Nullable JsonElement document) {
    if (!(document instanceof JsonObject object) || MESSAGES.stream().noneMatch(object::has)) {
      return null;
    }
    JsonObject part = new JsonObject();
    object
        .asMap()
        .forEach(
            (name, value) -> {
              if (name.equals("model") || MESSAGES.contains(name)) {
                part.add(name, value);
              }
            });
    return part;
  }

  /** Clients invent another boundary for each multipart body. */
  private static String text(@Nullable TraceBody body) {
    if (body == null) {
      return "";
    }
    Matcher boundary = BOUNDARY.matcher(body.mediaType() == null ? "" : body.mediaType());
    return boundary.find() ? body.text().replace(boundary.group(1), "boundary") : body.text();
  }
}
