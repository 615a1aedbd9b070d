package io.traceforge.clients;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A request as it came to the server.
 *
 * @param target path and query
 * @param headers by name, whatever the case
 * @param body the body's text
 */
public record SentRequest(String target, Headers headers, String body) {

  static SentRequest of(HttpExchange exchange) throws IOException {
    return new SentRequest(
        exchange.getRequestURI().toString(),
        exchange.getRequestHeaders(),
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  /** Returns a header's first value, or {@code null}. */
  public String header(String name) {
    return headers.getFirst(name);
  }

  /** Returns the body as JSON. */
  public JsonObject json() {
    return JsonParser.parseString(body).getAsJsonObject();
  }
}
