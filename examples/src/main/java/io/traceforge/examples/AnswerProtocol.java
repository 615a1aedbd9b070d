package io.traceforge.examples;

import com.google.gson.JsonObject;
import io.traceforge.protocol.Interpretation;
import io.traceforge.protocol.Json;
import io.traceforge.protocol.JsonProtocol;
import io.traceforge.protocol.StreamEvent;
import io.traceforge.protocol.StreamedResponse;
import io.traceforge.trace.TokenUsage;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The wire format of {@link AnswerServer}. Registered in {@code
 * META-INF/services/io.traceforge.protocol.LlmProtocol}.
 */
public final class AnswerProtocol extends JsonProtocol {

  /** For {@link java.util.ServiceLoader}. */
  public AnswerProtocol() {
    super("house");
  }

  @Override
  protected @Nullable String operation(String path) {
    return path.endsWith("/answer") ? "chat" : null;
  }

  @Override
  protected Set<String> requestMembers(String operation) {
    return Set.of("question");
  }

  @Override
  protected void read(JsonObject response, int status, Interpretation.Builder found) {
    String why = Json.text(response, "why");
    JsonObject tokens = Json.object(response, "tokens");
    found.text(Json.text(response, "answer"));
    found
        .metadataBuilder()
        .responseModel(Json.text(response, "model"))
        .finishReasons(why == null ? List.of() : List.of(why))
        .usage(tokens == null ? TokenUsage.unknown() : usage(tokens));
  }

  private static TokenUsage usage(JsonObject tokens) {
    Long input = Json.count(tokens, "in");
    Long output = Json.count(tokens, "out");
    Long total = input == null || output == null ? null : Long.valueOf(input + output);
    return TokenUsage.builder().inputTokens(input).outputTokens(output).totalTokens(total).build();
  }

  @Override
  protected Set<String> summaryMembers() {
    return Set.of("model", "why", "tokens");
  }

  @Override
  protected StreamedResponse newStream(String operation) {
    return new AnswerStream();
  }

  /** Puts the events of a stream together to the document that comes without streaming. */
  private static final class AnswerStream extends StreamedResponse {
    private final JsonObject answer = new JsonObject();
    private final StringBuilder text = new StringBuilder();

    @Override
    protected void add(StreamEvent event) {
      JsonObject data = event.json();
      if (data == null) {
        return;
      }
      String piece = Json.text(data, "piece");
      if (piece == null) {
        data.asMap().forEach(answer::add);
      } else if (!event.afterGap()) {
        text.append(piece);
        contentIn(event);
      }
      if (data.has("why")) {
        endSeen();
      }
    }

    @Override
    protected JsonObject assembled() {
      answer.addProperty("answer", text.toString());
      return answer;
    }
  }
}
