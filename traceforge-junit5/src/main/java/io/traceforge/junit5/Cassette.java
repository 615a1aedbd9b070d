package io.traceforge.junit5;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.traceforge.export.TraceImport;
import io.traceforge.redaction.Redactor;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * A file of recorded calls: JSON lines, one trace each, the first of which also tells what took the
 * secrets out.
 *
 * @param name the session's id
 */
record Cassette(String name, Path file) {
  private static final String MEMBER = "cassette";
  private static final String REDACTOR = "redactor";
  private static final String HOW_TO_RECORD =
      " Record it by running the test with -Dtraceforge.record=true.";

  static Cassette of(Path directory, String name) {
    return new Cassette(name, directory.resolve(name + ".jsonl").toAbsolutePath());
  }

  /**
   * Returns the recorded calls.
   *
   * @param redactor the fingerprint of the redactor that calls are to be passed through
   */
  List<Trace> read(String redactor) {
    if (!Files.exists(file)) {
      throw new ExtensionConfigurationException(
          "There is no cassette " + file + "." + HOW_TO_RECORD);
    }
    try {
      requireSame(redactor);
      return TraceImport.read(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Cannot read the cassette " + file, unreadable);
    }
  }

  /** Returns whether there is a file, with calls in it. */
  boolean hasLines() throws IOException {
    return Files.exists(file) && Files.size(file) > 0;
  }

  /** What one redactor has taken out another one would compare. */
  private void requireSame(String redactor) throws IOException {
    String recorded = redactorOf(firstLine()).orElse(redactor);
    if (!recorded.equals(redactor)) {
      throw new ExtensionConfigurationException(
          "%s was recorded with another redactor (%s) than this test has (%s), so that calls may not be found in it. Give the extension the redactor of the recording, or record again.%s"
              .formatted(file, recorded, redactor, HOW_TO_RECORD));
    }
  }

  private String firstLine() throws IOException {
    try (BufferedReader in = Files.newBufferedReader(file)) {
      return Objects.requireNonNullElse(in.readLine(), "");
    }
  }

  /** A file that was exported tells none. */
  private static Optional<String> redactorOf(String line) {
    try {
      return line.startsWith("{\"" + MEMBER + "\"")
              && JsonParser.parseString(line).getAsJsonObject().get(MEMBER)
                  instanceof JsonObject told
          ? Optional.ofNullable(told.get(REDACTOR)).map(JsonElement::getAsString)
          : Optional.empty();
    } catch (JsonParseException | IllegalStateException noTrace) {
      return Optional.empty(); // the import says what is wrong
    }
  }

  /** Writes the file, whole or not at all. It has the permissions of any new file. */
  void write(List<Trace> traces, Redactor redactor) throws IOException {
    Path directory = Objects.requireNonNull(file.getParent());
    Files.createDirectories(directory);
    Path unfinished =
        directory.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      Files.writeString(unfinished, lines(traces, redactor), StandardOpenOption.CREATE_NEW);
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static String lines(List<Trace> traces, Redactor redactor) {
    JsonObject told = new JsonObject();
    told.addProperty(REDACTOR, redactor.fingerprint());
    StringBuilder lines = new StringBuilder();
    for (Trace trace : traces) {
      String line = TraceJson.write(trace);
      lines.append(
          lines.isEmpty() ? "{\"" + MEMBER + "\":" + told + "," + line.substring(1) : line);
      lines.append('\n');
    }
    return lines.toString();
  }
}
