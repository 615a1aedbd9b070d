package io.traceforge.storage.sqlite;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores each part once and knows by its hash whether it is there. Used by one thread at a time,
 * inside transactions that write.
 *
 * <p>A part is held by the session that it came with, and by each that uses it later; a trace of no
 * session holds its parts itself. When the last holder is deleted, the part goes with it.
 *
 * <p>What is known is kept in memory: the newest parts of the file are loaded at the beginning, and
 * what other processes add is loaded before each transaction. A part that was forgotten is stored a
 * second time. Whoever deletes parts counts that in the file, so that nobody trusts what he knew.
 */
final class PartStore {
  private static final int MOST_KNOWN = 200_000;
  private static final int MOST_USES = 10_000;

  /** A known part takes about 130 bytes of memory; all of them shall take a sixteenth at most. */
  private static final int MEMORY_PER_KNOWN = 2_048;

  private final int capacity =
      (int) Math.min(MOST_KNOWN, Runtime.getRuntime().maxMemory() / MEMORY_PER_KNOWN);
  private final Cache<PartHash, PartRef> known =
      Caffeine.newBuilder().maximumSize(capacity).executor(Runnable::run).build();
  private final Database database;
  private final Map<PartHash, PartRef> added = new HashMap<>();

  /** A session's calls use the same parts again and again. */
  private final Cache<Use, Boolean> knownUses =
      Caffeine.newBuilder().maximumSize(MOST_USES).executor(Runnable::run).build();

  private final Set<Use> addedUses = new HashSet<>();
  private long collections = -1;
  private long collectedNow;
  private long loaded;
  private long last;

  PartStore(Database database) {
    this.database = database;
  }

  /**
   * Learns what others did since the last transaction.
   *
   * @return whether what was known before still holds
   */
  boolean begin() throws SQLException {
    added.clear();
    addedUses.clear();
    collectedNow = 0;
    long now = database.findNumber("SELECT collections FROM housekeeping");
    boolean same = now == collections;
    if (!same) {
      known.invalidateAll();
      knownUses.invalidateAll();
      loaded = 0;
      collections = now;
    }
    // A number that the search index has gone past must not be given again.
    last =
        database.findNumber(
            "SELECT max(indexed, (SELECT coalesce(max(id), 0) FROM part_origins))"
                + " FROM housekeeping");
    if (last > loaded) {
      load();
    }
    return same;
  }

  private void load() throws SQLException {
    database.list(
        "SELECT id, hash, holder FROM part_origins WHERE id > ? ORDER BY id DESC LIMIT ?",
        binder -> binder.number(loaded).number(capacity),
        row -> {
          PartRef ref = new PartRef(row.number(), PartHash.of(row.bytes()), row.number());
          known.put(ref.hash(), ref);
          return ref.id();
        });
    loaded = last;
  }

  /** Keeps in mind what a transaction has changed, now that it is committed. */
  void committed() {
    known.putAll(added);
    collections += collectedNow;
    loaded = last;
    added.clear();
    addedUses.forEach(use -> knownUses.put(use, true));
    addedUses.clear();
  }

  /** Forgets a part that is being deleted. */
  void forget(PartHash hash) {
    known.invalidate(hash);
    added.remove(hash);
  }

  /** Takes note that a part has another holder. */
  void handedOn(PartRef part) {
    known.invalidate(part.hash());
    added.put(part.hash(), part);
  }

  /** Tells other processes, once this transaction is committed, that what they know is old. */
  void collected() throws SQLException {
    database.execute("UPDATE housekeeping SET collections = collections + 1");
    collectedNow++;
    knownUses.invalidateAll();
    addedUses.clear();
  }

  /** Returns a part that is stored, or {@code null}. */
  @Nullable PartRef find(PartHash hash) {
    PartRef ref = added.get(hash);
    return ref != null ? ref : known.getIfPresent(hash);
  }

  /** Stores a new part. */
  PartRef add(PartHash hash, int kind, byte[] content, Holder holder) throws SQLException {
    PartRef ref = new PartRef(++last, hash, holder.number());
    database.update(
        "INSERT INTO parts (id, kind, content) VALUES (?, ?, ?)",
        binder -> binder.number(ref.id()).number(kind).bytes(content));
    database.update(
        "INSERT INTO part_origins (id, hash, holder, trace) VALUES (?, ?, ?, ?)",
        binder ->
            binder
                .number(ref.id())
                .bytes(hash.bytes())
                .number(holder.number())
                .number(holder.trace()));
    added.put(hash, ref);
    return ref;
  }

  /**
   * Takes note that another session holds a part too, with the parts inside of it: those that it
   * names itself, as a text that is stored twice is another part elsewhere.
   */
  void useWhole(PartRef part, Holder holder) throws SQLException {
    if (use(part, holder)) {
      for (long inside : new UsedParts(database).newInside(part.id())) {
        database.update(
            "INSERT OR IGNORE INTO part_uses (part, holder, trace)"
                + " SELECT id, ?, ? FROM part_origins WHERE id = ? AND holder <> ?",
            binder ->
                binder
                    .number(holder.number())
                    .number(holder.trace())
                    .number(inside)
                    .number(holder.number()));
      }
    }
  }

  private record Use(long part, long holder) {}

  /**
   * Takes note that another session holds a part too, which has no parts inside.
   *
   * @return whether it did not before, as far as is known
   */
  @CanIgnoreReturnValue
  boolean use(PartRef part, Holder holder) throws SQLException {
    Use use = new Use(part.id(), holder.number());
    if (part.holder() == holder.number()
        || addedUses.contains(use)
        || knownUses.getIfPresent(use) != null) {
      return false;
    }
    addedUses.add(use);
    return database.update(
            "INSERT OR IGNORE INTO part_uses (part, holder, trace) VALUES (?, ?, ?)",
            binder -> binder.number(part.id()).number(holder.number()).number(holder.trace()))
        > 0;
  }
}
