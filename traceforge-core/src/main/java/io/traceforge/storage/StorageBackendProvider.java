package io.traceforge.storage;

/**
 * Opens backends of one kind. Providers are found with {@link java.util.ServiceLoader}, so a module
 * that names its provider in {@code META-INF/services} makes its backend known. Implementations are
 * stateless and safe for use by many threads; they need a public constructor without parameters.
 */
public interface StorageBackendProvider {

  /** Returns the scheme of the URLs that this provider opens, such as {@code sqlite}. */
  String scheme();

  /**
   * Opens a backend.
   *
   * @param url a URL that begins with {@link #scheme()} and a colon
   * @throws StorageException if the backend cannot be opened; the message says why
   */
  StorageBackend open(String url);
}
