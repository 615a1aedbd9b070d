package io.traceforge.junit5;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/** What JUnit keeps for a test: who is in charge, and what has been started. */
final class TestRuns {
  private static final Namespace NAMESPACE = Namespace.create(TestRuns.class);
  private static final String RECORD = "traceforge.record";

  private final ExtensionContext context;
  private final Store store;

  private TestRuns(ExtensionContext context) {
    this.context = context;
    this.store = context.getStore(NAMESPACE);
  }

  static TestRuns of(ExtensionContext context) {
    return new TestRuns(context);
  }

  void putInCharge(TraceForgeExtension extension) {
    store.put(TraceForgeExtension.class, extension);
  }

  @Nullable TraceForgeExtension inCharge() {
    return store.get(TraceForgeExtension.class, TraceForgeExtension.class);
  }

  /** Returns the test's run, or null if nothing has asked for it. */
  @Nullable TestRun started() {
    return store.get(TestRun.class, TestRun.class);
  }

  /** Returns the test's run, starting it if it is not yet. */
  TestRun run(Settings settings) {
    TestRun started = started();
    if (started != null) {
      return started;
    }
    TestRun run = start(settings, CassetteName.of(context).orElseThrow());
    store.put(TestRun.class, run); // JUnit closes it, whatever happens
    return run;
  }

  private TestRun start(Settings settings, CassetteName name) {
    Cassette cassette = Cassette.of(settings.directory(), name.text());
    if (records()) {
      claim(cassette);
      return new RecordingRun(settings, cassette);
    }
    boolean all = settings.allCallsReplayed() || name.annotation().allCallsReplayed();
    return ReplayingRun.start(settings, cassette, all);
  }

  private boolean records() {
    String value = context.getConfigurationParameter(RECORD).orElse("false").strip();
    if (value.isEmpty() || value.equalsIgnoreCase("true")) {
      return true;
    }
    if (value.equalsIgnoreCase("false")) {
      return false;
    }
    throw new ExtensionConfigurationException(
        RECORD + ": expected true or false, got \"" + value + '"');
  }

  /** A cassette that two tests record would be that of the last one. */
  @SuppressWarnings("unchecked") // nobody else knows the key
  private void claim(Cassette cassette) {
    Store ofAll = context.getRoot().getStore(NAMESPACE);
    Map<Path, String> testsByFile =
        ofAll.getOrComputeIfAbsent("recorded", key -> new ConcurrentHashMap<>(), Map.class);
    String other = testsByFile.putIfAbsent(cassette.file(), context.getUniqueId());
    if (other != null && !other.equals(context.getUniqueId())) {
      throw new ExtensionConfigurationException(
          "Two tests would record %s: give each a name of its own, or record one of them alone. The other one is %s"
              .formatted(cassette.file(), other));
    }
  }
}
