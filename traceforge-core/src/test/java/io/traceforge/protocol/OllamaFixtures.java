package io.traceforge.protocol;

/** Ollama's answers, in the shape that its API documentation shows. */
final class OllamaFixtures {
  static final String CHAT =
      """
      {"model": "qwen3:8b", "created_at": "2026-01-01T00:00:00Z",
       "message": {"role": "assistant", "content": "Bonjour, 世界 🌍",
         "thinking": "She wants a greeting.",
         "tool_calls": [{"id": "call_1", "function": {"name": "find", "arguments": {"city": "Paris"}}},
           {"function": {"name": "book", "arguments": {}}}]},
       "done": true, "done_reason": "stop", "total_duration": 5, "load_duration": 1,
       "prompt_eval_count": 10, "prompt_eval_duration": 2, "eval_count": 40, "eval_duration": 3}
      """;

  static final String CHAT_STREAM =
      """
      {"model":"qwen3:8b","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"","thinking":"She wants "},"done":false}
      {"model":"qwen3:8b","created_at":"2026-01-01T00:00:01Z","message":{"role":"assistant","content":"","thinking":"a greeting."},"done":false}
      {"model":"qwen3:8b","created_at":"2026-01-01T00:00:02Z","message":{"role":"assistant","content":"Bonjour, "},"logprobs":[{"token":"Bon"}],"done":false}
      {"model":"qwen3:8b","created_at":"2026-01-01T00:00:03Z","message":{"role":"assistant","content":"世界 🌍"},"logprobs":[{"token":"jour"}],"done":false}
      {"model":"qwen3:8b","created_at":"2026-01-01T00:00:04Z","message":{"role":"assistant","content":"","tool_calls":[{"id":"call_1","function":{"index":0,"name":"find","arguments":{"city":"Paris"}}}]},"done":false}
      {"model":"qwen3:8b","created_at":"2026-01-01T00:00:05Z","message":{"role":"assistant","content":"","tool_calls":[{"function":{"index":1,"name":"book","arguments":{}}}]},"done":false}
      {"model":"qwen3:8b","created_at":"2026-01-01T00:00:06Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","total_duration":5,"prompt_eval_count":10,"eval_count":40}
      """;

  static final String GENERATE_STREAM =
      """
      {"model":"qwen3:8b","created_at":"2026-01-01T00:00:00Z","response":"","thinking":"Hm.","done":false}
      {"model":"qwen3:8b","created_at":"2026-01-01T00:00:01Z","response":"Bonjour, ","done":false}
      {"model":"qwen3:8b","created_at":"2026-01-01T00:00:02Z","response":"世界 🌍","done":false}
      {"model":"qwen3:8b","created_at":"2026-01-01T00:00:03Z","response":"","done":true,"done_reason":"length","context":[1,2,3],"total_duration":5,"prompt_eval_count":10,"eval_count":40}
      """;

  static final String EMBEDDINGS =
      """
      {"model": "all-minilm", "embeddings": [[0.1, -0.2], [0.3, 0.4]], "total_duration": 5,
       "load_duration": 1, "prompt_eval_count": 8}""";

  private static final String TEXT = "Bonjour, 世界 🌍";

  private OllamaFixtures() {}

  static Fixture chat() {
    return fixture("/api/chat", "\"messages\": [], \"stream\": false", Fixture.JSON, CHAT);
  }

  static Fixture chatStream() {
    return fixture("/api/chat", "\"messages\": []", Fixture.LINES, CHAT_STREAM);
  }

  static Fixture generateStream() {
    return fixture("/api/generate", "\"prompt\": \"Hi\"", Fixture.LINES, GENERATE_STREAM);
  }

  static Fixture embeddings() {
    return fixture("/api/embed", "\"input\": [\"a\", \"b\"]", Fixture.JSON, EMBEDDINGS);
  }

  private static Fixture fixture(String path, String asked, String mediaType, String response) {
    String text = path.equals("/api/embed") ? null : TEXT;
    return new Fixture(
        new OllamaProtocol(),
        path,
        "{\"model\": \"qwen3\", " + asked + "}",
        mediaType,
        response,
        text);
  }
}
