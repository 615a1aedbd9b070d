package io.traceforge.protocol;

import com.google.gson.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** OpenAI's embeddings, and those of compatible servers: {@code POST …/embeddings}. */
final class OpenAiEmbeddingsProtocol extends JsonProtocol {
  private static final String OPERATION = "embeddings";

  OpenAiEmbeddingsProtocol() {
    super("openai");
  }

  @Override
  protected @Nullable String operation(String path) {
    return path.endsWith("/embeddings") ? OPERATION : null;
  }

  @Override
  protected Set<String> requestMembers(String operation) {
    return Set.of("input");
  }

  @Override
  protected @Nullable String requestModel(JsonObject request, String path) {
    String model = super.requestModel(request, path);
    return model == null ? OpenAiChatProtocol.azureModel(path) : model;
  }

  @Override
  protected void read(JsonObject response, int status, Interpretation.Builder found) {
    found.error(OpenAiError.read(response, status));
    found
        .metadataBuilder()
        .responseId(Json.text(response, "id"))
        .responseModel(Json.text(response, "model"))
        .usage(OpenAiUsage.read(Json.object(response, "usage")));
  }

  @Override
  protected Set<String> summaryMembers() {
    return Set.of("id", "object", "model", "usage", "error");
  }

  /** The numbers, often megabytes of them, are of no interest. */
  @Override
  boolean isReadBySummary(String operation) {
    return true;
  }
}
