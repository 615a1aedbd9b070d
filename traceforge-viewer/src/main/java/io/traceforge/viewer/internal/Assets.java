package io.traceforge.viewer.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Serves the page's files: each read once, kept in memory with its compressed form. */
final class Assets extends Handler.Abstract {
  private static final String FOLDER = "/io/traceforge/viewer/page/";
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]+\\.(html|css|js|svg)");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");
  private final Map<String, Asset> assets = new ConcurrentHashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Asset(String type, byte[] bytes, byte[] compressed, String etag) {}

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getPath();
    String name = path.equals("/") ? "index.html" : path.substring(1);
    Asset asset = NAME.matcher(name).matches() ? asset(name) : null;
    if (asset == null) {
      return false;
    }
    send(asset, request, response, callback);
    return true;
  }

  private @Nullable Asset asset(String name) {
    Asset known = assets.get(name);
    Asset found = known == null ? read(name) : known;
    if (found != null) {
      assets.put(name, found);
    }
    return found;
  }

  private static void send(Asset asset, Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.ETAG, asset.etag());
    // Another version of the viewer may run at the same port tomorrow.
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
    response.getHeaders().put(HttpHeader.VARY, "Accept-Encoding");
    if (asset.etag().equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))) {
      response.setStatus(HttpStatus.NOT_MODIFIED_304);
      callback.succeeded();
      return;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, asset.type());
    boolean gzip = request.getHeaders().contains(HttpHeader.ACCEPT_ENCODING, "gzip");
    byte[] body = gzip ? asset.compressed() : asset.bytes();
    if (gzip) {
      response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
    }
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  private static @Nullable Asset read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        return null;
      }
      byte[] bytes = in.readAllBytes();
      String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
      return new Asset(type, bytes, ApiCall.compressed(bytes), etag(bytes));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(name, unreadable);
    }
  }

  private static String etag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
