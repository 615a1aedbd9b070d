package io.traceforge.storage.sqlite;

import io.traceforge.storage.Page;
import io.traceforge.storage.Retention;
import io.traceforge.storage.RetentionPolicy;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageException;
import io.traceforge.storage.TraceKey;
import io.traceforge.storage.TraceQuery;
import io.traceforge.storage.TraceSearch;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps everything in one SQLite file. SQLite runs inside the process: there is nothing to install
 * and no server to start.
 *
 * <p>Instances are thread-safe. Writers take turns; readers have connections of their own, and wait
 * for nobody. Several processes may share a file, as long as it lies on a local disk. An interrupt
 * of the calling thread neither stops nor harms what it has begun.
 *
 * <p>A new file is readable and writable for its owner alone; SQLite keeps two more beside it,
 * whose names end in {@code -wal} and {@code -shm}, and which belong to it. A file that is no
 * database, or one of another program or of a newer TraceForge, is refused and left as it was.
 * Times are kept to the nanosecond, from 1677 to 2262; a trace out of that range is refused with a
 * {@link StorageException}.
 *
 * <p>What {@link RetentionPolicy#maxBytes()} bounds are the pages in use, be they in the file
 * already or still in the {@code -wal} file. On the disk that file comes on top: up to about 32
 * MiB, two or three times that while others read without a pause, more only beside a transaction
 * that somebody holds open, and nothing once the backend is closed and no other process uses the
 * file.
 *
 * <p>Anybody may read the file with other tools, such as the {@code sqlite3} shell. The view {@code
 * traces_json} shows bodies whole; of a stream whose answer was put together it shows that answer.
 */
public final class SqliteStorageBackend implements StorageBackend {
  private final boolean readOnly;
  private final Clock clock;
  private final Writer writer;
  private final ReaderPool readers;
  private final SearchUpkeep upkeep;
  private final SqliteSearch search;

  private SqliteStorageBackend(Builder builder) {
    NativeLibrary.load();
    readOnly = builder.readOnly;
    Path file =
        readOnly
            ? DatabaseFile.existing(builder.path)
            : DatabaseFile.prepare(builder.path, builder.busyTimeout);
    Connections connections =
        new Connections(file, builder.synchronousFull, builder.busyTimeout, readOnly);
    clock = builder.clock;
    writer = new Writer(connections);
    readers = new ReaderPool(connections, builder.readers);
    upkeep = new SearchUpkeep(writer);
    search = new SqliteSearch(new CompleteSearch(readOnly ? null : upkeep, readers), file);
    if (readOnly) {
      readers.read("open", reader -> true);
    }
  }

  /**
   * Opens a file with default settings; creates it if it is missing.
   *
   * @param path the file; its directory must exist
   * @throws StorageException if the file cannot be used; the message says why
   */
  public static SqliteStorageBackend open(Path path) {
    return builder(path).open();
  }

  /** Returns a builder of a backend for a file, with default settings. */
  public static Builder builder(Path path) {
    return new Builder(path);
  }

  @Override
  public void saveTraces(List<Trace> traces) {
    List<Trace> batch = List.copyOf(traces);
    writer.write(
        "store traces in",
        access -> {
          WriteOperations.saveTraces(access, batch);
          return true;
        });
  }

  @Override
  public void updateSession(SessionUpdate update) {
    writer.write(
        "store a session in",
        access -> {
          WriteOperations.updateSession(access, update);
          return true;
        });
  }

  @Override
  public Optional<Trace> getTrace(String traceId) {
    return read(database -> TraceSelect.byId(database, traceId)).stream().findFirst();
  }

  @Override
  public Page<Trace> listTraces(TraceQuery query) {
    List<Trace> found = read(database -> TraceSelect.list(database, query, query.limit() + 1));
    return Page.of(found, query.limit(), trace -> TraceKey.of(trace).toCursor());
  }

  @Override
  public List<Trace> listTracesBySession(String sessionId) {
    return read(database -> TraceSelect.list(database, TraceQuery.ofSession(sessionId), -1));
  }

  @Override
  public Optional<SessionMetadata> getSessionMetadata(String sessionId) {
    Instant now = clock.instant();
    return read(database -> database.readTransaction(r -> find(r, sessionId)))
        .map(row -> row.figures().toMetadata(now));
  }

  private static Optional<SessionRow> find(Database database, String sessionId)
      throws SQLException {
    return Optional.ofNullable(SessionRow.findWhole(database, sessionId));
  }

  @Override
  public Page<SessionMetadata> listSessions(SessionQuery query) {
    Instant now = clock.instant();
    List<SessionRow> found =
        read(database -> database.readTransaction(r -> SessionSelect.list(r, query, now)));
    Page<SessionRow> page = Page.of(found, query.limit(), row -> row.key().toCursor());
    return new Page<>(
        page.items().stream().map(row -> row.figures().toMetadata(now)).toList(),
        page.nextCursor());
  }

  @Override
  public boolean deleteSession(String sessionId) {
    boolean deleted =
        writer.write(
            "delete a session in", access -> WriteOperations.deleteSession(access, sessionId));
    upkeep.deleted();
    return deleted;
  }

  @Override
  public Optional<TraceSearch> search() {
    return Optional.of(search);
  }

  @Override
  public Optional<Retention> retention() {
    return readOnly
        ? Optional.empty()
        : Optional.of(new SqliteRetention(writer, readers, upkeep, clock));
  }

  /** Goes on with the search index. */
  @Override
  public boolean maintain() {
    return !readOnly && upkeep.goOn();
  }

  /**
   * Looks through the whole file for damage: of its structure, of texts that are not what was
   * stored, of traces that cannot be read, of the search index, of session figures that are not
   * those of the traces. Takes about as long as reading everything; others may read and write
   * meanwhile, but the WAL grows by what they write. A changed byte is not seen in what a trace
   * keeps for itself: short bodies, and what stands around the long texts of others.
   *
   * @return what is wrong, for people to read; empty if all is well
   * @throws StorageException if the file cannot even be looked through
   */
  public List<String> check() {
    return readers.readAfresh("check", FileCheck::run);
  }

  private <T> T read(SqlFunction<Database, T> query) {
    return readers.read("read", query);
  }

  /**
   * Waits for reads and writes that are going on, copies the WAL into the file if no other process
   * uses it, and closes. Closing again does nothing.
   */
  @Override
  public void close() {
    try {
      readers.close();
      search.close();
    } finally {
      writer.close();
    }
  }

  /** Settings of a {@link SqliteStorageBackend}. Not thread-safe. */
  public static final class Builder {
    private static final int MAX_READERS = 64;

    private final Path path;
    private Clock clock = Clock.systemUTC();
    private Duration busyTimeout = Duration.ofSeconds(10);
    private boolean synchronousFull;
    private int readers = 4;
    private boolean readOnly;

    private Builder(Path path) {
      this.path = path;
    }

    /** Sets the clock by which sessions' status is told; the system's by default. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Sets how long to wait while another process has the file locked; 10 seconds by default. After
     * that, a {@link StorageException} is thrown.
     *
     * @throws IllegalArgumentException if the duration is negative or longer than a day
     */
    public Builder busyTimeout(Duration timeout) {
      if (timeout.isNegative() || timeout.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException("timeout: expected 0 to 24 hours, got " + timeout);
      }
      busyTimeout = timeout;
      return this;
    }

    /**
     * Sets whether each commit waits until the disk has it. Without, which is the default, nothing
     * is lost when the process dies, but a power failure may take the last commits; the file stays
     * sound either way.
     */
    public Builder synchronousFull(boolean full) {
      synchronousFull = full;
      return this;
    }

    /**
     * Sets how many threads can read at the same time; 4 by default. More wait for their turn.
     *
     * @throws IllegalArgumentException if the number is not between 1 and 64
     */
    public Builder readers(int count) {
      if (count < 1 || count > MAX_READERS) {
        throw new IllegalArgumentException(
            "count: expected 1 to " + MAX_READERS + ", got " + count);
      }
      readers = count;
      return this;
    }

    /**
     * Opens the file for reading only: whoever looks changes nothing, and a mistyped name creates
     * nothing. What others store meanwhile is seen as it is stored. Whatever would write throws a
     * {@link StorageException}, and there is no {@link SqliteStorageBackend#retention()}. A search
     * looks itself through what the file's writer has not indexed yet, each time anew; of the best
     * matches, those come first.
     *
     * <p>The file is enough: its directory need not be writable, and nothing is put into it. Only
     * what a killed process left in a {@code -wal} file cannot be read without a {@code -shm} file
     * beside it, which is made if there is none. A file whose schema is too old to be read as it is
     * is refused until it was opened for writing once.
     */
    public Builder readOnly() {
      readOnly = true;
      return this;
    }

    /**
     * Opens the file; creates it if it is missing, unless it is to be read only.
     *
     * @throws StorageException if the file cannot be used; the message says why
     */
    public SqliteStorageBackend open() {
      return new SqliteStorageBackend(this);
    }
  }
}
