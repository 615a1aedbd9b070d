package io.traceforge.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** Finds storage backends by URL, for {@link StorageBackend#open}. */
final class StorageBackends {
  private StorageBackends() {}

  static StorageBackend open(String url) {
    Map<String, StorageBackendProvider> providers = providers();
    int colon = url.indexOf(':');
    StorageBackendProvider provider = colon < 0 ? null : providers.get(url.substring(0, colon));
    if (provider == null) {
      throw new StorageException(
          "no storage backend for \""
              + url
              + "\": expected a URL that begins with one of "
              + providers.keySet().stream().map(scheme -> scheme + ":").toList()
              + "; is the backend's module on the class path?");
    }
    return provider.open(url);
  }

  private static Map<String, StorageBackendProvider> providers() {
    Map<String, StorageBackendProvider> found = new LinkedHashMap<>();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    addFrom(context, found);
    addFrom(StorageBackends.class.getClassLoader(), found);
    return found;
  }

  private static void addFrom(ClassLoader loader, Map<String, StorageBackendProvider> found) {
    ServiceLoader.load(StorageBackendProvider.class, loader).stream()
        .map(ServiceLoader.Provider::get)
        .forEach(provider -> found.putIfAbsent(provider.scheme(), provider));
  }
}
