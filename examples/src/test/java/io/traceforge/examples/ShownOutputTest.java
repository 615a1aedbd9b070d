package io.traceforge.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.SessionTracker;
import io.traceforge.comparison.SessionComparison;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceTiming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows of timelines and comparisons is what they print, but for the times. */
class ShownOutputTest {
  private static final Instant START = Instant.parse("2027-03-01T09:00:00Z");

  /** When each call begins and how long it takes, in milliseconds: what no run repeats. */
  private static final Map<String, List<Integer>> YESTERDAY =
      Map.of("0.1", List.of(0, 1_400), "1.2", List.of(1_420, 800), "2.3", List.of(3_600, 900));

  private static final Map<String, List<Integer>> TODAY =
      Map.of(
          "0.1", List.of(0, 1_600),
          "1.2", List.of(1_620, 900),
          "2.3", List.of(4_100, 1_000),
          "2.4", List.of(4_110, 700));

  private static final Map<String, List<Integer>> HOTEL = Map.of("0.1", List.of(2_550, 1_500));

  private final StorageBackend shown = new InMemoryStorageBackend(Clock.systemUTC());

  @Test
  void theGuideShowsATimelineAndAComparison(@TempDir Path folder) throws IOException {
    try (ExampleFixture fixture = new ExampleFixture(folder)) {
      travel(fixture, "yesterday", "Paris", List.of("Is it warm?"), YESTERDAY);
      travel(fixture, "today", "Rome", List.of("Is it warm?", "Is it dear?"), TODAY);
    }
    SessionTimeline yesterday = shown.getTimeline("yesterday").orElseThrow();
    SessionTimeline today = shown.getTimeline("today").orElseThrow();

    String guide = Files.readString(Path.of("..", "docs", "guide.md"));
    assertThat(guide).contains(block(today.toText(80)));
    assertThat(guide).contains(block(SessionComparison.between(yesterday, today).toText(80)));
  }

  private static String block(String text) {
    return "```text\n" + text + "```\n";
  }

  private void travel(
      ExampleFixture fixture,
      String name,
      String city,
      List<String> questions,
      Map<String, List<Integer>> times)
      throws IOException {
    SessionTracker session = fixture.traceForge.startSession();
    OkHttpClient client = TraceForgeOkHttp.instrument(new OkHttpClient(), session);
    Chat chat = new Chat(client, fixture.provider);
    session.setState("city", city);
    Conversation plan = Conversation.asking("Plan a journey to " + city);
    try (Response stream = client.newCall(fixture.provider.streamRequest(plan)).execute()) {
      assertThat(stream.body().string()).contains("[DONE]");
    }
    session.nextStep();
    Conversation search = Conversation.asking("Which hotels are there?");
    search.offer("find_hotel", "Finds a hotel", Map.of("city", city));
    Answer asked = chat.ask(search);
    SessionTracker hotel = session.newChildSession(asked.traceId());
    new Chat(TraceForgeOkHttp.instrument(new OkHttpClient(), hotel), fixture.provider)
        .ask("Find a hotel in " + city);
    hotel.end();
    session.nextStep();
    session.setState("hotel", "Aurora");
    for (String question : questions) {
      chat.ask(question);
    }
    session.end();

    keep(fixture.storage, session, name, times);
    keep(fixture.storage, hotel, name + "-hotel", HOTEL);
  }

  /** Keeps a session under a name, with times that are always the same. */
  private void keep(
      StorageBackend recorded,
      SessionTracker session,
      String name,
      Map<String, List<Integer>> times) {
    for (Trace trace : recorded.listTracesBySession(session.getSessionId())) {
      List<Integer> time = times.get(trace.stepIndex() + "." + trace.callNumber());
      boolean streamed = trace.metadata().timing().toFirstToken() != null;
      shown.saveTrace(
          trace.toBuilder()
              .sessionId(name)
              .startTime(START.plusMillis(time.get(0)))
              .metadata(trace.metadata().toBuilder().timing(timing(time.get(1), streamed)).build())
              .build());
    }
    shown.updateSession(SessionUpdate.ended(name, START.plusSeconds(6)));
  }

  private static TraceTiming timing(int millis, boolean streamed) {
    @Nullable Duration firstToken = streamed ? Duration.ofMillis(600) : null;
    return TraceTiming.builder()
        .toFirstToken(firstToken)
        .total(Duration.ofMillis(millis))
        .chunkCount(1)
        .build();
  }
}
