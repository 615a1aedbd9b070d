package io.traceforge.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a streamed chat completion amounts to: the document that the provider would have sent
 * without streaming, as far as the stream came.
 *
 * <p>Of a stream whose middle was not kept, the text ends where the gap begins; finish reasons,
 * usage and the end of the stream are read after it.
 */
final class OpenAiChatStream extends StreamedResponse {
  private static final String DONE = "[DONE]";
  private static final String USAGE = "usage";
  private static final List<String> CONTENT =
      List.of(
          "content",
          "refusal",
          "reasoning_content",
          "reasoning",
          "tool_calls",
          "function_call",
          "audio");

  private final JsonObject root = new JsonObject();
  private final SortedMap<Long, StreamedChoice> choices = new TreeMap<>();
  private boolean usageIsFinal;

  @Override
  protected @Nullable JsonObject assembled() {
    if (root.isEmpty()) {
      return null;
    }
    JsonObject usage = Json.object(root, USAGE);
    if (usage != null && !usageIsFinal) {
      usage.remove("completion_tokens");
      usage.remove("total_tokens");
    }
    if (root.has("choices")) {
      String object = Json.text(root, "object");
      root.addProperty("object", object == null ? "chat.completion" : object.replace(".chunk", ""));
      JsonArray all = new JsonArray();
      choices.forEach((index, choice) -> all.add(choice.toJson(index)));
      root.add("choices", all);
    }
    return root;
  }

  @Override
  protected void add(StreamEvent event) {
    if (event.data().strip().equals(DONE)) {
      endSeen();
      usageIsFinal = true;
      return;
    }
    JsonObject chunk = event.json();
    if (chunk != null) {
      readChunk(event, chunk);
    }
  }

  @Override
  protected boolean hasUnfinishedAnswer() {
    return choices.values().stream().anyMatch(choice -> !choice.isFinished());
  }

  private void readChunk(StreamEvent event, JsonObject chunk) {
    if (event.name().equals("error") && !chunk.has("error")) {
      root.add("error", chunk);
      return;
    }
    chunk.asMap().forEach(this::addMember);
    List<JsonObject> told = Json.objects(chunk, "choices");
    told.forEach(choice -> addChoice(event, choice));
    noteUsage(chunk, told);
  }

  /**
   * Usage stands in a chunk of its own, or in that with the finish reason. Servers that count along
   * have it in every chunk: of a stream that was cut, theirs tells nothing of the whole.
   */
  private void noteUsage(JsonObject chunk, List<JsonObject> told) {
    boolean counting = told.stream().anyMatch(choice -> Json.text(choice, "finish_reason") == null);
    if (Json.object(chunk, USAGE) != null) {
      usageIsFinal = !counting;
    }
  }

  private void addChoice(StreamEvent event, JsonObject choice) {
    Long index = Json.count(choice, "index");
    choices
        .computeIfAbsent(index == null ? 0 : index, unknown -> new StreamedChoice())
        .add(choice, !event.afterGap());
    if (carriesContent(choice)) {
      contentIn(event);
    }
  }

  private void addMember(String name, JsonElement value) {
    switch (name) {
      case "choices" -> root.add(name, JsonNull.INSTANCE); // Keeps the place; filled in at the end.
      case "obfuscation" -> {} // Padding of a stream's events against eavesdroppers.
      default -> Json.keep(root, name, value);
    }
  }

  private static boolean carriesContent(JsonObject choice) {
    @Nullable JsonObject delta = Json.object(choice, "delta");
    return Json.text(choice, "text") != null
        || (delta != null && CONTENT.stream().anyMatch(name -> isSomething(delta, name)));
  }

  private static boolean isSomething(JsonObject delta, String name) {
    JsonElement value = delta.get(name);
    return Json.text(delta, name) != null
        || (value instanceof JsonObject object && !object.isEmpty())
        || (value instanceof JsonArray array && !array.isEmpty());
  }
}
