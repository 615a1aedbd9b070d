package io.traceforge.clients;

import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.TraceMetadata;
import java.util.List;

/** What the fixtures tell, as a trace must have it. */
public final class Told {
  /** The model that the tests ask for. */
  public static final String OPENAI_MODEL = "gpt-5-mini";

  /** The model that answers. */
  public static final String OPENAI_ANSWERED = "gpt-5-mini-2026-03-01";

  /** The text of every answer that has one. */
  public static final String ANSWER = "Paris, bien sûr.";

  /** The tool calls of the fixtures with tools. */
  public static final List<ToolCall> TOOL_CALLS =
      List.of(
          ToolCall.of("call_weather_1", "weather", "{\"city\":\"Paris\"}"),
          ToolCall.of("call_flights_2", "flights", "{\"to\":\"CDG\",\"seats\":2}"));

  private Told() {}

  /** Returns what the chat completions with an answer tell. */
  public static TraceMetadata openAiChat(String responseId) {
    return openAi("chat", responseId)
        .finishReasons(List.of("stop"))
        .usage(usage(1219, 83, 1302).cachedInputTokens(1024L).reasoningTokens(64L).build())
        .build();
  }

  /** Returns what the chat completions with tool calls tell. */
  public static TraceMetadata openAiTools(String responseId) {
    return openAi("chat", responseId)
        .finishReasons(List.of("tool_calls"))
        .toolCalls(TOOL_CALLS)
        .usage(usage(96, 41, 137).build())
        .build();
  }

  /** Returns the part that answers of OpenAI's have in common. */
  public static TraceMetadata.Builder openAi(String operation, String responseId) {
    return TraceMetadata.builder()
        .provider("openai")
        .operation(operation)
        .requestModel(OPENAI_MODEL)
        .responseModel(OPENAI_ANSWERED)
        .responseId(responseId);
  }

  /** Returns token counts. */
  public static TokenUsage.Builder usage(long input, long output, long total) {
    return TokenUsage.builder().inputTokens(input).outputTokens(output).totalTokens(total);
  }
}
