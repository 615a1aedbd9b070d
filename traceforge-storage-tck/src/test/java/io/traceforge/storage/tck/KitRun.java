package io.traceforge.storage.tck;

import io.traceforge.storage.StorageBackend;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A run of groups of the kit on a backend, and what became of their tests. */
final class KitRun implements TestExecutionListener {
  private final Map<String, Throwable> failed = new TreeMap<>();
  private final Set<String> passed = new TreeSet<>();
  private final Set<String> skipped = new TreeSet<>();

  private KitRun() {}

  /** Returns the groups of the kit. */
  static List<Class<?>> groups() {
    return Arrays.stream(StorageBackendContract.class.getDeclaredClasses())
        .filter(group -> group.isAnnotationPresent(Nested.class))
        .toList();
  }

  /**
   * Runs groups on a backend.
   *
   * @param breaking makes the backend wrong
   */
  static KitRun of(UnaryOperator<StorageBackend> breaking, List<Class<?>> groups) {
    FaultyContract.breakBy(breaking);
    List<? extends DiscoverySelector> selectors =
        groups.stream()
            .map(
                group -> DiscoverySelectors.selectNestedClass(List.of(FaultyContract.class), group))
            .toList();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectors).build();
    // What listens to the tests around this run has nothing to do with it.
    LauncherConfig alone =
        LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .build();
    KitRun run = new KitRun();
    LauncherFactory.create(alone).execute(request, run);
    return run;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    String name = name(test);
    switch (result.getStatus()) {
      case FAILED -> failed.put(name, result.getThrowable().orElseThrow());
      case ABORTED -> skipped.add(name);
      case SUCCESSFUL -> {
        if (test.isTest()) {
          passed.add(name);
        }
      }
    }
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    skipped.add(name(test));
  }

  private static String name(TestIdentifier test) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(source -> ((MethodSource) source).getMethodName())
        .orElse(test.getDisplayName());
  }

  Map<String, Throwable> failed() {
    return failed;
  }

  Set<String> passed() {
    return passed;
  }

  Set<String> skipped() {
    return skipped;
  }
}
