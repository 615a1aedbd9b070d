package io.traceforge.protocol;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.traceforge.trace.TraceBody;
import java.util.Arrays;

/** Exchanges and event streams in the shape that OpenAI documents. */
final class ChatFixtures {
  static final String PATH = "/v1/chat/completions";
  static final String JSON = "application/json";
  static final String EVENTS = "text/event-stream; charset=utf-8";

  static final String REQUEST =
      """
      {"model": "gpt-4o", "messages": [{"role": "user", "content": "Hi"}], "stream": true}""";

  /**
   * A plain streamed answer: a chunk with the role, three with text, one with the reason, usage.
   */
  static final String PLAIN_STREAM =
      events(
          chunk("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null"),
          chunk("{\"content\":\"Bon\"}", "null"),
          chunk("{\"content\":\"jour, \"}", "null"),
          chunk("{\"content\":\"世界 🌍\"}", "null"),
          chunk("{}", "\"stop\""),
          """
          {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,\
          "model":"gpt-4o-2024-08-06","choices":[],"usage":{"prompt_tokens":9,\
          "completion_tokens":12,"total_tokens":21,"prompt_tokens_details":{"cached_tokens":4,\
          "cache_write_tokens":2},"completion_tokens_details":{"reasoning_tokens":3}}}""",
          "[DONE]");

  private ChatFixtures() {}

  /** Returns a chunk of one choice, as OpenAI sends it when usage was asked for. */
  static String chunk(String delta, String finishReason) {
    return chunk(0, delta, finishReason);
  }

  static String chunk(int choice, String delta, String finishReason) {
    return """
    {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,\
    "model":"gpt-4o-2024-08-06","service_tier":"default","system_fingerprint":"fp_1",\
    "choices":[{"index":%d,"delta":%s,"logprobs":null,"finish_reason":%s}],\
    "usage":null,"obfuscation":"x7Q"}"""
        .formatted(choice, delta, finishReason);
  }

  static String events(String... data) {
    StringBuilder stream = new StringBuilder();
    Arrays.stream(data).forEach(d -> stream.append("data: ").append(d).append("\n\n"));
    return stream.toString();
  }

  static Interpretation interpretStream(String stream) {
    return interpret(200, TraceBody.ofText(stream, EVENTS));
  }

  static Interpretation interpretJson(int status, String json) {
    return interpret(status, TraceBody.ofText(json, JSON));
  }

  static Interpretation interpret(int status, TraceBody response) {
    HttpExchange exchange =
        HttpExchange.of("POST", PATH, TraceBody.ofText(REQUEST, JSON), status, response);
    return new OpenAiChatProtocol().interpret(exchange);
  }

  static JsonObject assembled(Interpretation interpretation) {
    return JsonParser.parseString(interpretation.assembledBody().text()).getAsJsonObject();
  }

  static JsonObject choice(Interpretation interpretation, int position) {
    return assembled(interpretation).getAsJsonArray("choices").get(position).getAsJsonObject();
  }

  static JsonObject message(Interpretation interpretation) {
    return choice(interpretation, 0).getAsJsonObject("message");
  }
}
