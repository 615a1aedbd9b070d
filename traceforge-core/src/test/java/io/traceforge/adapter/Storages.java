package io.traceforge.adapter;

import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.StorageBackend;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Storages for the tests of adapters. */
public final class Storages {
  private Storages() {}

  /** Returns a storage that fails whenever it is to store something. */
  public static StorageBackend failing() {
    StorageBackend working = new InMemoryStorageBackend();
    return (StorageBackend)
        Proxy.newProxyInstance(
            StorageBackend.class.getClassLoader(),
            new Class<?>[] {StorageBackend.class},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith("save")) {
                throw new IllegalStateException("the disk is full");
              }
              try {
                return method.invoke(working, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  /** Returns the files of a folder, a database's log among them, whose bytes hold a text. */
  public static List<Path> filesWith(Path folder, String text) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }
}
