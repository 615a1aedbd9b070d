package io.traceforge.storage.sqlite;

import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks whether each part is still the text that its hash was made of, and is in the search index
 * if it should be. The engine itself does not see that a byte of a text has changed.
 */
final class PartCheck {
  private static final int PARTS_AT_ONCE = 100;

  private final Database database;
  private final long indexed;
  private final MessageDigest digest = Parts.newDigest();
  private final List<String> problems = new ArrayList<>();

  private PartCheck(Database database) throws SQLException {
    this.database = database;
    this.indexed = SearchIndex.indexed(database);
  }

  private record Part(long number, int kind, byte[] content, PartHash hash, boolean found) {}

  /** Returns what is wrong. */
  static List<String> run(Database database) throws SQLException {
    PartCheck check = new PartCheck(database);
    List<Part> parts = check.partsAfter(0);
    while (!parts.isEmpty()) {
      for (Part part : parts) {
        check.look(part);
      }
      parts = check.partsAfter(parts.get(parts.size() - 1).number());
    }
    return check.problems;
  }

  private List<Part> partsAfter(long last) throws SQLException {
    return database.list(
        "SELECT parts.id, kind, content, hash,"
            + " EXISTS (SELECT 1 FROM search_docsize WHERE search_docsize.id = parts.id)"
            + " FROM parts JOIN part_origins USING (id)"
            + " WHERE parts.id > ? ORDER BY parts.id LIMIT "
            + PARTS_AT_ONCE,
        binder -> binder.number(last),
        row ->
            new Part(
                row.number(),
                row.integer(),
                row.bytes(),
                PartHash.of(row.bytes()),
                row.number() != 0));
  }

  private void look(Part part) throws SQLException {
    if (!hash(part).equals(part.hash())) {
      problems.add("part " + part.number() + " is not what was stored");
    }
    boolean searchable = (part.kind() & Parts.SEARCHABLE) != 0 && part.number() <= indexed;
    if (searchable && !part.found() && !SearchText.of(part.content()).isBlank()) {
      problems.add("part " + part.number() + " is not in the search index");
    }
  }

  /** As {@link Parts} makes it: parts inside of a part are in it by their hashes. */
  private PartHash hash(Part part) throws SQLException {
    byte[] content = part.content();
    digest.update((byte) part.kind());
    if ((part.kind() & Parts.WITH_HOLES) == 0) {
      digest.update(content);
      return PartHash.of(digest);
    }
    boolean inHole = false;
    long number = 0;
    for (byte b : content) {
      if (b == Skeleton.OPEN) {
        inHole = true;
      } else if (inHole && (b == Skeleton.CLOSE || b == ',')) {
        digest.update(Skeleton.OPEN);
        digest.update(hashOf(number));
        number = 0;
        inHole = b == ',';
        if (inHole) {
          digest.update(b);
        }
      } else if (inHole) {
        number = number * 10 + b - '0';
      } else {
        digest.update(b);
      }
    }
    return PartHash.of(digest);
  }

  /** Returns nothing for a part that is missing: so the whole is not what it was. */
  private byte[] hashOf(long part) throws SQLException {
    byte[] hash =
        database.find(
            "SELECT hash FROM part_origins WHERE id = ?",
            binder -> binder.number(part),
            Row::bytes);
    return hash == null ? new byte[0] : hash;
  }
}
