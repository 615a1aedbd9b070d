package io.traceforge.export;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown where a file has a line that is no trace. The message names the file and the line. */
public final class BadLineException extends IOException {
  private static final long serialVersionUID = 1;

  private final long line;

  BadLineException(Path file, long line, String why, Throwable cause) {
    super("line " + line + " of " + file + ": " + why, cause);
    this.line = line;
  }

  /** Returns the line's number, from 1. */
  public long line() {
    return line;
  }
}
