package io.traceforge.protocol;

/** OpenAI's older completions and its embeddings. */
final class CompletionsFixtures {
  static final String ANSWER =
      """
      {"id": "cmpl-1", "object": "text_completion", "created": 1700000000,
       "model": "gpt-3.5-turbo-instruct", "choices": [
         {"text": "Bonjour, 世界 🌍", "index": 0, "logprobs": null, "finish_reason": "stop"},
         {"text": "Bon", "index": 1, "logprobs": null, "finish_reason": "length"}],
       "usage": {"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 12}}
      """;

  static final String STREAM =
      """
      data: {"id":"cmpl-1","object":"text_completion","created":1700000000,"model":"gpt-3.5-turbo-instruct","choices":[{"text":"Bonjour, ","index":0,"logprobs":{"tokens":["Bon"],"token_logprobs":[-1]},"finish_reason":null}],"usage":null}

      data: {"id":"cmpl-1","object":"text_completion","created":1700000000,"model":"gpt-3.5-turbo-instruct","choices":[{"text":"Bon","index":1,"logprobs":null,"finish_reason":"length"}],"usage":null}

      data: {"id":"cmpl-1","object":"text_completion","created":1700000000,"model":"gpt-3.5-turbo-instruct","choices":[{"text":"世界 🌍","index":0,"logprobs":{"tokens":["jour"],"token_logprobs":[-2]},"finish_reason":"stop"}],"usage":null}

      data: {"id":"cmpl-1","object":"text_completion","created":1700000000,"model":"gpt-3.5-turbo-instruct","choices":[],"usage":{"prompt_tokens":5,"completion_tokens":7,"total_tokens":12}}

      data: [DONE]

      """;

  static final String EMBEDDINGS =
      """
      {"object": "list", "data": [{"object": "embedding", "index": 0, "embedding": [0.1, -0.2]}],
       "model": "text-embedding-3-small", "usage": {"prompt_tokens": 8, "total_tokens": 8}}""";

  private CompletionsFixtures() {}

  static Fixture answer() {
    return completion(false, ANSWER);
  }

  static Fixture stream() {
    return completion(true, STREAM);
  }

  static Fixture embeddings() {
    return new Fixture(
        new OpenAiEmbeddingsProtocol(),
        "/v1/embeddings",
        "{\"model\": \"text-embedding-3-small\", \"input\": \"Hi\"}",
        Fixture.JSON,
        EMBEDDINGS,
        null);
  }

  private static Fixture completion(boolean stream, String response) {
    return new Fixture(
        new OpenAiChatProtocol(),
        "/v1/completions",
        "{\"model\": \"gpt-3.5-turbo-instruct\", \"prompt\": \"Hi\", \"stream\": " + stream + "}",
        stream ? Fixture.EVENTS : Fixture.JSON,
        response,
        "Bonjour, 世界 🌍");
  }
}
