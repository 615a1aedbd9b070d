package io.traceforge.langchain4j;

/** What a server of OpenAI's chat completions says. */
final class Wire {
  static final String ANSWER =
      """
      {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-4o-mini-2024-07-18",
       "choices":[{"index":0,"message":{"role":"assistant","content":"Bonjour"},"finish_reason":"stop"}],
       "usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,
       "prompt_tokens_details":{"cached_tokens":4}}}
      """;

  static final String RATE_LIMIT =
      """
      {"error":{"message":"Too many","type":"requests","param":null,"code":"rate_limit_exceeded"}}
      """;

  static final String INVALID =
      """
      {"error":{"message":"No such model","type":"invalid_request_error","code":"model_not_found"}}
      """;

  /** A stream up to the middle of its text. */
  static final String BEGINNING =
      chunk(
              "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}")
          + ": keep-alive\n\n"
          + text("Bon");

  static final String STREAM =
      BEGINNING + text("jour 🌍") + ending("stop") + usage() + "data: [DONE]\n\n";

  /** A stream that asks for a tool, its arguments in pieces. */
  static final String TOOL_STREAM =
      tool("\"id\":\"call_1\",\"type\":\"function\",", "\"name\":\"search_flights\",", "")
          + tool("", "", "{\\\"to\\\": \\\"Par")
          + tool("", "", "is\\\"}")
          + ending("tool_calls")
          + usage()
          + "data: [DONE]\n\n";

  private Wire() {}

  private static String text(String text) {
    return chunk("{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":null}");
  }

  private static String tool(String call, String function, String arguments) {
    return chunk(
        "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,"
            + call
            + "\"function\":{"
            + function
            + "\"arguments\":\""
            + arguments
            + "\"}}]},\"finish_reason\":null}");
  }

  private static String ending(String reason) {
    return chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}");
  }

  private static String chunk(String choice) {
    return "data: {\"id\":\"chatcmpl-2\",\"object\":\"chat.completion.chunk\",\"created\":1,"
        + "\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":["
        + choice
        + "],\"usage\":null}\n\n";
  }

  private static String usage() {
    return "data: {\"id\":\"chatcmpl-2\",\"object\":\"chat.completion.chunk\",\"created\":1,"
        + "\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[],\"usage\":{\"prompt_tokens\":9,"
        + "\"completion_tokens\":3,\"total_tokens\":12}}\n\n";
  }
}
