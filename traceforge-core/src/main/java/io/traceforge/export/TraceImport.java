package io.traceforge.export;

import io.traceforge.redaction.Redactor;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageException;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads traces from JSONL, as {@link TraceExport} writes it, into a storage backend. To import a
 * file twice is the same as to import it once. However many traces there are, only some are in
 * memory. Immutable.
 */
public final class TraceImport {
  private final StorageBackend storage;
  private final Redactor redactor;
  private final @Nullable Consumer<BadLineException> onBadLine;

  private TraceImport(
      StorageBackend storage, Redactor redactor, @Nullable Consumer<BadLineException> onBadLine) {
    this.storage = storage;
    this.redactor = redactor;
    this.onBadLine = onBadLine;
  }

  /** Returns an import that stops at a bad line, and stores no secrets. */
  public static TraceImport into(StorageBackend storage) {
    return new TraceImport(storage, Redactor.secrets(), null);
  }

  /**
   * Returns this import, but passing over lines that are no traces.
   *
   * @param onBadLine is told each of them
   */
  public TraceImport skippingBadLines(Consumer<BadLineException> onBadLine) {
    return new TraceImport(storage, redactor, Objects.requireNonNull(onBadLine, "onBadLine"));
  }

  /** Returns this import with another redactor; what was redacted before stays as it is. */
  public TraceImport withRedactor(Redactor redactor) {
    return new TraceImport(storage, Objects.requireNonNull(redactor, "redactor"), onBadLine);
  }

  /**
   * Reads a file. Unless bad lines are skipped, the file is read twice: first to see that there is
   * none.
   *
   * @return how many traces were stored
   * @throws BadLineException if a line is no trace, and none is to be skipped; nothing is stored
   * @throws StorageException if the storage fails; what was stored before stays, and a second
   *     import completes it
   */
  public long from(Path file) throws IOException {
    if (onBadLine == null) {
      check(file);
    }
    ImportTarget target = new ImportTarget(storage, redactor);
    try (ImportedLines lines = new ImportedLines(file)) {
      for (ImportedLines.Line line = next(lines); line != null; line = next(lines)) {
        target.add(line);
      }
    }
    target.store();
    return target.count();
  }

  /**
   * Returns the traces of a file as they are, in its order, all in memory at once: for files of a
   * session or a few.
   *
   * @throws BadLineException if a line is no trace
   */
  public static List<Trace> read(Path file) throws IOException {
    List<Trace> traces = new ArrayList<>();
    try (ImportedLines lines = new ImportedLines(file)) {
      for (ImportedLines.Line line = lines.next(); line != null; line = lines.next()) {
        traces.add(line.trace());
      }
    }
    return traces;
  }

  private static void check(Path file) throws IOException {
    try (ImportedLines lines = new ImportedLines(file)) {
      while (lines.next() != null) {
        // A bad one throws.
      }
    }
  }

  private ImportedLines.@Nullable Line next(ImportedLines lines) throws IOException {
    while (true) {
      try {
        return lines.next();
      } catch (BadLineException bad) {
        if (onBadLine == null) {
          throw bad; // the file has changed since it was checked
        }
        onBadLine.accept(bad);
      }
    }
  }
}
