package io.traceforge.viewer.internal;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** A request to the API and the way to answer it. */
final class ApiCall {
  private static final String JSON = "application/json";

  /** What is smaller fits into a packet or few; compressing it gains nothing. */
  private static final int WORTH_COMPRESSING = 8 * 1024;

  private final Request request;
  private final Response response;
  private final Fields query;
  private final List<String> path;

  ApiCall(Request request, Response response) {
    this.request = request;
    this.response = response;
    this.query = Request.extractQueryParameters(request);
    this.path = segments(request.getHttpURI().getPath());
  }

  /** A session id may hold a slash, so the path is cut first and decoded then. */
  private static List<String> segments(String path) {
    return Stream.of(path.substring(1).split("/", -1)).map(ApiCall::decoded).toList();
  }

  private static String decoded(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Returns whether the client asks for the headers alone. */
  boolean isHead() {
    return request.getMethod().equals("HEAD");
  }

  List<String> path() {
    return path;
  }

  /** Returns a query parameter, or {@code null} if it is absent or empty. */
  @Nullable String parameter(String name) {
    String value = query.getValue(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** Returns a query parameter that is a number, or another number if it is absent. */
  int number(String name, int least, int most, int otherwise) {
    String text = parameter(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      // Told below, like a number out of range.
    }
    throw Problem.badParameter(name, "a number from " + least + " to " + most);
  }

  void json(String json) throws IOException {
    send(JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  void json(int status, String mediaType, String json) throws IOException {
    response.setStatus(status);
    send(mediaType, json.getBytes(StandardCharsets.UTF_8));
  }

  void send(String mediaType, byte[] body) throws IOException {
    setHeaders(mediaType);
    byte[] sent = body;
    if (body.length >= WORTH_COMPRESSING && takesGzip()) {
      response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
      sent = compressed(body);
    }
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, sent.length);
    Content.Sink.write(response, true, ByteBuffer.wrap(sent));
  }

  /**
   * Begins an answer whose length is not known. Whoever has written it whole closes the stream; as
   * long as little was written, nothing was sent, and another answer can take its place.
   */
  OutputStream stream(String mediaType) throws IOException {
    setHeaders(mediaType);
    OutputStream out = Content.Sink.asOutputStream(response);
    if (!takesGzip()) {
      return out;
    }
    response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
    // The format's first bytes are written at once, and would be sent.
    return new GZIPOutputStream(new BufferedOutputStream(out), 1 << 16);
  }

  /** Begins an answer of events, each of which is sent at once. */
  OutputStream events() {
    setHeaders("text/event-stream");
    response.getHeaders().put("X-Accel-Buffering", "no"); // or nginx would gather them
    return Content.Sink.asOutputStream(response);
  }

  void header(String name, String value) {
    response.getHeaders().put(name, value);
  }

  private void setHeaders(String mediaType) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, mediaType);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put(HttpHeader.VARY, "Accept-Encoding");
  }

  private boolean takesGzip() {
    return request.getHeaders().contains(HttpHeader.ACCEPT_ENCODING, "gzip");
  }

  static byte[] compressed(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4 + 64);
    try (GZIPOutputStream out = new GZIPOutputStream(bytes, 1 << 16)) {
      out.write(body);
    }
    return bytes.toByteArray();
  }
}
