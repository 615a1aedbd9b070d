package io.traceforge.examples;

import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.tck.StorageBackendContract;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;

/** The example's backend does what every backend must do. */
class OwnStorageBackendContractTest extends StorageBackendContract {

  @Override
  protected StorageBackend open(Clock clock) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return new OwnStorageBackendExample.PrintingBackend(nowhere, clock);
  }
}
