package io.traceforge.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** A chat of usual size, with made-up words. */
final class Payloads {
  static final MediaType JSON = MediaType.get("application/json");
  static final byte[] REQUEST = request(2_400).getBytes(UTF_8);
  static final byte[] RESPONSE = response(1_500).getBytes(UTF_8);
  static final int CHUNKS = 200;

  private Payloads() {}

  static Request chat(HttpUrl url) {
    return new Request.Builder()
        .url(url)
        .header("Authorization", "Bearer none")
        .header("Accept", "application/json")
        .header("User-Agent", "benchmark/1")
        .post(RequestBody.create(REQUEST, JSON))
        .build();
  }

  /** Returns one event of a streamed answer. */
  static byte[] chunk(int index) {
    String event =
        """
        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1767225600,\
        "model":"gpt-4o-mini","choices":[{"index":0,"delta":{"content":" word%d"},\
        "finish_reason":%s}]}

        """;
    boolean last = index == CHUNKS - 1;
    String text = event.formatted(index, last ? "\"stop\"" : "null");
    return (last ? text + "data: [DONE]\n\n" : text).getBytes(UTF_8);
  }

  private static String request(int size) {
    String around =
        """
        {"model":"gpt-4o-mini","temperature":0.2,"messages":[\
        {"role":"system","content":"You book flights."},{"role":"user","content":"%s"}]}""";
    return around.formatted(words(size - around.length() + 2));
  }

  private static String response(int size) {
    String around =
        """
        {"id":"chatcmpl-1","object":"chat.completion","created":1767225600,"model":"gpt-4o-mini",\
        "choices":[{"index":0,"message":{"role":"assistant","content":"%s"},\
        "finish_reason":"stop"}],\
        "usage":{"prompt_tokens":600,"completion_tokens":300,"total_tokens":900}}""";
    return around.formatted(words(size - around.length() + 2));
  }

  private static String words(int length) {
    return "a flight to Paris in spring, by day, not too dear, ".repeat(60).substring(0, length);
  }
}
