package io.traceforge.protocol;

import com.google.gson.JsonObject;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's chat completions, which most gateways and many other providers speak too: {@code POST
 * …/chat/completions}, whatever stands before, with an object that has {@code messages}; and the
 * older {@code POST …/completions} with a {@code prompt}.
 */
final class OpenAiChatProtocol extends JsonProtocol {
  private static final String CHAT = "chat";
  private static final String COMPLETION = "text_completion";
  private static final Pattern AZURE = Pattern.compile("/openai/deployments/([^/]+)/");
  private static final Set<String> SUMMARY =
      Set.of(
          "id",
          "object",
          "created",
          "model",
          "usage",
          "system_fingerprint",
          "service_tier",
          "error");

  OpenAiChatProtocol() {
    super("openai");
  }

  @Override
  protected @Nullable String operation(String path) {
    if (path.endsWith("/chat/completions")) {
      return CHAT;
    }
    return path.endsWith("/completions") ? COMPLETION : null;
  }

  @Override
  protected Set<String> requestMembers(String operation) {
    return operation.equals(CHAT) ? Set.of("messages") : Set.of("prompt");
  }

  @Override
  protected @Nullable String requestModel(JsonObject request, String path) {
    String model = super.requestModel(request, path);
    return model == null ? azureModel(path) : model;
  }

  /** On Azure the model is named by the path, and the body need not repeat it. */
  static @Nullable String azureModel(String path) {
    Matcher azure = AZURE.matcher(path);
    return azure.find() ? azure.group(1) : null;
  }

  @Override
  protected StreamedResponse newStream(String operation) {
    return new OpenAiChatStream();
  }

  @Override
  protected void read(JsonObject response, int status, Interpretation.Builder found) {
    OpenAiChatResponse.read(response, status, found);
  }

  @Override
  protected Set<String> summaryMembers() {
    return SUMMARY;
  }
}
