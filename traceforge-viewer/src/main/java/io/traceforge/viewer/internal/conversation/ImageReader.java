package io.traceforge.viewer.internal.conversation;

import com.google.gson.JsonObject;
import io.traceforge.protocol.Json;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads images. Only those that came with the message can be shown: nothing is fetched. */
final class ImageReader {
  /** What a browser draws and nothing in it can run. */
  private static final Set<String> DRAWABLE =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

  /** How base64 of each begins. */
  private static final Map<String, String> BEGINNINGS =
      Map.of(
          "iVBORw0", "image/png",
          "/9j/", "image/jpeg",
          "R0lGOD", "image/gif",
          "UklGR", "image/webp");

  private ImageReader() {}

  static Part of(JsonObject part) {
    JsonObject source =
        Stream.of("source", "inlineData", "inline_data")
            .map(name -> Json.object(part, name))
            .filter(found -> found != null)
            .findFirst()
            .orElse(part);
    String data = Json.text(source, "data");
    if (data != null) {
      return ofBase64(mediaType(source), data);
    }
    String url = url(part, source);
    return url == null ? Part.other(part.toString()) : ofUrl(url);
  }

  private static @Nullable String mediaType(JsonObject source) {
    return Stream.of("media_type", "mimeType", "mime_type")
        .map(name -> Json.text(source, name))
        .filter(found -> found != null)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String url(JsonObject part, JsonObject source) {
    JsonObject nested = Json.object(part, "image_url");
    if (nested != null) {
      return Json.text(nested, "url");
    }
    String flat = Json.text(part, "image_url");
    return flat == null ? Json.text(source, "url") : flat;
  }

  static Part ofBase64(@Nullable String mediaType, String data) {
    String type =
        mediaType != null
            ? mediaType
            : BEGINNINGS.entrySet().stream()
                .filter(beginning -> data.startsWith(beginning.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("application/octet-stream");
    return image("data:" + type + ";base64," + data, type);
  }

  private static Part ofUrl(String url) {
    int semicolon = url.indexOf(';');
    boolean inline = url.startsWith("data:") && semicolon > 0;
    return image(url, inline ? url.substring("data:".length(), semicolon) : null);
  }

  private static Part image(String url, @Nullable String mediaType) {
    boolean drawable = mediaType != null && DRAWABLE.contains(mediaType);
    return new Part(Part.Kind.IMAGE, null, null, url, drawable ? mediaType : null);
  }
}
