package io.traceforge.trace;

import com.google.gson.JsonElement;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Map;

/** What changed in a state as JSON, by path; nothing if nothing changed. */
final class StateDiffJson {
  private StateDiffJson() {}

  static void write(JsonWriter out, String name, StateDiff diff) throws IOException {
    if (diff.isEmpty()) {
      return;
    }
    out.name(name).beginObject();
    writeValues(out.name("added"), diff.added());
    out.name("changed").beginObject();
    for (Map.Entry<String, StateDiff.Change> change : diff.changed().entrySet()) {
      out.name(change.getKey()).beginObject();
      out.name("before").jsonValue(change.getValue().before().toString());
      out.name("after").jsonValue(change.getValue().after().toString());
      out.endObject();
    }
    out.endObject();
    writeValues(out.name("removed"), diff.removed());
    out.endObject();
  }

  private static void writeValues(JsonWriter out, Map<String, JsonElement> values)
      throws IOException {
    out.beginObject();
    for (Map.Entry<String, JsonElement> value : values.entrySet()) {
      out.name(value.getKey()).jsonValue(value.getValue().toString());
    }
    out.endObject();
  }
}
