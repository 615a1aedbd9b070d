package io.traceforge.storage.sqlite;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets a search see all that was stored before it began: what the file's index lacks is indexed
 * first, or in memory if nothing may be written.
 */
final class CompleteSearch {
  private final @Nullable SearchUpkeep upkeep;
  private final ReaderPool readers;

  /**
   * Creates such searches.
   *
   * @param upkeep what keeps the index, or {@code null} if nothing may be written
   */
  CompleteSearch(@Nullable SearchUpkeep upkeep, ReaderPool readers) {
    this.upkeep = upkeep;
    this.readers = readers;
  }

  /** A search in one state of the file, and in what its index lacks. */
  @FunctionalInterface
  interface Search<T> {
    T in(Database reader, @Nullable LateIndex late) throws SQLException;
  }

  /** What was found, or else what there was when the search began. */
  private record Begin<T>(Optional<T> found, LateChanges changes) {}

  /** Searches. Readers are given back while the index is brought up to date. */
  <T> T run(Search<T> search) {
    Begin<T> begin = inState(reader -> begin(reader, search));
    return begin.found().orElseGet(() -> goOn(search, begin.changes()));
  }

  private <T> T inState(SqlFunction<Database, T> reading) {
    return readers.read("search", reader -> reader.readTransaction(reading));
  }

  private static <T> Begin<T> begin(Database reader, Search<T> search) throws SQLException {
    LateChanges changes = LateChanges.NONE;
    Optional<T> found = Optional.empty();
    if (SearchIndex.newestMissing(reader) == 0) {
      found = Optional.of(search.in(reader, null));
    } else {
      changes = LateChanges.since(reader);
    }
    return new Begin<>(found, changes);
  }

  private <T> T goOn(Search<T> search, LateChanges changes) {
    if (upkeep == null) {
      return afresh(search, LateIndex::make);
    }
    upkeep.catchUp(changes.newestPart());
    Optional<T> found = inState(reader -> unlessCrossed(reader, search, changes));
    return found.orElseGet(
        () -> afresh(search, database -> LateIndex.ofChanges(database, changes)));
  }

  /** What changed its words while it was indexed may be missing again. */
  private static <T> Optional<T> unlessCrossed(
      Database reader, Search<T> search, LateChanges changes) throws SQLException {
    boolean complete = !changes.isAnythingGone(reader) || SearchIndex.newestMissing(reader) == 0;
    return complete ? Optional.of(search.in(reader, null)) : Optional.empty();
  }

  private <T> T afresh(Search<T> search, SqlFunction<Database, LateIndex> making) {
    return readers.readAfresh(
        "search",
        database -> {
          LateIndex late = making.apply(database);
          return database.readTransaction(reader -> search.in(reader, late));
        });
  }
}
