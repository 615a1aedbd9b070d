package io.traceforge.protocol;

/** OpenAI's Responses, in the shape that its API reference documents. */
final class ResponsesFixtures {
  private static final String OUTPUT =
      """
      [{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"She wants a greeting."}]},\
      {"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Bonjour, 世界 🌍","annotations":[{"type":"url_citation","url":"https://example.org"}],"logprobs":[{"token":"Bon"}]}]},\
      {"type":"web_search_call","id":"ws_1","status":"completed"},\
      {"type":"function_call","id":"fc_1","call_id":"call_1","name":"find","arguments":"{\\"city\\":\\"Paris\\"}","status":"completed"},\
      {"type":"custom_tool_call","id":"ctc_1","call_id":"call_2","name":"shell","input":"ls"}]""";

  static final String ANSWER =
      """
      {"id":"resp_1","object":"response","created_at":1700000000,"status":"completed","error":null,"incomplete_details":null,"model":"gpt-5-2025-08-07","output":%s,"parallel_tool_calls":true,"usage":{"input_tokens":100,"input_tokens_details":{"cached_tokens":60,"cache_write_tokens":7},"output_tokens":40,"output_tokens_details":{"reasoning_tokens":5},"total_tokens":140},"user":null,"metadata":{}}"""
          .formatted(OUTPUT);

  private static final String STARTED =
      """
      {"id":"resp_1","object":"response","created_at":1700000000,"status":"in_progress","error":null,"incomplete_details":null,"model":"gpt-5-2025-08-07","output":[],"parallel_tool_calls":true,"usage":null,"user":null,"metadata":{}}""";

  /** The stream up to the last event. */
  private static final String DELTAS =
      """
      event: response.created
      data: {"type":"response.created","sequence_number":0,"response":%s}

      event: response.in_progress
      data: {"type":"response.in_progress","sequence_number":1,"response":%s}

      event: response.output_item.added
      data: {"type":"response.output_item.added","output_index":0,"item":{"type":"reasoning","id":"rs_1","summary":[]}}

      event: response.reasoning_summary_part.added
      data: {"type":"response.reasoning_summary_part.added","item_id":"rs_1","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":""}}

      event: response.reasoning_summary_text.delta
      data: {"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"She wants a "}

      event: response.reasoning_summary_text.delta
      data: {"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"greeting."}

      event: response.output_item.added
      data: {"type":"response.output_item.added","output_index":1,"item":{"type":"message","id":"msg_1","status":"in_progress","role":"assistant","content":[]}}

      event: response.content_part.added
      data: {"type":"response.content_part.added","item_id":"msg_1","output_index":1,"content_index":0,"part":{"type":"output_text","text":"","annotations":[]}}

      event: response.output_text.delta
      data: {"type":"response.output_text.delta","item_id":"msg_1","output_index":1,"content_index":0,"delta":"Bonjour, ","logprobs":[{"token":"Bon"}],"obfuscation":"x7"}

      event: response.output_text.annotation.added
      data: {"type":"response.output_text.annotation.added","item_id":"msg_1","output_index":1,"content_index":0,"annotation_index":0,"annotation":{"type":"url_citation","url":"https://example.org"}}

      event: response.output_text.delta
      data: {"type":"response.output_text.delta","item_id":"msg_1","output_index":1,"content_index":0,"delta":"世界 🌍","logprobs":[]}

      event: response.output_text.done
      data: {"type":"response.output_text.done","item_id":"msg_1","output_index":1,"content_index":0,"text":"Bonjour, 世界 🌍"}

      event: response.output_item.added
      data: {"type":"response.output_item.added","output_index":2,"item":{"type":"function_call","id":"fc_1","call_id":"call_1","name":"find","arguments":"","status":"in_progress"}}

      event: response.output_item.added
      data: {"type":"response.output_item.added","output_index":3,"item":{"type":"custom_tool_call","id":"ctc_1","call_id":"call_2","name":"shell","input":""}}

      event: response.function_call_arguments.delta
      data: {"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":2,"delta":"{\\"city\\":"}

      event: response.custom_tool_call_input.delta
      data: {"type":"response.custom_tool_call_input.delta","item_id":"ctc_1","output_index":3,"delta":"ls"}

      event: response.function_call_arguments.delta
      data: {"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":2,"delta":"\\"Paris\\"}"}

      event: response.something.new
      data: {"type":"response.something.new","output_index":3,"delta":{"of":"tomorrow"}}

      """
          .formatted(STARTED, STARTED);

  static final String ERROR =
      """
      {"error": {"message": "No such model", "type": "invalid_request_error", "param": "model",
       "code": "model_not_found"}}""";

  private ResponsesFixtures() {}

  static Fixture answer() {
    return fixture(false, ANSWER);
  }

  static Fixture stream() {
    return fixture(true, DELTAS + last("completed", ANSWER));
  }

  static Fixture streamWithoutLastEvent() {
    return fixture(true, DELTAS);
  }

  /** Returns the last event of a stream. */
  static String last(String kind, String response) {
    return """
    event: response.%1$s
    data: {"type":"response.%1$s","sequence_number":99,"response":%2$s}

    """
        .formatted(kind, response);
  }

  private static Fixture fixture(boolean stream, String response) {
    return new Fixture(
        new OpenAiResponsesProtocol(),
        "/v1/responses",
        "{\"model\": \"gpt-5\", \"input\": \"Hi\", \"stream\": " + stream + "}",
        stream ? Fixture.EVENTS : Fixture.JSON,
        response,
        "Bonjour, 世界 🌍");
  }
}
