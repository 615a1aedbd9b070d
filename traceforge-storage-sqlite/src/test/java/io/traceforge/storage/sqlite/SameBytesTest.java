package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body comes back byte for byte, however it was taken apart. */
class SameBytesTest {
  private static final int BODIES = 400;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverTheJson(long seed) {
    RandomJson json = new RandomJson(new Random(seed));
    List<Trace> traces = new ArrayList<>();
    for (int n = 0; n < BODIES; n++) {
      traces.add(trace(n, body(json), body(json)));
    }
    storeAndCompare(seed, traces);
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7, 8})
  void howeverAConversationGoesOn(long seed) {
    Random random = new Random(seed);
    RandomJson json = new RandomJson(random);
    List<Trace> traces = new ArrayList<>();
    StringBuilder messages = new StringBuilder(json.message());
    for (int n = 0; n < 60; n++) {
      messages.append(random.nextInt(8) == 0 ? " ,\n" : ",").append(json.message());
      String end =
          random.nextBoolean() ? "]}" : "],\"stream\":true,\"tools\":[" + json.message() + "]}";
      byte[] body = ("{\"messages\":[" + messages + end).getBytes(StandardCharsets.UTF_8);
      if (random.nextInt(10) == 0) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      traces.add(trace(n, TraceBody.of(body, "application/json"), null));
    }
    storeAndCompare(seed, traces);
  }

  @Test
  void everyByteAnywhere() {
    List<Trace> traces = new ArrayList<>();
    for (int value = 0; value < 256; value++) {
      String text =
          "{\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(200) + "\"}],\"a\":1}";
      for (int at : new int[] {0, 13, 30, 60, text.length() - 4}) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        bytes[at] = (byte) value;
        traces.add(trace(traces.size(), TraceBody.of(bytes, null), null));
      }
    }
    storeAndCompare(0, traces);
  }

  /** Whole, or with a gap; sometimes with one byte that does not belong there. */
  private static TraceBody body(RandomJson json) {
    byte[] bytes = json.document().getBytes(StandardCharsets.UTF_8);
    Random random = json.random();
    if (random.nextInt(5) == 0 && bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) > 0
        ? TraceBody.of(bytes, "application/json")
        : TraceBody.truncated(bytes, random.nextInt(bytes.length + 1), bytes.length + 7L, null);
  }

  private static Trace trace(int n, TraceBody request, TraceBody response) {
    return TestTraces.trace(n % 3 == 0 ? null : "s" + n % 3, n)
        .request(TraceRequest.of("POST", "http://a/", HttpHeaders.empty(), request))
        .response(
            response == null
                ? null
                : TraceResponse.of(200, HttpHeaders.empty(), response, n % 2 == 0 ? null : request))
        .build();
  }

  private void storeAndCompare(long seed, List<Trace> traces) {
    Path file = directory.resolve("traces.db");
    try (StorageBackend storage = SqliteStorageBackend.open(file)) {
      for (int from = 0; from < traces.size(); from += 50) {
        storage.saveTraces(traces.subList(from, Math.min(traces.size(), from + 50)));
      }
      compare(seed, traces, storage);
    }
    try (StorageBackend storage = SqliteStorageBackend.open(file)) {
      storage.saveTraces(traces); // with nothing in mind but what the file tells
      compare(seed, traces, storage);
    }
  }

  private static void compare(long seed, List<Trace> traces, StorageBackend storage) {
    for (Trace trace : traces) {
      Trace stored = storage.getTrace(trace.id()).orElseThrow();
      assertThat(stored).as("seed %d, trace %s", seed, trace.id()).isEqualTo(trace);
    }
  }
}
