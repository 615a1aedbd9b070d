package io.traceforge.examples;

import io.traceforge.TraceForge;
import io.traceforge.storage.StorageBackend;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What an example runs with: a simulated provider, a database file, a place to print to. */
final class ExampleFixture implements AutoCloseable {
  final SimulatedProvider simulated = SimulatedProvider.start();
  final Provider provider = Provider.simulated(simulated);
  final TraceForge traceForge;
  final StorageBackend storage;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  ExampleFixture(Path folder) {
    traceForge = TraceForge.open("sqlite:" + folder.resolve("traces.db"));
    storage = traceForge.storage();
  }

  String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    traceForge.close();
    provider.close();
  }
}
