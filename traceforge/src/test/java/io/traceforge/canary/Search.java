package io.traceforge.canary;

import com.google.gson.JsonParser;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Looks for canaries in all that a recording left behind. */
final class Search {
  private static final Pattern MEMBER =
      Pattern.compile("\"([^\"\\\\]*)\"\\s*:\\s*(\"(?:[^\"\\\\\n]|\\\\.)*+\")");

  private final Aviary aviary;
  private final Set<String> found;

  Search(Aviary aviary, Set<String> found) {
    this.aviary = aviary;
    this.found = found;
  }

  /** Searches the bytes of a database's files, as they lie on the disk. */
  void files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes(Files.readAllBytes(file));
      }
    }
  }

  /** Searches every value of every table, unpacked if it is packed. */
  void tables(Path database) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
      for (String table : tablesOf(connection)) {
        rows(connection, table);
      }
    }
  }

  private static List<String> tablesOf(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private void rows(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          byte[] value = rows.getBytes(i);
          if (value != null) {
            bytes(value);
            unpacked(value);
          }
        }
      }
    }
  }

  /** Searches what the pieces of every stream amount to, and all that a trace tells. */
  void trace(Trace trace) {
    text(trace.toString());
    text(trace.stateJson());
    text(trace.metadata().toString());
    body(trace.request().body());
    trace.request().headers().fields().forEach(field -> text(field.value()));
    if (trace.response() != null) {
      body(trace.response().body());
      body(trace.response().assembledBody());
    }
  }

  private void body(TraceBody body) {
    if (body != null) {
      bytes(body.bytes());
      rejoined(new String(body.bytes(), StandardCharsets.UTF_8));
    }
  }

  private void rejoined(String text) {
    Map<String, StringBuilder> joined = new HashMap<>();
    Matcher matcher = MEMBER.matcher(text);
    while (matcher.find()) {
      joined
          .computeIfAbsent(matcher.group(1), name -> new StringBuilder())
          .append(JsonParser.parseString(matcher.group(2)).getAsString());
    }
    joined.values().forEach(this::text);
  }

  void text(CharSequence text) {
    aviary.find(text.toString(), found);
  }

  private void bytes(byte[] bytes) {
    text(new String(bytes, StandardCharsets.ISO_8859_1));
    text(new String(bytes, StandardCharsets.UTF_16LE));
    text(new String(bytes, StandardCharsets.UTF_16BE));
  }

  private void unpacked(byte[] bytes) {
    try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      bytes(gzip.readAllBytes());
    } catch (IOException notPacked) {
      inflated(bytes);
    }
  }

  private void inflated(byte[] bytes) {
    try (InputStream deflate = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      bytes(deflate.readAllBytes());
    } catch (IOException notPacked) {
      return;
    }
  }
}
