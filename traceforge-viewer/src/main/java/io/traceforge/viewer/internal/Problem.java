package io.traceforge.viewer.internal;

import com.google.gson.JsonObject;
import java.io.Serial;
import org.eclipse.jetty.http.HttpStatus;

/** Why a request has no answer, told to the client as {@code application/problem+json}. */
final class Problem extends RuntimeException {
  static final String MEDIA_TYPE = "application/problem+json";
  @Serial private static final long serialVersionUID = 1L;
  private final int status;

  Problem(int status, String detail) {
    // Nobody reads the stack of what a client did wrong.
    super(detail, null, false, false);
    this.status = status;
  }

  static Problem badParameter(String name, String expected) {
    return new Problem(HttpStatus.BAD_REQUEST_400, name + ": expected " + expected);
  }

  static Problem notFound(String what) {
    return new Problem(HttpStatus.NOT_FOUND_404, what);
  }

  int status() {
    return status;
  }

  String toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("type", "about:blank");
    json.addProperty("title", HttpStatus.getMessage(status));
    json.addProperty("status", status);
    json.addProperty("detail", getMessage());
    return json.toString();
  }
}
