package io.traceforge.storage.sqlite;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Goes through the parts that traces are made of, and through those inside of them, each once. */
final class UsedParts {
  private final Database database;
  private final long after;
  private final Set<Long> seen = new HashSet<>();

  UsedParts(Database database) {
    this(database, 0);
  }

  private UsedParts(Database database, long after) {
    this.database = database;
    this.after = after;
  }

  /** Goes only through parts that came later than one. Those inside of a part came before it. */
  static UsedParts after(Database database, long part) {
    return new UsedParts(database, part);
  }

  /** Returns the parts of a trace that none of the traces before had. */
  Set<Long> newIn(long trace) throws SQLException {
    return newAmong(named(trace));
  }

  /** Returns the parts inside of a part that were not seen before. */
  Set<Long> newInside(long part) throws SQLException {
    return newAmong(inside(part));
  }

  private Set<Long> newAmong(Collection<Long> parts) throws SQLException {
    Set<Long> found = new HashSet<>();
    Deque<Long> left = new ArrayDeque<>(parts);
    while (!left.isEmpty()) {
      long part = left.pop();
      if (part > after && seen.add(part)) {
        found.add(part);
        left.addAll(inside(part));
      }
    }
    return found;
  }

  private Set<Long> named(long trace) throws SQLException {
    Set<Long> named = new HashSet<>();
    database.list(
        "SELECT state, request_headers, request_form, request_body, response_form, response_body,"
            + " assembled_form, assembled_body FROM traces WHERE number = ?",
        binder -> binder.number(trace),
        row -> {
          addField(named, row.text());
          addField(named, row.text());
          for (int bodies = 0; bodies < 3; bodies++) {
            int form = row.integer();
            byte[] kept = row.bytes();
            named.addAll(form == Kept.WITH_HOLES ? Skeleton.parts(kept) : List.of());
          }
          return named;
        });
    return named;
  }

  /** See {@link Row#field}. */
  private static void addField(Set<Long> named, @Nullable String field) {
    if (field != null && Text.beginsWithDigit(field)) {
      named.add(Long.parseLong(field));
    }
  }

  private List<Long> inside(long part) throws SQLException {
    return database
        .list(
            "SELECT kind, content FROM parts WHERE id = ?",
            binder -> binder.number(part),
            row ->
                (row.integer() & Parts.WITH_HOLES) != 0
                    ? Skeleton.parts(row.bytes())
                    : List.<Long>of())
        .stream()
        .findFirst()
        .orElse(List.of());
  }
}
