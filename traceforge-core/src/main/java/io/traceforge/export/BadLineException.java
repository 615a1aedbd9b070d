package io.traceforge.export;

import java.io.IOException;

/** Thrown where a file has a line that is no trace. */
public final class BadLineException extends IOException {
  private static final long serialVersionUID = 1;

  private final long line;

  BadLineException(long line, String why, Throwable cause) {
    super("line " + line + ": " + why, cause);
    this.line = line;
  }

  /** Returns the line's number, from 1. */
  public long line() {
    return line;
  }
}
