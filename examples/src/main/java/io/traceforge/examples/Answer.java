package io.traceforge.examples;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.traceforge.SessionHeaders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What a model answered.
 *
 * @param message the assistant's message as it came
 * @param traceId the trace that records the call, or {@code null} if nobody records it
 */
record Answer(JsonObject message, @Nullable String traceId) {

  /** A tool that the model wants to be called. */
  record ToolCall(String id, String name, JsonObject arguments) {}

  static Answer read(Response response) throws IOException {
    String body = response.body().string();
    if (!response.isSuccessful()) {
      throw new IOException("HTTP " + response.code() + ": " + body);
    }
    JsonObject completion = JsonParser.parseString(body).getAsJsonObject();
    JsonObject choice = completion.getAsJsonArray("choices").get(0).getAsJsonObject();
    return new Answer(choice.getAsJsonObject("message"), response.header(SessionHeaders.TRACE_ID));
  }

  String text() {
    JsonElement content = message.get("content");
    return content == null || content.isJsonNull() ? "" : content.getAsString();
  }

  List<ToolCall> toolCalls() {
    List<ToolCall> calls = new ArrayList<>();
    JsonArray found = message.getAsJsonArray("tool_calls");
    for (JsonElement element : found == null ? new JsonArray() : found) {
      JsonObject call = element.getAsJsonObject();
      JsonObject function = call.getAsJsonObject("function");
      calls.add(
          new ToolCall(
              call.get("id").getAsString(),
              function.get("name").getAsString(),
              JsonParser.parseString(function.get("arguments").getAsString()).getAsJsonObject()));
    }
    return calls;
  }
}
