package io.traceforge.okhttp.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import okhttp3.Handshake;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.ByteString;

/** Everything that can be seen of OkHttp's objects, but for the headers that TraceForge adds. */
final class Describe {
  private static final int LONGEST_TEXT = 200;

  private Describe() {}

  static List<String> response(String name, Response response) {
    List<String> lines = new ArrayList<>();
    addResponse(lines, name, response);
    return lines;
  }

  private static void addResponse(List<String> lines, String name, Response response) {
    lines.add(name + ": " + response.protocol() + " " + response.code() + " " + response.message());
    lines.add(name + " headers: " + headers(response.headers()));
    lines.add(name + " redirect, ok: " + response.isRedirect() + ", " + response.isSuccessful());
    lines.add(name + " challenges: " + response.challenges());
    lines.add(name + " caching: " + response.cacheControl());
    lines.add(name + " handshake: " + handshake(response.handshake()));
    boolean inOrder = response.sentRequestAtMillis() <= response.receivedResponseAtMillis();
    lines.add(name + " sent before it was received: " + inOrder);
    lines.add(name + " body: " + body(response.body()));
    Request request = response.request();
    lines.add(name + " request: " + requestHead(request) + tags(request));
    lines.add(name + " request's body: " + identity(request.body()));
    addRelated(lines, name + " network", response.networkResponse());
    addRelated(lines, name + " cache", response.cacheResponse());
    addRelated(lines, name + " prior", response.priorResponse());
  }

  private static void addRelated(List<String> lines, String name, Response related) {
    if (related == null) {
      lines.add(name + ": none");
    } else {
      addResponse(lines, name, related);
    }
  }

  private static String body(ResponseBody body) {
    return body == null ? "none" : body.contentType() + ", length " + body.contentLength();
  }

  private static String handshake(Handshake handshake) {
    return handshake == null
        ? "none"
        : handshake.tlsVersion() + " " + handshake.cipherSuite() + " " + handshake.peerPrincipal();
  }

  static String requestHead(Request request) {
    return request.method() + " " + request.url() + " " + headers(request.headers());
  }

  /** The only public view of all of a request's tags is its text. */
  private static String tags(Request request) {
    String text = request.toString();
    int at = text.indexOf("tags=");
    return at < 0 ? "" : " " + text.substring(at);
  }

  /** Differs from run to run unless the journal has an alias for it. */
  static String identity(Object object) {
    return object == null
        ? "none"
        : object.getClass().getName() + "#" + System.identityHashCode(object);
  }

  static String headers(Headers headers) {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < headers.size(); i++) {
      if (!isOurs(headers.name(i))) {
        shown.add(headers.name(i) + "=" + headers.value(i));
      }
    }
    return shown.toString();
  }

  static boolean isOurs(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith("x-traceforge-");
  }

  static String failure(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      text.append(cause == failure ? "" : " <- ").append(cause);
      for (Throwable suppressed : cause.getSuppressed()) {
        text.append(" (suppressed ").append(suppressed).append(')');
      }
    }
    return text.toString();
  }

  static String bytes(ByteString bytes) {
    return bytes.size() <= LONGEST_TEXT
        ? bytes.size() + " bytes: " + bytes.utf8()
        : bytes.size() + " bytes, SHA-256 " + bytes.sha256().hex();
  }
}
