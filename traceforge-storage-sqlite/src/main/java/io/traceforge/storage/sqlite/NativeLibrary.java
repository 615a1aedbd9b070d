package io.traceforge.storage.sqlite;

import io.traceforge.storage.StorageException;
import org.sqlite.SQLiteJDBCLoader;

/** The engine, which the driver unpacks and loads when it is first needed. */
final class NativeLibrary {
  private NativeLibrary() {}

  /**
   * Loads the engine. The driver runs a program to learn about the system, and the JDK's thread
   * that waits for its end inherits the context class loader and lives on for a minute: a web
   * application's must not be held by it.
   */
  static void load() {
    Thread thread = Thread.currentThread();
    ClassLoader context = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      throw new StorageException("cannot load SQLite's native library: " + e, e);
    } finally {
      thread.setContextClassLoader(context);
    }
  }
}
