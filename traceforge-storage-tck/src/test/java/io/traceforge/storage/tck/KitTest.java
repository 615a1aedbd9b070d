package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
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
