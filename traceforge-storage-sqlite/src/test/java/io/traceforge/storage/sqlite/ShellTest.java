package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The view {@code traces_json} shows whole bodies to anybody who has the engine. */
class ShellTest {
  private static final String QUERY =
      "SELECT hex(request) || ' ' || CASE WHEN response IS NULL THEN '-' ELSE hex(response) END"
          + " || ' ' || hex(state) FROM traces_json ORDER BY id";

  @TempDir Path directory;
  private Path file;
  private StorageBackend storage;
  private final List<String> expected = new ArrayList<>();

  @BeforeEach
  void store() {
    file = directory.resolve("traces.db");
    storage = SqliteStorageBackend.open(file);
    RandomJson json = new RandomJson(new Random(1));
    for (int n = 0; n < 300; n++) {
      add(json.document(), json.document());
    }
    for (Trace trace : Conversations.session("s", 8, 0, TestTraces.START)) {
      add(text(trace.request().body()), text(trace.response().body()));
    }
    add(manyMessages(), null);
    byte[] pixels = new byte[200_000];
    new Random(1).nextBytes(pixels);
    String image = "\"data:image/png;base64," + Base64.getEncoder().encodeToString(pixels) + "\"";
    String part = "{\"type\":\"image_url\",\"image_url\":{\"url\":" + image + "}}";
    add("{\"messages\":[{\"role\":\"user\",\"content\":[" + part + "," + part + "]}]}", null);
    String odd = "\\u001f\\u001e \\\\u001f \\\" , ],[ ";
    String words = "\"" + odd + "words ".repeat(40) + "\"";
    String message = "{\"odd\":\"" + odd + "\",\"a\":" + words + "}";
    add("{\"odd\":\"" + odd + "\",\"messages\":[" + words + "," + message + "]}", "");
    add("[\u001f1\u001e," + words + ",\"\u001f\"]", "no JSON [" + words);
    add("{\"messages\":[\"\0\"," + words + "]}", "\0");
  }

  /** Of which some have a text inside of a part, and some have it where they stand. */
  private static String manyMessages() {
    List<String> messages = new ArrayList<>();
    for (int n = 0; n < 40; n++) {
      String name = n % 3 == 0 ? "\"name\":\"n" + n + "\"," : "";
      String text = ("Message " + n + " \\u001f\\\\ ").repeat(12);
      messages.add("{\"role\":\"user\"," + name + "\"content\":\"" + text + "\"}");
    }
    return "{\"messages\":[" + String.join(", ", messages) + "]}";
  }

  private static String text(@Nullable TraceBody body) {
    return body == null ? "" : new String(body.bytes(), StandardCharsets.UTF_8);
  }

  private void add(String request, @Nullable String response) {
    int n = expected.size();
    String state = "{\"n\":" + n + ",\"goal\":\"" + "far ".repeat(n % 60) + "\"}";
    storage.saveTrace(
        TestTraces.trace("s" + n % 7, n)
            .stateJson(state)
            .request(TestTraces.request(request))
            .response(
                response == null
                    ? null
                    : TraceResponse.of(
                        200, HttpHeaders.empty(), TraceBody.ofText(response, null), null))
            .build());
    expected.add(hex(request) + " " + (response == null ? "-" : hex(response)) + " " + hex(state));
  }

  private static String hex(String text) {
    return HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() {
    storage.close();
  }

  @Test
  void throughTheDriver() throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        ResultSet results = connection.createStatement().executeQuery(QUERY)) {
      while (results.next()) {
        rows.add(results.getString(1));
      }
    }
    areWhole(rows);
  }

  @Test
  void inTheShell() throws Exception {
    Process shell;
    try {
      shell = new ProcessBuilder("sqlite3", "-batch", "-noheader", file.toString(), QUERY).start();
    } catch (IOException missing) {
      assumeTrue(false, "there is no sqlite3 shell here");
      return;
    }
    List<String> rows = shell.inputReader(StandardCharsets.US_ASCII).lines().toList();
    assertThat(new String(shell.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
    assertThat(shell.waitFor()).isZero();
    areWhole(rows);
  }

  private void areWhole(List<String> rows) {
    assertThat(rows).hasSameSizeAs(expected);
    for (int n = 0; n < rows.size(); n++) {
      String row = rows.get(n);
      int differs = Arrays.mismatch(row.toCharArray(), expected.get(n).toCharArray());
      assertThat(differs).as("trace %d: %s", n, around(row, differs)).isNegative();
    }
  }

  private static String around(String row, int place) {
    return row.substring(Math.max(0, place - 99), Math.max(0, Math.min(row.length(), place + 99)));
  }
}
