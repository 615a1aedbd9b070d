package io.traceforge.export;

import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageException;
import io.traceforge.storage.TraceQuery;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * Writes traces as JSONL, one trace a line, in UTF-8. However many there are, only a page of them
 * is in memory; what is stored meanwhile may be in it or not. Where whole sessions are exported, a
 * session's last line also tells its metadata, from which an import knows how it ended; a session
 * without traces is left out.
 *
 * <p>An export may be written more than once. Safe for use by many threads.
 */
public final class TraceExport {
  private final StorageBackend storage;
  private final Content content;

  private TraceExport(StorageBackend storage, Content content) {
    this.storage = storage;
    this.content = content;
  }

  private interface Content {
    void write(ExportContent out) throws IOException;
  }

  /** Exports all sessions, the oldest first, then the traces that belong to none. */
  public static TraceExport all(StorageBackend storage) {
    return new TraceExport(
        storage,
        out -> {
          out.sessions(SessionQuery.all().reversed());
          out.traces(TraceQuery.ofNoSession());
        });
  }

  /**
   * Exports one session; nothing if it made no calls. If it is not stored when the export is
   * written, that throws a {@link NoSuchElementException}.
   */
  public static TraceExport session(StorageBackend storage, String sessionId) {
    return new TraceExport(storage, out -> out.knownSession(sessionId));
  }

  /**
   * Exports the sessions that a query finds, whole and in its order, from where the query stands to
   * the end. Its limit is that of a page.
   */
  public static TraceExport sessions(StorageBackend storage, SessionQuery query) {
    return new TraceExport(storage, out -> out.sessions(query));
  }

  /**
   * Exports the traces that a query finds, in its order, from where the query stands to the end.
   * Its limit is that of a page.
   */
  public static TraceExport traces(StorageBackend storage, TraceQuery query) {
    return new TraceExport(storage, out -> out.traces(query));
  }

  /**
   * Writes a file, in the place of what was there. The file is complete or, if this throws, as it
   * was before. Where the file system knows users, its owner alone may read it, as what was said
   * may be confidential.
   *
   * @return how many traces were written
   * @throws NoSuchElementException if the session to export is not stored
   * @throws StorageException if the storage fails
   */
  public long to(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Path directory = Objects.requireNonNull(target.getParent());
    Path unfinished = Files.createTempFile(directory, "." + target.getFileName(), ".tmp");
    try {
      long count;
      try (Writer out = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
        count = to(out);
      }
      Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
      return count;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /**
   * Writes to a writer, without closing it.
   *
   * @return how many traces were written
   * @throws NoSuchElementException if the session to export is not stored
   * @throws StorageException if the storage fails
   */
  public long to(Writer out) throws IOException {
    ExportContent lines = new ExportContent(storage, out);
    content.write(lines);
    return lines.count();
  }
}
