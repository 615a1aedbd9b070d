package io.traceforge.examples;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * Where the examples send their requests. Without any setting it is a {@link SimulatedProvider};
 * with {@code OPENAI_API_KEY} or {@code OPENAI_BASE_URL} set it is a real one. {@code OPENAI_MODEL}
 * chooses the real one's model.
 */
final class Provider implements AutoCloseable {
  private static final String OPENAI = "https://api.openai.com/v1";
  private static final String OPENAI_MODEL = "gpt-4o-mini";
  private static final MediaType JSON = MediaType.get("application/json");

  /** How fast the simulated provider streams when somebody watches. */
  private static final Duration PACE = Duration.ofMillis(40);

  private final String baseUrl;
  private final @Nullable String key;
  private final String model;
  private final @Nullable SimulatedProvider simulated;

  private Provider(
      String baseUrl, @Nullable String key, String model, @Nullable SimulatedProvider simulated) {
    this.baseUrl = baseUrl;
    this.key = key;
    this.model = model;
    this.simulated = simulated;
  }

  static Provider fromEnvironment() {
    return from(System.getenv());
  }

  /**
   * A key alone goes to OpenAI. A base URL alone gets no key: local servers want none. The base URL
   * ends where {@code /chat/completions} begins, as in OpenAI's own clients.
   */
  static Provider from(Map<String, String> variables) {
    String key = variables.getOrDefault("OPENAI_API_KEY", "").strip();
    String url = variables.getOrDefault("OPENAI_BASE_URL", "").strip();
    String model = variables.getOrDefault("OPENAI_MODEL", "").strip();
    if (key.isEmpty() && url.isEmpty()) {
      return simulated(SimulatedProvider.start(PACE));
    }
    return new Provider(
        url.isEmpty() ? OPENAI : url.replaceAll("/+$", ""),
        key.isEmpty() ? null : key,
        model.isEmpty() ? OPENAI_MODEL : model,
        null);
  }

  /** Sends requests to a simulated provider, which is closed together with this. */
  static Provider simulated(SimulatedProvider provider) {
    return new Provider(provider.baseUrl(), null, SimulatedProvider.MODEL, provider);
  }

  String baseUrl() {
    return baseUrl;
  }

  String model() {
    return model;
  }

  /** Returns the value of the {@code Authorization} header, or {@code null} for none. */
  @Nullable String authorization() {
    return key == null ? null : "Bearer " + key;
  }

  /** Returns the simulated provider, or {@code null} if this is a real one. */
  @Nullable SimulatedProvider simulated() {
    return simulated;
  }

  /** Returns a request that asks for the answer as one JSON document. */
  Request request(Conversation conversation) {
    return post(conversation.toJson(model));
  }

  /** Returns a request that asks for the answer as a stream, with the tokens used at its end. */
  Request streamRequest(Conversation conversation) {
    JsonObject options = new JsonObject();
    options.addProperty("include_usage", true);
    JsonObject body = conversation.toJson(model);
    body.addProperty("stream", true);
    body.add("stream_options", options);
    return post(body);
  }

  private Request post(JsonObject body) {
    Request.Builder request =
        new Request.Builder()
            .url(baseUrl + "/chat/completions")
            .post(RequestBody.create(body.toString(), JSON));
    String authorization = authorization();
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return request.build();
  }

  @Override
  public void close() {
    if (simulated != null) {
      simulated.close();
    }
  }

  /** The key is left out: this text is printed. */
  @Override
  public String toString() {
    return simulated == null
        ? model + " at " + baseUrl
        : "SIMULATED, scripted answers from "
            + baseUrl
            + " (OPENAI_API_KEY or OPENAI_BASE_URL names a real one)";
  }
}
