package io.traceforge.export;

import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a file, one after the other. */
final class ImportedLines implements AutoCloseable {
  /** One character a byte, so that a line in a wrong encoding is just that line's fault. */
  private final BufferedReader in;

  private final Path file;
  private long number;

  ImportedLines(Path file) throws IOException {
    this.file = file;
    in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
  }

  /**
   * A line.
   *
   * @param session its session's metadata, if it tells them
   */
  record Line(Trace trace, @Nullable SessionMetadata session) {}

  /**
   * Returns the next line that is not blank, or null if there is none.
   *
   * @throws BadLineException if it is no trace; the next call goes on after it
   */
  @Nullable Line next() throws IOException {
    String bytes = in.readLine();
    number++;
    while (bytes != null && bytes.isBlank()) {
      bytes = in.readLine();
      number++;
    }
    return bytes == null ? null : parse(bytes);
  }

  private Line parse(String bytes) throws BadLineException {
    try {
      String json = decode(bytes);
      SessionMetadata session =
          json.contains("\"session\"") ? TraceJson.sessionOf(json).orElse(null) : null;
      return new Line(TraceJson.read(json), session);
    } catch (CharacterCodingException notUtf8) {
      throw new BadLineException(file, number, "not UTF-8", notUtf8);
    } catch (IllegalArgumentException noTrace) {
      throw new BadLineException(file, number, String.valueOf(noTrace.getMessage()), noTrace);
    }
  }

  private static String decode(String bytes) throws CharacterCodingException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1));
    return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
