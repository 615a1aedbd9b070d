package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.traceforge.pricing.PriceBook;
import io.traceforge.storage.Page;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.Trace;
import io.traceforge.viewer.internal.ReadOnlyStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session may be larger than memory: it is read a few traces at a time, and told the same. */
class LargeSessionTest {
  private static final int MOST_AT_ONCE = 100;
  private StorageBackend storage;
  private TraceForgeViewer viewer;
  private Http http;

  @BeforeEach
  void start() {
    storage = StorageBackend.open("memory:");
    viewer = TraceForgeViewer.start(fewAtOnce());
    http = new Http(viewer);
  }

  @AfterEach
  void stop() {
    viewer.close();
    storage.close();
  }

  @Test
  void isSummedUpLikeItsTimeline() {
    Demo.longSession(storage, 2 * MOST_AT_ONCE);
    JsonObject summary = http.json("/api/sessions/nightly-report/summary");
    SessionTimeline timeline = storage.getTimeline("nightly-report").orElseThrow();
    assertThat(summary.get("known_cost_usd").getAsBigDecimal())
        .isEqualByComparingTo(PriceBook.standard().costOf(timeline).knownUsd());
    assertThat(durations(summary))
        .hasSize(2 * MOST_AT_ONCE)
        .isEqualTo(timeline.steps().stream().map(SessionTimeline.Step::durationMs).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"summary", "timeline", "events"})
  void isReadAFewTracesAtATime(String what) {
    Demo.longSession(storage, 2 * MOST_AT_ONCE);
    assertThat(http.get("/api/sessions/nightly-report/" + what).statusCode()).isEqualTo(200);
  }

  @Test
  void itsTimelineIsThatOfTheStorage() {
    Demo.flight(storage);
    Chats chats = new Chats("failing", Demo.START).say("user", "One").fail(503, "Busy", 10);
    storage.saveTraces(chats.later(5).say("user", "Two").fail(503, "Busy", 10).traces());
    storage.saveTrace(cachedForAnHour("cached"));
    for (String id : List.of("book-a-flight-to-paris", "failing", "cached")) {
      assertThat(http.get("/api/sessions/" + id + "/timeline").body())
          .isEqualTo(storage.getTimeline(id).orElseThrow().toJson(PriceBook.standard()));
    }
  }

  /** A call whose cost its body tells: that it is not known. */
  private static Trace cachedForAnHour(String session) {
    Trace trace =
        new Chats(session, Demo.START)
            .sayJson("{\"role\":\"user\",\"content\":\"Hi\",\"cache_control\":{\"ttl\":\"1h\"}}")
            .answer("Hello.", 10)
            .last();
    TokenUsage usage =
        TokenUsage.builder().inputTokens(20L).outputTokens(2L).cacheWriteTokens(10L).build();
    return trace.toBuilder().metadata(trace.metadata().toBuilder().usage(usage).build()).build();
  }

  @Test
  void aStepThatARetrySavedIsASuccess() {
    Chats chats = new Chats("steps", Demo.START).say("user", "Go").fail(503, "Busy", 10).later(5);
    chats.answer("Done.", 20).next().later(5).fail(500, "Broken", 30).next().later(5).open();
    storage.saveTraces(chats.traces());
    List<String> status = new ArrayList<>();
    for (JsonElement step : http.json("/api/sessions/steps/summary").getAsJsonArray("steps")) {
      status.add(step.getAsJsonObject().get("status").getAsString());
    }
    assertThat(status).containsExactly("success", "error", "in_progress");
  }

  private static List<Long> durations(JsonObject summary) {
    List<Long> durations = new ArrayList<>();
    for (JsonElement step : summary.getAsJsonArray("steps")) {
      durations.add(step.getAsJsonObject().get("duration_ms").getAsLong());
    }
    return durations;
  }

  /** As if more did not fit into memory. */
  private StorageBackend fewAtOnce() {
    return new ReadOnlyStorage(storage) {
      @Override
      public Page<Trace> listTraces(TraceQuery query) {
        if (query.limit() > MOST_AT_ONCE) {
          throw tooMany();
        }
        return super.listTraces(query);
      }

      @Override
      public List<Trace> listTracesBySession(String sessionId) {
        throw tooMany();
      }

      @Override
      public Optional<SessionTimeline> getTimeline(String sessionId) {
        throw tooMany();
      }

      private UnsupportedOperationException tooMany() {
        return new UnsupportedOperationException("too many traces at once");
      }
    };
  }
}
