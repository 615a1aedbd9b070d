package io.traceforge.anthropic;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Anthropic's server says. */
final class Wire {
  static final String ANSWER =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929",
       "content":[{"type":"text","text":"Bonjour"}],"stop_reason":"end_turn","stop_sequence":null,
       "usage":{"input_tokens":9,"output_tokens":2,"cache_creation_input_tokens":100,
       "cache_read_input_tokens":1000}}
      """;

  static final String RATE_LIMIT =
      """
      {"type":"error","error":{"type":"rate_limit_error","message":"Too many"},"request_id":"r1"}
      """;

  static final String INVALID =
      """
      {"type":"error","error":{"type":"invalid_request_error","message":"No such model"},
       "request_id":"r2"}
      """;

  private static final String START =
      """
      {"type":"message_start","message":{"id":"msg_2","type":"message","role":"assistant",
      "model":"claude-sonnet-4-5-20250929","content":[],"stop_reason":null,"stop_sequence":null,
      "usage":{"input_tokens":9,"output_tokens":1,"cache_creation_input_tokens":100,
      "cache_read_input_tokens":1000}}}
      """;

  /** A stream up to the middle of its text. */
  static final String BEGINNING =
      events(
          START,
          """
          {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}
          """,
          """
          {"type":"ping"}
          """,
          """
          {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Bon"}}
          """);

  private static final String END =
      events(
          """
          {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"jour 🌍"}}
          """,
          """
          {"type":"content_block_stop","index":0}
          """,
          """
          {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},
          "usage":{"output_tokens":12}}
          """,
          """
          {"type":"message_stop"}
          """);

  static final String STREAM = BEGINNING + END;

  /** A stream that thinks, then asks for a tool, its arguments in pieces. */
  static final String TOOL_STREAM =
      events(
          START,
          """
          {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"",
          "signature":""}}
          """,
          """
          {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta",
          "thinking":"Flights, "}}
          """,
          """
          {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta",
          "thinking":"then."}}
          """,
          """
          {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta",
          "signature":"c2ln"}}
          """,
          """
          {"type":"content_block_stop","index":0}
          """,
          """
          {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1",
          "name":"search_flights","input":{}}}
          """,
          """
          {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta",
          "partial_json":"{\\"to\\": \\"Par"}}
          """,
          """
          {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta",
          "partial_json":"is\\"}"}}
          """,
          """
          {"type":"content_block_stop","index":1}
          """,
          """
          {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},
          "usage":{"output_tokens":30}}
          """,
          """
          {"type":"message_stop"}
          """);

  /** A stream in which the provider fails. */
  static final String FAILING_STREAM =
      BEGINNING
          + events(
              """
              {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}
              """);

  private Wire() {}

  private static String events(String... events) {
    return Stream.of(events).map(Wire::event).collect(Collectors.joining());
  }

  private static String event(String json) {
    String type = json.replaceAll("(?s)^\\{\"type\":\"(\\w+)\".*", "$1");
    return "event: " + type.trim() + "\ndata: " + json.replace("\n", "") + "\n\n";
  }
}
