package io.traceforge.protocol;

import com.google.gson.JsonObject;
import io.traceforge.trace.TraceBody;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's chat completions, which most gateways and many other providers speak too: {@code POST
 * …/chat/completions}, whatever stands before, with an object that has {@code messages}.
 */
final class OpenAiChatProtocol implements LlmProtocol {
  private static final String PATH = "/chat/completions";
  private static final Pattern AZURE = Pattern.compile("/openai/deployments/([^/]+)" + PATH + "$");
  private static final Set<String> ABOUT_RESPONSE =
      Set.of("id", "object", "created", "model", "usage", "system_fingerprint", "service_tier");

  @Override
  public boolean matches(HttpExchange exchange) {
    return exchange.method().equals("POST")
        && exchange.path().endsWith(PATH)
        && mayHaveMessages(exchange.requestBody());
  }

  /** A request that is unknown or not readable to its end gets the benefit of the doubt. */
  private static boolean mayHaveMessages(@Nullable TraceBody request) {
    if (request == null || request.bytes().length == 0) {
      return true;
    }
    JsonOutline outline = JsonOutline.of(request, Set.of("messages"));
    return !outline.isWhole() || outline.members().has("messages");
  }

  @Override
  public Interpretation interpret(HttpExchange exchange) {
    TraceBody request = exchange.requestBody();
    JsonObject asked =
        request == null
            ? new JsonObject()
            : JsonOutline.of(request, Set.of("model", "stream")).members();
    Interpretation.Builder found = Interpretation.builder();
    found
        .metadataBuilder()
        .provider("openai")
        .operation("chat")
        .requestModel(requestModel(asked, exchange.path()));
    TraceBody response = exchange.responseBody();
    if (response != null) {
      readResponse(response, asksForStream(asked), exchange.statusCode(), found);
    }
    return found.build();
  }

  /** On Azure the model is named by the path, and the body need not repeat it. */
  private static @Nullable String requestModel(JsonObject asked, String path) {
    String model = Json.text(asked, "model");
    Matcher azure = AZURE.matcher(path);
    return model == null && azure.find() ? azure.group(1) : model;
  }

  private static boolean asksForStream(JsonObject asked) {
    return asked.has("stream") && asked.get("stream").toString().equals("true");
  }

  private static void readResponse(
      TraceBody body, boolean streamAsked, int status, Interpretation.Builder found) {
    if (SseReader.isEventStream(body, streamAsked)) {
      readStream(OpenAiChatStream.read(body), status, found);
    } else {
      readDocument(body, status, found);
    }
  }

  private static void readStream(
      OpenAiChatStream stream, int status, Interpretation.Builder found) {
    JsonObject assembled = stream.assembled();
    found.complete(stream.isDone()).firstContentEnd(stream.firstContentEnd());
    if (assembled != null) {
      OpenAiChatResponse.read(assembled, status, found);
      found.assembledBody(TraceBody.ofText(Json.write(assembled), "application/json"));
    }
  }

  private static void readDocument(TraceBody body, int status, Interpretation.Builder found) {
    JsonObject document = body.isTruncated() ? null : OpenAiError.unwrap(Json.parse(body.text()));
    if (document == null) {
      JsonOutline outline = JsonOutline.of(body, ABOUT_RESPONSE);
      OpenAiChatResponse.read(outline.members(), status, found);
      found.complete(body.isTruncated() && outline.isEnded());
    } else {
      OpenAiChatResponse.read(document, status, found);
      found.complete(true);
    }
  }
}
