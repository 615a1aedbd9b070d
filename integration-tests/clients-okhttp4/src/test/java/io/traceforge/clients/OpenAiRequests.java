package io.traceforge.clients;

import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.responses.ResponseCreateParams;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.TraceMetadata;
import java.util.List;

/** What the tests of openai-java ask. */
final class OpenAiRequests {
  private OpenAiRequests() {}

  static ChatCompletionCreateParams chat() {
    return ChatCompletionCreateParams.builder()
        .model(Told.OPENAI_MODEL)
        .addUserMessage("What is the capital of France?")
        .build();
  }

  static ChatCompletionCreateParams streamWithUsage() {
    return chat().toBuilder()
        .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
        .build();
  }

  static ResponseCreateParams response() {
    return ResponseCreateParams.builder()
        .model(Told.OPENAI_MODEL)
        .input("What is the capital of France?")
        .build();
  }

  static TraceMetadata toldResponse() {
    return Told.openAi("chat", "resp_test_1")
        .finishReasons(List.of("completed"))
        .toolCalls(List.of(ToolCall.of("call_weather_1", "weather", "{\"city\":\"Paris\"}")))
        .usage(Told.usage(328, 87, 415).cachedInputTokens(256L).reasoningTokens(64L).build())
        .build();
  }
}
