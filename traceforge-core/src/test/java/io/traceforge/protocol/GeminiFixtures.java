package io.traceforge.protocol;

/** Gemini's answers, in the shape that Google's reference documents. */
final class GeminiFixtures {
  static final String ANSWER =
      """
      {"candidates": [
         {"content": {"role": "model", "parts": [
            {"text": "She wants a greeting.", "thought": true},
            {"text": "Bonjour, 世界 🌍", "thoughtSignature": "c2ln"},
            {"functionCall": {"name": "find", "args": {"city": "Paris"}}},
            {"functionCall": {"id": "call_2", "name": "book", "args": {}}}]},
          "finishReason": "STOP", "index": 0, "avgLogprobs": -0.25,
          "citationMetadata": {"citationSources": [{"startIndex": 0, "endIndex": 7}]}},
         {"content": {"role": "model", "parts": [{"text": "Bon"}]},
          "finishReason": "MAX_TOKENS", "index": 1}],
       "usageMetadata": {"promptTokenCount": 100, "toolUsePromptTokenCount": 10,
         "candidatesTokenCount": 40, "thoughtsTokenCount": 5, "cachedContentTokenCount": 60,
         "totalTokenCount": 155, "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 100}]},
       "modelVersion": "gemini-2.5-flash-001", "responseId": "resp_1"}
      """;

  /** The pieces of a stream: how they are joined is the form's matter. */
  static final String[] PIECES = {
    """
    {"candidates":[{"content":{"role":"model","parts":[{"text":"She wants ","thought":true}]},"index":0}],"usageMetadata":{"promptTokenCount":100,"thoughtsTokenCount":2,"totalTokenCount":102},"modelVersion":"gemini-2.5-flash-001","responseId":"resp_1"}""",
    """
    {"candidates":[{"content":{"role":"model","parts":[{"text":"a greeting.","thought":true},{"text":"Bonjour, "}]},"index":0,"citationMetadata":{"citationSources":[{"startIndex":0}]},"logprobsResult":{"chosenCandidates":[{"token":"Bon"}]}},{"content":{"role":"model","parts":[{"text":"B"}]},"index":1}],"usageMetadata":{"promptTokenCount":100,"thoughtsTokenCount":5,"candidatesTokenCount":3,"totalTokenCount":108},"modelVersion":"gemini-2.5-flash-001","responseId":"resp_1"}""",
    """
    {"candidates":[{"content":{"role":"model","parts":[{"text":"世界 🌍"}]},"index":0,"citationMetadata":{"citationSources":[{"startIndex":9}]},"logprobsResult":{"chosenCandidates":[{"token":"jour"}]},"groundingMetadata":{"webSearchQueries":["x"]}},{"content":{"role":"model","parts":[{"text":"on"}]},"finishReason":"MAX_TOKENS","index":1}],"usageMetadata":{"promptTokenCount":100,"thoughtsTokenCount":5,"candidatesTokenCount":30,"totalTokenCount":135},"modelVersion":"gemini-2.5-flash-001","responseId":"resp_1"}""",
    """
    {"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"name":"find","args":{"city":"Paris"}},"thoughtSignature":"c2ln"},{"functionCall":{"name":"book","args":{}}},{"text":""}]},"finishReason":"STOP","index":0,"groundingMetadata":{}}],"usageMetadata":{"promptTokenCount":100,"toolUsePromptTokenCount":10,"thoughtsTokenCount":5,"candidatesTokenCount":40,"cachedContentTokenCount":60,"totalTokenCount":155},"modelVersion":"gemini-2.5-flash-001","responseId":"resp_1"}"""
  };

  static final String BLOCKED =
      """
      {"promptFeedback": {"blockReason": "SAFETY", "safetyRatings": []},
       "usageMetadata": {"promptTokenCount": 7, "totalTokenCount": 7},
       "modelVersion": "gemini-2.5-flash-001", "responseId": "resp_2"}""";

  static final String ERROR =
      """
      {"error": {"code": 429, "message": "Quota exceeded", "status": "RESOURCE_EXHAUSTED",
       "details": []}}""";

  private static final String TEXT = "Bonjour, 世界 🌍";

  private GeminiFixtures() {}

  static Fixture answer() {
    return fixture("generateContent", Fixture.JSON, ANSWER);
  }

  static Fixture events() {
    return fixture(
        "streamGenerateContent",
        Fixture.EVENTS,
        "data: " + String.join("\r\n\r\ndata: ", PIECES) + "\r\n\r\n");
  }

  static Fixture array() {
    return fixture(
        "streamGenerateContent", Fixture.JSON, "[" + String.join("\n,\r\n", PIECES) + "\n]\n");
  }

  private static Fixture fixture(String method, String mediaType, String response) {
    return new Fixture(
        new GeminiProtocol(),
        "/v1beta/models/gemini-2.5-flash:" + method,
        "{\"contents\": [{\"role\": \"user\", \"parts\": [{\"text\": \"Hi\"}]}]}",
        mediaType,
        response,
        TEXT);
  }
}
