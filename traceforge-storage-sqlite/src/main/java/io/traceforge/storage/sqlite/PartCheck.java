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

  /** Returns what is wrong. */
  static List<String> run(Database database) throws SQLException {
    PartCheck check = new PartCheck(database);
    List<Long> looked = check.someAfter(0);
    while (!looked.isEmpty()) {
      looked = check.someAfter(looked.get(looked.size() - 1));
    }
    return check.problems;
  }

  private List<Long> someAfter(long last) throws SQLException {
    return database.list(
        "SELECT parts.id, kind, content, hash,"
            + " EXISTS (SELECT 1 FROM search_docsize WHERE search_docsize.id = parts.id)"
            + " FROM parts JOIN part_origins USING (id)"
            + " WHERE parts.id > ? ORDER BY parts.id LIMIT "
            + PARTS_AT_ONCE,
        binder -> binder.number(last),
        this::look);
  }

  private long look(Row row) throws SQLException {
    long number = row.number();
    int kind = row.integer();
    byte[] content = row.bytes();
    if (!hash(kind, content).equals(PartHash.of(row.bytes()))) {
      problems.add("part " + number + " is not what was stored");
    }
    boolean found = row.number() != 0;
    boolean searchable = (kind & Parts.SEARCHABLE) != 0 && number <= indexed;
    if (searchable && !found && !SearchText.of(content).words().isBlank()) {
      problems.add("part " + number + " is not in the search index");
    }
    return number;
  }

  /** As {@link Parts} makes it: parts inside of a part are in it by their hashes. */
  private PartHash hash(int kind, byte[] content) throws SQLException {
    digest.update((byte) kind);
    if ((kind & Parts.WITH_HOLES) == 0) {
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
