package io.traceforge.storage.sqlite;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Brings the search index up to date in slices, so that whoever stores something meanwhile does not
 * wait long. Safe for use by many threads.
 *
 * <p>Each slice leaves a piece of index, and a search looks into all pieces; so they are joined now
 * and then, in slices too. Left to itself the engine would do so while it indexes, at times in one
 * go, for twice the time.
 */
final class SearchUpkeep {
  /** With more pieces than these, joining comes before indexing. */
  private static final int MOST_PIECES = 256;

  private final Writer writer;

  /** How many pieces there are at least since all were joined; of before nothing is known. */
  private final AtomicInteger pieces = new AtomicInteger(1);

  SearchUpkeep(Writer writer) {
    this.writer = writer;
  }

  /** Does one slice. Returns whether there is more to do. */
  boolean goOn() {
    if (pieces.get() < MOST_PIECES && isBehind()) {
      writer.write("index", access -> index(access, SearchIndex.newest(access.database())));
      return true;
    }
    return pieces.get() > 0 && (join() || isBehind());
  }

  /** Not asked of a reader: whoever stores must not wait until one of them is free. */
  private boolean isBehind() {
    return writer.outsideTransaction(
        "index", access -> SearchIndex.newestMissing(access.database()) > 0);
  }

  /** Indexes all that is stored up to a part. */
  void catchUp(long last) {
    boolean more = true;
    while (more) {
      if (pieces.get() >= MOST_PIECES) {
        join();
      } else {
        more = writer.write("search", access -> index(access, last));
      }
    }
  }

  /** Takes note that something was deleted: the index has room for it until pieces are joined. */
  void deleted() {
    pieces.incrementAndGet();
  }

  /** Joins the pieces until there is nothing of what was deleted. */
  void clear() {
    while (join()) {
      // In slices: whoever waits to store something comes in between.
    }
  }

  private boolean index(WriteAccess access, long last) throws SQLException {
    pieces.incrementAndGet();
    return SearchIndex.goOn(access.database(), last);
  }

  private boolean join() {
    boolean more = writer.write("index", access -> SearchIndex.join(access.database()));
    if (!more) {
      pieces.set(0);
    }
    return more;
  }
}
