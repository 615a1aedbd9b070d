package io.traceforge.storage.sqlite;

import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageBackendProvider;
import io.traceforge.storage.StorageException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Opens {@link SqliteStorageBackend} for {@code sqlite:} followed by a path: {@code
 * sqlite:traces.db} is relative to the working directory, {@code sqlite:/var/lib/app/traces.db} is
 * absolute. {@code sqlite:traces.db?mode=ro} opens a file for reading only (see {@link
 * SqliteStorageBackend.Builder#readOnly()}). Public for ServiceLoader only.
 */
public final class SqliteStorageBackendProvider implements StorageBackendProvider {
  private static final String SCHEME = "sqlite";
  private static final String READ_ONLY = "?mode=ro";

  /** Creates the provider. */
  public SqliteStorageBackendProvider() {}

  @Override
  public String scheme() {
    return SCHEME;
  }

  @Override
  public StorageBackend open(String url) {
    int question = url.indexOf('?');
    if (question < 0) {
      return SqliteStorageBackend.open(path(url));
    }
    if (!url.substring(question).equals(READ_ONLY)) {
      throw new StorageException(
          "\""
              + url
              + "\": expected nothing but "
              + READ_ONLY
              + " after the file; one with a question mark in its name is opened by"
              + " SqliteStorageBackend.open(path)");
    }
    return SqliteStorageBackend.builder(path(url.substring(0, question))).readOnly().open();
  }

  private static Path path(String url) {
    String path = url.startsWith(SCHEME + ":") ? url.substring(SCHEME.length() + 1) : "";
    if (path.isBlank()) {
      throw new StorageException(
          "\"" + url + "\" names no file: expected a URL such as sqlite:traces.db");
    }
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new StorageException("\"" + url + "\" names no file: " + e.getMessage(), e);
    }
  }
}
