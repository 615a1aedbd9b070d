package io.traceforge.protocol;

/** Anthropic's messages, in the shape that its API reference documents. */
final class AnthropicFixtures {
  static final String ANSWER =
      """
      {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-sonnet-4-5-20250929",
       "content": [
         {"type": "thinking", "thinking": "She wants a greeting.", "signature": "c2ln"},
         {"type": "text", "text": "Bonjour, ", "citations": [{"type": "page_location"}]},
         {"type": "text", "text": "世界 🌍"},
         {"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", "input": {"query": "x"}},
         {"type": "tool_use", "id": "toolu_1", "name": "find", "input": {"city": "Paris"}},
         {"type": "tool_use", "id": "toolu_2", "name": "book", "input": {}}],
       "stop_reason": "tool_use", "stop_sequence": null,
       "usage": {"input_tokens": 10, "cache_creation_input_tokens": 20,
         "cache_read_input_tokens": 300, "output_tokens": 40,
         "output_tokens_details": {"thinking_tokens": 5}}}
      """;

  static final String STREAM =
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":10,"cache_creation_input_tokens":20,"cache_read_input_tokens":300,"output_tokens":1,"service_tier":"standard"}}}

      event: content_block_start
      data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

      event: ping
      data: {"type":"ping"}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"She wants "}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"a greeting."}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":0}

      event: content_block_start
      data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Bonjour, "}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":1,"delta":{"type":"citations_delta","citation":{"type":"page_location","n":1}}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":1,"delta":{"type":"citations_delta","citation":{"type":"page_location","n":2}}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"世界 🌍"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":1}

      event: content_block_start
      data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_1","name":"find","input":{}}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":""}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\\"city\\": \\"Pa"}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"ris\\"}"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":2}

      event: content_block_start
      data: {"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"toolu_2","name":"book","input":{}}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":3}

      event: message_delta
      data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":40,"output_tokens_details":{"thinking_tokens":5}}}

      event: message_stop
      data: {"type":"message_stop"}

      """;

  static final String ERROR =
      """
      {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"},
       "request_id": "req_1"}""";

  private static final String PATH = "/v1/messages";

  private AnthropicFixtures() {}

  static Fixture answer() {
    return fixture(false, ANSWER);
  }

  static Fixture stream() {
    return fixture(true, STREAM);
  }

  private static Fixture fixture(boolean stream, String response) {
    return new Fixture(
        new AnthropicMessagesProtocol(),
        PATH,
        """
        {"model": "claude-sonnet-4-5", "max_tokens": 99, "stream": %s,
         "messages": [{"role": "user", "content": "Hi"}]}"""
            .formatted(stream),
        stream ? Fixture.EVENTS : Fixture.JSON,
        response,
        "Bonjour, 世界 🌍");
  }
}
