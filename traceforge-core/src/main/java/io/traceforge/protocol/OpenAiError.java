package io.traceforge.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.traceforge.trace.TraceError;
import org.jspecify.annotations.Nullable;

/**
 * Reads errors in OpenAI's shape, {@code {"error": {"message", "type", "param", "code"}}}, and in
 * those of compatible servers: a bare text as the error, or the error's members at top level.
 */
final class OpenAiError {
  private OpenAiError() {}

  static @Nullable TraceError read(JsonObject response, int status) {
    String text = Json.text(response, "error");
    if (text != null) {
      return TraceError.of(Json.errorType(status), text, null);
    }
    JsonObject error = Json.object(response, "error");
    boolean atTopLevel = "error".equals(Json.text(response, "object"));
    if (error == null && !atTopLevel) {
      return null;
    }
    JsonObject members = error == null ? response : error;
    String type = Json.text(members, "type");
    return TraceError.of(
        type == null ? Json.errorType(status) : type, Json.text(members, "message"), code(members));
  }

  /** Codes are text at OpenAI, numbers elsewhere. */
  private static @Nullable String code(JsonObject error) {
    JsonElement code = error.get("code");
    return code != null && code.isJsonPrimitive() && !code.getAsString().isEmpty()
        ? code.getAsString()
        : null;
  }
}
