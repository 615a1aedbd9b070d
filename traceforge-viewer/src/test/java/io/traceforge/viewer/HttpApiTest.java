package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionJson;
import io.traceforge.trace.TraceJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API answers. */
class HttpApiTest {
  @TempDir Path folder;
  private StorageBackend storage;
  private TraceForgeViewer viewer;
  private Http http;

  @BeforeEach
  void start() {
    storage = StorageBackend.open("sqlite:" + folder.resolve("traces.db"));
    viewer = TraceForgeViewer.start(storage);
    http = new Http(viewer);
  }

  @AfterEach
  void stop() {
    viewer.close();
    storage.close();
  }

  @Test
  void tellsASessionWithTheNamesOfTheOriginal() {
    Demo.flight(storage);
    JsonObject session = http.json("/api/sessions/book-a-flight-to-paris");
    assertThat(session.keySet())
        .contains(
            "session_id",
            "total_steps",
            "start_time",
            "end_time",
            "duration_ms",
            "models_used",
            "total_tokens",
            "status");
    assertThat(session.get("status").getAsString()).isEqualTo("completed");
    assertThat(SessionJson.read(session.toString()))
        .isEqualTo(storage.getSessionMetadata("book-a-flight-to-paris").orElseThrow());
  }

  @Test
  void tellsATimelineWithTheNamesOfTheOriginal() {
    Demo.flight(storage);
    JsonObject timeline = http.json("/api/sessions/book-a-flight-to-paris/timeline");
    JsonObject call = timeline.getAsJsonArray("timeline").get(1).getAsJsonObject();
    assertThat(call.keySet())
        .contains(
            "step",
            "trace_id",
            "timestamp",
            "endpoint",
            "model",
            "duration_ms",
            "tokens_used",
            "status",
            "state_snapshot",
            "cost_usd");
    assertThat(timeline.getAsJsonArray("descendants")).hasSize(1);
  }

  @Test
  void listsSessionsInPagesWithoutGaps() {
    Demo.many(storage, 25);
    List<String> ids = new ArrayList<>();
    String after = "";
    while (after != null) {
      JsonObject page = http.json("/api/sessions?limit=10&after=" + after);
      page.getAsJsonArray("sessions").forEach(session -> ids.add(id(session)));
      after = page.has("next_cursor") ? page.get("next_cursor").getAsString() : null;
    }
    assertThat(ids).hasSize(25).doesNotHaveDuplicates();
    assertThat(ids.get(0)).isEqualTo("support-00000");
  }

  @ParameterizedTest
  @CsvSource({
    "status=failed, support-00004 support-00013 support-00022",
    "model=gpt-4o, support-00000 support-00005 support-00010 support-00015 support-00020",
    "model=gpt-4o&status=failed, ''",
    "provider=nobody, ''",
    "from=2026-06-01T08:28:00Z, support-00000 support-00001 support-00002",
    "before=2026-06-01T08:07:00Z, support-00024",
    "q=question%2011, support-00011",
    "q=support-00003, support-00003",
    "q=%22no%20such%20words%22, ''"
  })
  void filters(String query, String expected) {
    Demo.many(storage, 25);
    Demo.index(storage);
    JsonArray sessions = http.json("/api/sessions?limit=100&" + query).getAsJsonArray("sessions");
    List<String> ids = new ArrayList<>();
    sessions.forEach(session -> ids.add(id(session)));
    assertThat(String.join(" ", ids)).isEqualTo(expected);
  }

  @Test
  void tellsTracesAsTheyAre() {
    Demo.flight(storage);
    JsonObject page = http.json("/api/sessions/book-a-flight-to-paris/traces?limit=4");
    assertThat(page.getAsJsonArray("traces")).hasSize(4);
    assertThat(page.has("next_cursor")).isTrue();
    String json = http.get("/api/traces/book-a-flight-to-paris-3").body();
    assertThat(TraceJson.read(json))
        .isEqualTo(storage.getTrace("book-a-flight-to-paris-3").orElseThrow());
  }

  @Test
  void tellsBodiesAsText() {
    Demo.flight(storage);
    HttpResponse<String> request = http.get("/api/traces/book-a-flight-to-paris-1/request");
    assertThat(request.body())
        .isEqualTo(
            storage.getTrace("book-a-flight-to-paris-1").orElseThrow().request().body().text());
    assertThat(request.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    assertThat(http.get("/api/traces/book-a-flight-to-paris-1/response").body())
        .contains("I will look for flights");
  }

  @Test
  void tellsOnlyWhatIsNewInAConversation() {
    Demo.flight(storage);
    String path = "/api/traces/book-a-flight-to-paris-3/conversation";
    JsonObject news = http.json(path + "?after=book-a-flight-to-paris-1");
    assertThat(news.get("first_new").getAsInt()).isEqualTo(3);
    assertThat(news.getAsJsonArray("messages")).hasSize(2);
    JsonObject all = http.json(path + "?after=book-a-flight-to-paris-1&all=true");
    assertThat(all.getAsJsonArray("messages")).hasSize(5);
  }

  @Test
  void tellsTheBeginningOfALongTextAndTheRestOnDemand() {
    String text = "long ".repeat(1_000_000);
    Chats chats = new Chats("long", Demo.START).say("user", text).answer("Fine.", 10);
    storage.saveTraces(chats.traces());
    JsonObject conversation = http.json("/api/traces/long-1/conversation");
    assertThat(conversation.toString().length()).isLessThan(10_000);
    assertThat(conversation.toString()).contains("\"cut\":true").contains("\"length\":5000000");
    assertThat(http.get("/api/traces/long-1/conversation/0/0").body()).isEqualTo(text);
  }

  @Test
  void tellsHalvesOfSurrogatePairsAsTheyAre() {
    String text = "a half \\ud800, its other \\udc00, a whole \ud83d\ude00";
    storage.saveTrace(Plain.saying(text, "halves", Demo.START, "gpt-4o"));
    JsonObject conversation = http.json("/api/traces/halves-1/conversation");
    assertThat(conversation.toString())
        .contains("a half \ud800, its other \udc00, a whole \ud83d\ude00");
  }

  @Test
  void exportsASession() {
    Demo.flight(storage);
    HttpResponse<String> export = http.get("/api/sessions/book-a-flight-to-paris/export");
    assertThat(export.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"session-book-a-flight-to-paris.jsonl\"");
    List<String> lines = export.body().lines().toList();
    assertThat(lines).hasSize(6);
    assertThat(TraceJson.sessionOf(lines.get(5))).isPresent();
  }

  @Test
  void searches() {
    Demo.flight(storage);
    Demo.index(storage);
    JsonObject hit =
        http.json("/api/search?q=cheapest").getAsJsonArray("hits").get(0).getAsJsonObject();
    assertThat(hit.get("session_id").getAsString()).isNotEmpty();
    JsonArray mark = hit.getAsJsonArray("marks").get(0).getAsJsonArray();
    assertThat(
            hit.get("snippet")
                .getAsString()
                .substring(mark.get(0).getAsInt(), mark.get(1).getAsInt()))
        .isEqualToIgnoringCase("cheapest");
  }

  @Test
  void saysThatAStorageHasNoSearch() {
    try (StorageBackend memory = StorageBackend.open("memory:");
        TraceForgeViewer other = TraceForgeViewer.start(memory)) {
      assertThat(new Http(other).get("/api/search?q=word").statusCode()).isEqualTo(501);
    }
  }

  @Test
  void tellsSumsAndWhatThereIsToFilterBy() {
    Demo.many(storage, 10);
    JsonObject stats = http.json("/api/stats");
    assertThat(stats.get("sessions").getAsInt()).isEqualTo(10);
    assertThat(stats.getAsJsonObject("by_status").get("failed").getAsInt()).isEqualTo(1);
    assertThat(stats.getAsJsonArray("models").toString()).isEqualTo("[\"gpt-4o\",\"gpt-4o-mini\"]");
  }

  @Test
  void tellsWhatASessionCostAndHowItsStepsWent() {
    Demo.flight(storage);
    JsonObject summary = http.json("/api/sessions/book-a-flight-to-paris/summary");
    assertThat(summary.get("known_cost_usd").getAsDouble()).isPositive();
    assertThat(summary.getAsJsonArray("steps")).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/sessions/nobody, 404, no session has this id",
    "/api/sessions/nobody/timeline, 404, no session has this id",
    "/api/sessions/nobody/export, 404, no session has this id",
    "/api/sessions/nobody/events, 404, no session has this id",
    "/api/traces/nobody, 404, no trace has this id",
    "/api/nothing, 404, there is nothing at this path",
    "/nothing, 404, there is nothing at this path",
    "/api/sessions?limit=0, 400, limit: expected a number from 1 to 500",
    "/api/sessions?status=done, 400, 'status: expected in_progress, completed or failed'",
    "/api/sessions?from=monday, 400, from: expected a time as in 2026-05-01T12:00:00Z",
    "/api/sessions?after=x, 400, cursor: not one of a page's: x",
    "/api/search, 400, q: expected what to look for"
  })
  void tellsProblemsAsProblems(String path, int status, String detail) {
    HttpResponse<String> response = http.get(path);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonObject problem = JsonParser.parseString(response.body()).getAsJsonObject();
    assertThat(problem.get("status").getAsInt()).isEqualTo(status);
    assertThat(problem.get("detail").getAsString()).isEqualTo(detail);
  }

  @Test
  void findsSessionsWhateverTheirIdsLookLike() {
    String id = "a/b?c%d;e#f..g\\h+i&j";
    storage.saveTraces(new Chats(id, Demo.START).say("user", "Hello").answer("Hi", 5).traces());
    String segment = "a%2Fb%3Fc%25d%3Be%23f..g%5Ch%2Bi%26j";
    assertThat(id(http.json("/api/sessions/" + segment))).isEqualTo(id);
    assertThat(viewer.urlOf(id)).endsWith("#/sessions/" + segment);
    assertThat(http.get("/api/traces/" + segment + "-1").statusCode()).isEqualTo(200);
  }

  @Test
  void compressesForThoseWhoAskForIt() throws IOException, InterruptedException {
    Demo.longSession(storage, 50);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(viewer.url() + "api/sessions/nightly-report/timeline"))
            .header("Accept-Encoding", "gzip")
            .build();
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
    byte[] body = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
    assertThat(new String(body, StandardCharsets.UTF_8))
        .isEqualTo(http.get("/api/sessions/nightly-report/timeline").body());
  }

  @Test
  void asksProxiesToPassEventsOnAtOnce() {
    Demo.flight(storage);
    assertThat(http.get("/api/sessions/compare-prices/events").headers().map())
        .containsEntry("x-accel-buffering", List.of("no"));
  }

  @Test
  void sendsWhatChangesInARunningSessionUntilItEnds() {
    Chats chats = new Chats("live", Instant.now()).say("user", "Go").answer("One", 5);
    storage.saveTraces(chats.traces());
    List<String> events = new ArrayList<>();
    try (EventReader reader = new EventReader(viewer.url() + "api/sessions/live/events")) {
      events.add(reader.next());
      events.add(reader.next());
      storage.saveTraces(chats.next().open().traces());
      events.add(reader.next());
      events.add(reader.next());
      storage.updateSession(SessionUpdate.ended("live", Instant.now().plusSeconds(1)));
      String last = reader.next();
      while (!last.startsWith("end")) {
        last = reader.next();
      }
      assertThat(reader.next()).isEqualTo("closed");
    }
    assertThat(events)
        .extracting(event -> event.substring(0, event.indexOf(' ')))
        .containsExactly("session", "call", "session", "call");
    assertThat(events.get(3)).contains("\"trace_id\":\"live-2\"").contains("in_progress");
  }

  private static String id(JsonElement session) {
    return session.getAsJsonObject().get("session_id").getAsString();
  }
}
