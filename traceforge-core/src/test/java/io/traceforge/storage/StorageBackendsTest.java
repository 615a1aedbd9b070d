package io.traceforge.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageBackendsTest {

  @Test
  void opensBackendByScheme() {
    try (StorageBackend backend = StorageBackend.open("memory:")) {
      assertThat(backend).isInstanceOf(InMemoryStorageBackend.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuch:traces.db", "memory", "", ":memory:"})
  void saysWhichSchemesItKnows(String url) {
    assertThatThrownBy(() -> StorageBackend.open(url))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("\"" + url + "\"")
        .hasMessageContaining("memory:")
        .hasMessageContaining("class path");
  }

  @Test
  void findsOwnProvidersWhateverTheContextClassLoader() {
    Thread thread = Thread.currentThread();
    ClassLoader context = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try (StorageBackend backend = StorageBackend.open("memory:")) {
      assertThat(backend.listSessions()).isEmpty();
    } finally {
      thread.setContextClassLoader(context);
    }
  }
}
