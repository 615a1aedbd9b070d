package io.traceforge.storage.sqlite;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;

/** Puts texts together again. Reads each part once, however many texts it stands in. */
final class PartReader {
  private final Database database;
  private final Map<Long, byte[]> parts = new HashMap<>();

  PartReader(Database database) {
    this.database = database;
  }

  /** Returns the bytes that were kept in a form. */
  byte[] read(int form, byte[] kept) throws SQLException {
    return switch (form) {
      case Kept.PLAIN -> kept;
      case Kept.WITH_HOLES -> fill(kept);
      case Kept.DEFLATED -> inflate(kept);
      default -> throw new SQLException("a body is kept in the unknown form " + form);
    };
  }

  private static byte[] inflate(byte[] kept) throws SQLException {
    try {
      return Kept.inflate(kept);
    } catch (DataFormatException e) {
      throw new SQLException("a compressed body is damaged", e);
    }
  }

  /** Returns a part as text. */
  String text(long part) throws SQLException {
    return new String(bytes(part), StandardCharsets.UTF_8);
  }

  /** Returns a part, its holes filled. */
  byte[] bytes(long part) throws SQLException {
    byte[] known = parts.get(part);
    if (known == null) {
      known = load(part);
      parts.put(part, known);
    }
    return known;
  }

  private static final class Part {
    private final int kind;
    private final byte[] content;

    Part(int kind, byte[] content) {
      this.kind = kind;
      this.content = content;
    }

    int kind() {
      return kind;
    }

    byte[] content() {
      return content;
    }
  }

  /** Returns a part as it is stored, its holes empty. */
  byte[] own(long part) throws SQLException {
    return find(part).content();
  }

  private byte[] load(long number) throws SQLException {
    Part part = find(number);
    return (part.kind() & Parts.WITH_HOLES) == 0 ? part.content() : fill(part.content());
  }

  private Part find(long number) throws SQLException {
    Part part =
        database.find(
            "SELECT kind, content FROM parts WHERE id = ?",
            binder -> binder.number(number),
            row -> new Part(row.integer(), row.bytes()));
    if (part == null) {
      throw new SQLException("part " + number + " is missing");
    }
    return part;
  }

  private byte[] fill(byte[] skeleton) throws SQLException {
    ByteArrayOutputStream text = new ByteArrayOutputStream(skeleton.length * 4);
    int done = 0;
    for (int i = 0; i < skeleton.length; i++) {
      if (skeleton[i] == Skeleton.OPEN) {
        text.write(skeleton, done, i - done);
        i = fillHole(skeleton, Math.min(i + 1, skeleton.length - 1), text);
        done = i + 1;
      }
    }
    text.write(skeleton, done, skeleton.length - done);
    return text.toByteArray();
  }

  /** Returns the index of the hole's end. */
  private int fillHole(byte[] skeleton, int from, ByteArrayOutputStream text) throws SQLException {
    long number = 0;
    int i = from;
    for (; skeleton[i] != Skeleton.CLOSE; i++) {
      if (i == skeleton.length - 1) {
        throw new SQLException("a text with holes is damaged");
      }
      if (skeleton[i] == ',') {
        text.writeBytes(bytes(number));
        text.write(',');
        number = 0;
      } else {
        number = number * 10 + skeleton[i] - '0';
      }
    }
    text.writeBytes(bytes(number));
    return i;
  }
}
