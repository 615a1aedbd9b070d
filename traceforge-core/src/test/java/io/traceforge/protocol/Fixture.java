package io.traceforge.protocol;

import com.google.gson.JsonObject;
import io.traceforge.trace.TraceBody;
import java.util.Locale;

/**
 * What is asked of a server and what it answers.
 *
 * @param text the text that the answer holds, {@code null} if it has none
 */
record Fixture(
    LlmProtocol protocol,
    String path,
    String request,
    String mediaType,
    String response,
    String text) {

  static final String JSON = "application/json";
  static final String EVENTS = "text/event-stream; charset=utf-8";
  static final String LINES = "application/x-ndjson";

  Interpretation interpret() {
    return interpret(200);
  }

  Interpretation interpret(int status) {
    return interpret(status, TraceBody.ofText(response, mediaType));
  }

  Interpretation interpret(int status, TraceBody body) {
    return protocol.interpret(exchange(status, body));
  }

  HttpExchange exchange(int status, TraceBody body) {
    return HttpExchange.of("POST", path, TraceBody.ofText(request, JSON), status, body);
  }

  /** Returns the same exchange with another answer. */
  Fixture with(String otherResponse) {
    return new Fixture(protocol, path, request, mediaType, otherResponse, null);
  }

  /** Returns the same exchange up to some part of the answer. */
  Fixture upTo(String part) {
    int end = response.indexOf(part);
    if (end < 0) {
      throw new IllegalArgumentException("not in the response: " + part);
    }
    return with(response.substring(0, end));
  }

  /** Returns what the answer's stream amounts to. */
  JsonObject assembled() {
    return Bodies.json(interpret().assembledBody().text());
  }

  /** For the names of parametrised tests. */
  @Override
  public String toString() {
    String form = mediaType.equals(EVENTS) ? "events" : mediaType.equals(LINES) ? "lines" : "json";
    return (protocol.getClass().getSimpleName() + " " + path + " " + form).toLowerCase(Locale.ROOT);
  }
}
