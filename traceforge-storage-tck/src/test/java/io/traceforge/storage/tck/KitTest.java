package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.Trace;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The kit passes what is right, and catches what is wrong. */
class KitTest {
  private static List<Fault> faults() {
    return Stream.of(
            WritingFaults.ALL,
            SharingFaults.ALL,
            ContentFaults.ALL,
            ReadingFaults.ALL,
            FilterFaults.ALL,
            HierarchyFaults.ALL,
            SessionFaults.ALL,
            LifecycleFaults.ALL,
            SearchFaults.ALL,
            RetentionFaults.ALL)
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void aRightBackendPassesWhole() {
    KitRun run = KitRun.of(UnaryOperator.identity(), KitRun.groups());
    assertThat(run.failed()).isEmpty();
    assertThat(run.skipped()).isEmpty();
    assertThat(run.passed()).hasSizeGreaterThan(150);
  }

  @Test
  void thereIsAFaultForEachGroup() {
    assertThat(faults().stream().map(Fault::group).distinct())
        .isSubsetOf(KitRun.groups())
        .containsAll(new HashSet<>(KitRun.groups()));
  }

  @Test
  void aFailureTellsTheRule() {
    assertThat(
            failure(
                FilterFaults::forgetting,
                StorageBackendContract.SessionFilters.class,
                "aSessionWhoseOnlyTraceWentToAnotherOne"))
        .hasMessageContaining("\"left\", which stays known");
  }

  @Test
  void aFailureTellsWhatWasAskedFor() {
    assertThat(failure(KitTest::unreadable, StorageBackendContract.HostileText.class, "sql"))
        .hasMessageContaining("getTrace(\"")
        .hasMessageContaining("saved with the state \"'; DROP TABLE traces")
        .hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat(failure(KitTest::unreadable, StorageBackendContract.HostileText.class, "aMegabyte"))
        .message()
        .hasSizeLessThan(1_000);
  }

  private static StorageBackend unreadable(StorageBackend right) {
    return new ForwardingBackend(right) {
      @Override
      public Optional<Trace> getTrace(String traceId) {
        throw new IllegalArgumentException("malformed");
      }
    };
  }

  private static Throwable failure(
      UnaryOperator<StorageBackend> breaking, Class<?> group, String test) {
    KitRun run = KitRun.of(breaking, List.of(group));
    assertThat(run.failed()).containsKey(test);
    return run.failed().get(test);
  }

  @TestFactory
  Stream<DynamicTest> eachFaultIsCaught() {
    return faults().stream().map(fault -> DynamicTest.dynamicTest(name(fault), () -> check(fault)));
  }

  private static String name(Fault fault) {
    return fault.group().getSimpleName() + ": a backend that " + fault.name();
  }

  private static void check(Fault fault) {
    KitRun run = KitRun.of(fault.breaking(), List.of(fault.group()));
    assertThat(run.failed()).as("failed in %s", fault.group()).containsKey(fault.test());
  }
}
