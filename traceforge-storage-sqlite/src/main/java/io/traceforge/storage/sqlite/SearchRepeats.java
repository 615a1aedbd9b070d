package io.traceforge.storage.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parts that have the words of an older one, in other bytes: a client sends an answer back with
 * other fields around it than the provider, or in another order. A search that finds both in a
 * session shows the older one.
 *
 * <p>Equal words are looked for where a part came first, so what is written lies close together;
 * whether a session that uses a part has the older one too is asked by the search. A part that goes
 * over from a deleted session to another is not looked for any more.
 */
final class SearchRepeats {
  private final Database database;
  private final MessageDigest digest = Parts.newDigest();

  SearchRepeats(Database database) {
    this.database = database;
  }

  /** Takes note of a part that comes into the index. */
  void note(long part, long holder, SearchText text) throws SQLException {
    long hash = hash(text.strings());
    int added =
        database.update(
            "INSERT OR IGNORE INTO search_texts (holder, hash, part) VALUES (?, ?, ?)",
            binder -> binder.number(holder).number(hash).number(part));
    Long older = added > 0 ? null : older(holder, hash);
    if (older != null && older != part) {
      database.update(
          "INSERT OR REPLACE INTO search_repeats (part, older) VALUES (?, ?)",
          binder -> binder.number(part).number(older));
    }
  }

  private @Nullable Long older(long holder, long hash) throws SQLException {
    return database.find(
        "SELECT part FROM search_texts WHERE holder = ? AND hash = ?",
        binder -> binder.number(holder).number(hash),
        Row::number);
  }

  /** Of the strings in any order: members may stand in any. */
  private long hash(List<String> strings) {
    for (String string : strings.stream().sorted().toList()) {
      digest.update(string.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  /** Forgets a part that is being deleted. */
  static void forget(Database database, long part) throws SQLException {
    database.update(
        "DELETE FROM search_repeats WHERE part = ? OR older = ?",
        binder -> binder.number(part).number(part));
  }

  /** Forgets what a holder had: its number will be another's. */
  static void forgetHolder(Database database, long holder) throws SQLException {
    database.update("DELETE FROM search_texts WHERE holder = ?", binder -> binder.number(holder));
  }

  /** Forgets a part that a holder has no more. */
  static void forget(Database database, long holder, long part) throws SQLException {
    database.update(
        "DELETE FROM search_texts WHERE holder = ? AND part = ?",
        binder -> binder.number(holder).number(part));
  }

  /**
   * Returns the condition that a holder has not the same words in an older part.
   *
   * @param part the SQL expression for a part
   * @param holder the SQL expression for who has it
   */
  static String isNone(String part, String holder) {
    return "NOT EXISTS (SELECT 1 FROM search_repeats WHERE search_repeats.part = "
        + part
        + " AND (EXISTS (SELECT 1 FROM part_origins AS o WHERE o.id = older AND o.holder = "
        + holder
        + ") OR EXISTS (SELECT 1 FROM part_uses AS u WHERE u.part = older AND u.holder = "
        + holder
        + ")))";
  }
}
