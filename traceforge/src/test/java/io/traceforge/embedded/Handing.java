package io.traceforge.embedded;

import io.traceforge.Unclosed;
import io.traceforge.storage.StorageBackend;

/** Hands everything on to another backend; for tests that change a part of that. */
class Handing extends Unclosed {
  private final StorageBackend backend;

  Handing(StorageBackend backend) {
    super(backend);
    this.backend = backend;
  }

  @Override
  public void close() {
    backend.close();
  }
}
