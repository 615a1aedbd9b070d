package io.traceforge.storage.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Puts texts together again. Reads each part once, however many texts it stands in, and many at a
 * time: to ask for a part takes longer than to read it.
 */
final class PartReader {
  private static final int FEW = 3;

  /** So many at once, at most: to bind numbers takes time too. */
  private static final List<Integer> SIZES = List.of(8, 16, 32, 64);

  private static final int AT_ONCE = SIZES.get(SIZES.size() - 1);
  private static final Map<Integer, String> SOME =
      SIZES.stream().collect(Collectors.toUnmodifiableMap(size -> size, PartReader::select));
  private static final String OF_SESSION =
      "WITH holder (number) AS (SELECT number FROM sessions WHERE id = ?)"
          + " SELECT parts.id, kind, content FROM"
          + " (SELECT id FROM part_origins WHERE holder = (SELECT number FROM holder)"
          + " UNION ALL SELECT part FROM part_uses WHERE holder = (SELECT number FROM holder))"
          + " AS held CROSS JOIN parts ON parts.id = held.id";

  private final Database database;
  private final @Nullable String sessionId;
  private final Map<Long, Part> stored = new HashMap<>();
  private final Map<Long, byte[]> filled = new HashMap<>();
  private boolean begun;
  private Filling last = Filling.NONE;

  /** Reads parts when they are needed. */
  PartReader(Database database) {
    this(database, null);
  }

  private PartReader(Database database, @Nullable String sessionId) {
    this.database = database;
    this.sessionId = sessionId;
  }

  /** Reads all parts of a session when the first one is needed. */
  static PartReader ofSession(Database database, String sessionId) {
    return new PartReader(database, sessionId);
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

  /** A short text between two long ones, as answers are, does not make the first forgotten. */
  private byte[] fill(byte[] kept) throws SQLException {
    if (sessionId == null) { // or else they are here
      load(Filling.numbers(kept));
    }
    Filling filling = Filling.of(kept, last, this);
    if (filling.isContinued() || filling.text().length > last.text().length) {
      last = filling;
    }
    return filling.text();
  }

  /** Returns a part as text. */
  String text(long part) throws SQLException {
    return new String(bytes(part), StandardCharsets.UTF_8);
  }

  /** Returns a part, its holes filled. */
  byte[] bytes(long number) throws SQLException {
    byte[] known = filled.get(number);
    if (known == null) {
      Part part = find(number);
      known =
          part.hasHoles() ? Filling.of(part.content(), Filling.NONE, this).text() : part.content();
      filled.put(number, known);
    }
    return known;
  }

  /** Returns a part as it is stored, its holes empty. */
  byte[] own(long part) throws SQLException {
    return find(part).content();
  }

  /** A part as it is stored, its holes empty. */
  static final class Part {
    private final long number;
    private final int kind;
    private final byte[] content;

    private Part(long number, int kind, byte[] content) {
      this.number = number;
      this.kind = kind;
      this.content = content;
    }

    long number() {
      return number;
    }

    byte[] content() {
      return content;
    }

    static Part read(Row row) throws SQLException {
      return new Part(row.number(), row.integer(), row.bytes());
    }

    boolean hasHoles() {
      return (kind & Parts.WITH_HOLES) != 0;
    }
  }

  /** Returns a part as it is stored. */
  Part find(long number) throws SQLException {
    begin();
    Part part = stored.get(number);
    if (part == null) {
      part =
          database.find(
              "SELECT id, kind, content FROM parts WHERE id = ?",
              binder -> binder.number(number),
              Part::read);
      if (part == null) {
        throw new SQLException("part " + number + " is missing");
      }
      stored.put(number, part);
    }
    return part;
  }

  /** Not before the first part is asked for: then the state of the file is that of the traces. */
  private void begin() throws SQLException {
    if (!begun) {
      begun = true;
      if (sessionId != null) {
        take(database.list(OF_SESSION, binder -> binder.text(sessionId), Part::read));
      }
    }
  }

  private void take(List<Part> parts) {
    for (Part part : parts) {
      stored.put(part.number(), part);
    }
  }

  /** Reads parts, and the parts that stand in them, and so on. */
  void load(List<Long> numbers) throws SQLException {
    begin();
    List<Long> missing = missing(numbers);
    while (missing.size() > FEW) {
      List<Long> inside = new ArrayList<>();
      for (int from = 0; from < missing.size(); from += AT_ONCE) {
        List<Part> parts = some(missing.subList(from, Math.min(missing.size(), from + AT_ONCE)));
        take(parts);
        for (Part part : parts) {
          if (part.hasHoles()) {
            inside.addAll(Filling.numbers(part.content()));
          }
        }
      }
      missing = missing(inside);
    }
  }

  private List<Long> missing(List<Long> numbers) {
    return numbers.stream().filter(number -> !stored.containsKey(number)).distinct().toList();
  }

  private List<Part> some(List<Long> numbers) throws SQLException {
    int size = SIZES.stream().filter(s -> s >= numbers.size()).findFirst().orElseThrow();
    return database.list(
        Objects.requireNonNull(SOME.get(size)),
        binder -> {
          for (int i = 0; i < size; i++) {
            binder.number(numbers.get(Math.min(i, numbers.size() - 1)));
          }
        },
        Part::read);
  }

  private static String select(int size) {
    return "SELECT id, kind, content FROM parts WHERE id IN ("
        + String.join(",", Collections.nCopies(size, "?"))
        + ")";
  }
}
