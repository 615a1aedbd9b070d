package io.traceforge.storage.sqlite;

import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageBackendProvider;
import io.traceforge.storage.StorageException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Opens {@link SqliteStorageBackend} for {@code sqlite:} followed by a path: {@code
 * sqlite:traces.db} is relative to the working directory, {@code sqlite:/var/lib/app/traces.db} is
 * absolute. Public for ServiceLoader only.
 */
public final class SqliteStorageProvider implements StorageBackendProvider {
  private static final String SCHEME = "sqlite";

  /** Creates the provider. */
  public SqliteStorageProvider() {}

  @Override
  public String scheme() {
    return SCHEME;
  }

  @Override
  public StorageBackend open(String url) {
    return SqliteStorageBackend.open(path(url));
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
