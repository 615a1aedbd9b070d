package io.traceforge.pricing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * Makes the price file that TraceForge ships from the data of the package {@code
 * @pydantic/genai-prices}. CONTRIBUTING.md tells how to run it.
 */
public final class PriceTableGenerator {
  private PriceTableGenerator() {}

  /**
   * Arguments: the package's data as JSON, where the data comes from, its day, the file to make.
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 4) {
      System.err.println("expected: DATA.json SOURCE YYYY-MM-DD PRICES.json");
      System.exit(2);
    }
    String prices = generate(Files.readString(Path.of(args[0])), args[1], LocalDate.parse(args[2]));
    Files.writeString(Path.of(args[3]), prices);
  }

  static String generate(String data, String source, LocalDate day) {
    StringBuilder file = new StringBuilder("{\n");
    file.append("\"unit\": \"").append(PriceFile.UNIT).append("\",\n");
    file.append("\"as_of\": \"").append(day).append("\",\n");
    file.append("\"source\": ").append(new JsonPrimitive(source)).append(",\n");
    file.append("\"providers\": [");
    String separator = "\n";
    for (JsonElement provider : JsonParser.parseString(data).getAsJsonArray()) {
      file.append(separator);
      append(file, provider.getAsJsonObject());
      separator = ",\n";
    }
    String text = file.append("\n]\n}\n").toString();
    PriceFile.read(new StringReader(text)); // what the library cannot read is not written
    return text;
  }

  /** One model a line, so that a difference between two tables can be read. */
  private static void append(StringBuilder file, JsonObject provider) {
    JsonObject head = new JsonObject();
    head.add("id", provider.get("id"));
    addRules(head, "names", provider.get("provider_match"));
    JsonArray urls = new JsonArray();
    urls.add(provider.get("api_pattern"));
    head.add("urls", urls);
    addRules(head, "makes", provider.get("model_match"));
    if (provider.has("fallback_model_providers")) {
      head.add("fallbacks", provider.get("fallback_model_providers"));
    }
    String text = head.toString();
    file.append(text, 0, text.length() - 1).append(",\"models\":[");
    String separator = "\n  ";
    for (JsonElement model : provider.getAsJsonArray("models")) {
      file.append(separator).append(model(model.getAsJsonObject()));
      separator = ",\n  ";
    }
    file.append("\n]}");
  }

  private static void addRules(JsonObject target, String field, JsonElement match) {
    if (match != null && !match.isJsonNull()) {
      target.add(field, PackageRules.toNames(match.getAsJsonObject()));
    }
  }

  private static JsonObject model(JsonObject model) {
    JsonObject result = new JsonObject();
    addRules(result, "names", model.get("match"));
    PackagePrices.addTo(result, model.get("prices"));
    return result;
  }
}
