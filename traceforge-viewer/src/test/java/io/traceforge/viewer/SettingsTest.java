package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.traceforge.pricing.PriceBook;
import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.StorageBackend;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a viewer is told when it is made, and how many may listen to it. */
class SettingsTest {
  private static final int MORE_THAN_LISTEN = 40;

  @Test
  void computesCostsByThePricesThatItIsGiven() {
    try (StorageBackend storage = new InMemoryStorageBackend()) {
      Demo.flight(storage);
      JsonObject summary = summary(TraceForgeViewer.builder(storage));
      assertThat(summary.get("unknown_cost_traces").getAsInt()).isZero();
      JsonObject without =
          summary(TraceForgeViewer.builder(storage).prices(PriceBook.builder().build()));
      assertThat(without.get("unknown_cost_traces").getAsInt()).isPositive();
      assertThat(without.get("known_cost_usd").getAsDouble()).isZero();
    }
  }

  private static JsonObject summary(TraceForgeViewer.Builder builder) {
    try (TraceForgeViewer viewer = builder.start()) {
      return new Http(viewer).json("/api/sessions/book-a-flight-to-paris/summary");
    }
  }

  @Test
  @Timeout(60)
  void whoAsksForTheHeadersAloneTakesNoPlaceOfAListener() {
    try (StorageBackend storage = new InMemoryStorageBackend();
        TraceForgeViewer viewer = TraceForgeViewer.start(storage)) {
      storage.saveTraces(new Chats("live", Instant.now()).say("user", "Go").open().traces());
      for (int i = 0; i < MORE_THAN_LISTEN; i++) {
        String answer =
            new Http(viewer).raw("HEAD /api/sessions/live/events HTTP/1.1\r\nHost: localhost");
        assertThat(answer).startsWith("HTTP/1.1 200").contains("text/event-stream");
      }
      try (EventReader reader = new EventReader(viewer.url() + "api/sessions/live/events")) {
        assertThat(reader.next()).startsWith("session ");
      }
    }
  }
}
