package io.traceforge.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer of the scripted server.
 *
 * @param status the HTTP status
 * @param headers the response's headers
 * @param pieces the body, written and flushed piece by piece
 * @param neverEnds whether the body is left without an end until the server closes
 */
public record Answer(
    int status, Map<String, String> headers, List<String> pieces, boolean neverEnds) {

  /** Returns an answer in one piece, its body being a file beside this class. */
  public static Answer json(String fixture) {
    return of(200, "application/json", List.of(text(fixture)));
  }

  /** Returns a stream of events, its body being a file beside this class. */
  public static Answer events(String fixture) {
    return of(200, "text/event-stream", List.of(text(fixture).split("(?<=\n\n)")));
  }

  /** Returns an error in the shape of OpenAI's. */
  public static Answer error(int status, String message) {
    String body =
        "{\"error\":{\"message\":\"%s\",\"type\":\"test_error\",\"param\":null,\"code\":\"c%d\"}}";
    return of(status, "application/json", List.of(body.formatted(message, status)));
  }

  private static Answer of(int status, String contentType, List<String> pieces) {
    return new Answer(status, Map.of("Content-Type", contentType), pieces, false);
  }

  /** Returns this answer with one more header. */
  public Answer with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, pieces, neverEnds);
  }

  /** Returns this answer with another status. */
  public Answer withStatus(int other) {
    return new Answer(other, headers, pieces, neverEnds);
  }

  /** Returns this answer's first pieces alone. */
  public Answer first(int count) {
    return new Answer(status, headers, pieces.subList(0, count), neverEnds);
  }

  /** Returns this answer with a body that does not end: whoever reads to the end waits. */
  public Answer withoutEnd() {
    return new Answer(status, headers, pieces, true);
  }

  /** Returns the whole body. */
  public String body() {
    return String.join("", pieces);
  }

  /** Returns the text of a file beside this class. */
  public static String text(String fixture) {
    try (InputStream file = Answer.class.getResourceAsStream(fixture)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
