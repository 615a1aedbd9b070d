package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** A body comes back byte for byte, whatever is in it and however it is taken apart. */
abstract class SameBytesTests extends ContractTests {
  private static final int BODIES = 400;
  private static final int BATCH = 50;

  SameBytesTests(StorageBackendContract contract) {
    super(contract);
  }

  private void comesBack(String... bodies) {
    List<Trace> traces = new ArrayList<>();
    for (String body : bodies) {
      traces.add(trace(traces.size(), TraceBody.ofText(body, "application/json"), null));
    }
    comeBack(0, traces);
  }

  @Test
  void whiteSpace() {
    comesBack("{ }", " {\"a\" :1 ,\t\"b\":\r\n[ 1 , 2 ]\n}\n\n", "[\n]", "  ", "{\"a\":1}\0");
  }

  @Test
  void formsOfNumbers() {
    comesBack("{\"a\":[1.0,1,1e0,1E+00,-0,0.10,12345678901234567890.10,1e999]}");
  }

  @Test
  void escapes() {
    comesBack("{\"\\u0061\":\"\\u00e9é\\/\\\"\\ud83d\\ude00😀\\ud800\\u003c<\"}");
  }

  @Test
  void namesThatStandTwice() {
    comesBack("{\"a\":1,\"a\":2,\"b\":3,\"a\":1}", "{\"messages\":[1],\"messages\":[2]}");
  }

  @Test
  void whatIsAlmostJson() {
    comesBack("{\"a\":1", "{\"a\":1}}", "{'a':1}", "{\"a\":NaN}", "[1,]", "\ufeff{}", "data: {}\n");
  }

  @Test
  void imagesInBase64() {
    byte[] pixels = new byte[200_000];
    new Random(1).nextBytes(pixels);
    String image = Base64.getEncoder().encodeToString(pixels);
    String lines = Base64.getMimeEncoder().encodeToString(pixels).replace("\r\n", "\\r\\n");
    String url = "{\"image_url\":{\"url\":\"data:image/png;base64,";
    comesBack(
        "{\"messages\":[{\"content\":[" + url + image + "\"}}]}]}",
        "{\"messages\":[{\"content\":[" + url + lines + "\"}}]}]}",
        "{\"messages\":[{\"content\":[" + url + image + "\",\"detail\":\"low\"}}]}]}");
  }

  @RepeatedTest(5)
  void whateverTheJson(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    RandomJson json = new RandomJson(new Random(seed));
    List<Trace> traces = new ArrayList<>();
    for (int n = 0; n < BODIES; n++) {
      traces.add(trace(n, body(json), body(json)));
    }
    comeBack(seed, traces);
  }

  @RepeatedTest(3)
  void howeverAConversationGoesOn(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
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
    comeBack(seed, traces);
  }

  @Test
  void everyByteAnywhere() {
    List<Trace> traces = new ArrayList<>();
    String text =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(200) + "\"}],\"a\":1}";
    for (int value = 0; value < 256; value++) {
      for (int at : new int[] {0, 13, 30, 60, text.length() - 4}) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        bytes[at] = (byte) value;
        traces.add(trace(traces.size(), TraceBody.of(bytes, null), null));
      }
    }
    comeBack(0, traces);
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

  private static Trace trace(int n, TraceBody request, @Nullable TraceBody response) {
    return Samples.success(n, 0, n, n + 1)
        .sessionId(n % 3 == 0 ? null : "s" + n % 3)
        .request(TraceRequest.of("POST", "http://a/", HttpHeaders.empty(), request))
        .response(
            response == null
                ? null
                : TraceResponse.of(200, HttpHeaders.empty(), response, n % 2 == 0 ? null : request))
        .build();
  }

  /** Stored twice: the second time with nothing in mind but what the engine itself keeps. */
  private void comeBack(long seed, List<Trace> traces) {
    for (int from = 0; from < traces.size(); from += BATCH) {
      storage.saveTraces(traces.subList(from, Math.min(traces.size(), from + BATCH)));
    }
    compare(seed, traces);
    storage.close();
    var reopened = contract.reopen(clock);
    if (reopened.isPresent()) {
      storage = reopened.orElseThrow();
      compare(seed, traces);
      storage.saveTraces(traces);
      compare(seed, traces);
    }
  }

  private void compare(long seed, List<Trace> traces) {
    for (Trace trace : traces) {
      assertThat(stored(trace)).as("seed %d, trace %s", seed, trace.id()).isEqualTo(trace);
    }
  }
}
