package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order of listings, and which traces a query asks for. */
abstract class OrderTests extends ContractTests {
  OrderTests(StorageBackendContract contract) {
    super(contract);
  }

  private List<String> listed(TraceQuery query) {
    return ids(storage.listTraces(query).items());
  }

  @Test
  void theTracesOfASessionComeByStepThenStartThenId() {
    save(Samples.success(5, 1, 0, 1).build(), Samples.success(4, 0, 30, 31).build());
    save(Samples.success(3, 0, 20, 21).build(), Samples.success(2, 10, 0, 1).build());
    save(Samples.success(1, 0, 30, 31).build());
    List<String> order =
        List.of(Samples.id(3), Samples.id(1), Samples.id(4), Samples.id(5), Samples.id(2));
    assertThat(ids(storage.listTracesBySession(Samples.SESSION))).isEqualTo(order);
    assertThat(listed(TraceQuery.ofSession(Samples.SESSION))).isEqualTo(order);
  }

  @Test
  void allTracesComeByStartThenId() {
    save(Samples.success(3, 0, 20, 21).build(), Samples.success(2, 5, 10, 11).build());
    save(Samples.bare(4).startTime(Samples.at(20)).build());
    save(Samples.success(1, 0, 20, 21).sessionId("other").build());
    assertThat(listed(TraceQuery.all()))
        .containsExactly(Samples.id(2), Samples.id(1), Samples.id(3), Samples.id(4));
  }

  @Test
  void startsAreToldApartByNanoseconds() {
    Instant start = Samples.START;
    save(Samples.bare(1).startTime(start.plusNanos(2)).build());
    save(Samples.bare(2).startTime(start.plusNanos(1)).build());
    save(Samples.bare(3).startTime(start).build());
    TraceQuery all = TraceQuery.all();
    assertThat(listed(all)).containsExactly(Samples.id(3), Samples.id(2), Samples.id(1));
    assertThat(listed(all.startedFrom(start.plusNanos(1)).startedBefore(start.plusNanos(2))))
        .containsExactly(Samples.id(2));
    assertThat(stored(Samples.id(1)).startTime()).isEqualTo(start.plusNanos(2));
  }

  @Test
  void timesBefore1970AreInOrder() {
    save(Samples.bare(1).startTime(Instant.EPOCH).build());
    save(Samples.bare(2).startTime(Instant.EPOCH.minusNanos(1_000)).build());
    save(Samples.bare(3).startTime(Instant.parse("1901-01-01T00:00:00.5Z")).build());
    assertThat(listed(TraceQuery.all()))
        .containsExactly(Samples.id(3), Samples.id(2), Samples.id(1));
    assertThat(stored(Samples.id(2)).startTime()).isEqualTo(Instant.EPOCH.minusNanos(1_000));
  }

  @Test
  void reversedIsTheSameBackwards() {
    save(Samples.success(1, 0, 5, 6).build(), Samples.success(2, 1, 5, 6).build());
    save(Samples.success(3, 0, 5, 6).build());
    assertThat(listed(TraceQuery.ofSession(Samples.SESSION).reversed()))
        .containsExactly(Samples.id(2), Samples.id(3), Samples.id(1));
    assertThat(listed(TraceQuery.all().reversed()))
        .containsExactly(Samples.id(3), Samples.id(2), Samples.id(1));
  }

  @Test
  void byStatus() {
    save(Samples.success(1, 0, 0, 1).build(), Samples.failure(2, 0, 0, 1).build());
    save(Samples.open(3, 0, 0).build(), Samples.bare(4).status(TraceStatus.CANCELLED).build());
    TraceQuery all = TraceQuery.all();
    assertThat(listed(all.withStatus(TraceStatus.SUCCESS))).containsExactly(Samples.id(1));
    assertThat(listed(all.withStatus(TraceStatus.ERROR))).containsExactly(Samples.id(2));
    assertThat(listed(all.withStatus(TraceStatus.IN_PROGRESS))).containsExactly(Samples.id(3));
    assertThat(listed(all.withStatus(TraceStatus.CANCELLED))).containsExactly(Samples.id(4));
    assertThat(listed(TraceQuery.ofSession(Samples.SESSION).withStatus(TraceStatus.ERROR)))
        .containsExactly(Samples.id(2));
  }

  @Test
  void byTheModelAskedForElseTheOneThatAnswered() {
    save(model(1, "a", "b"), model(2, null, "a"), model(3, "b", "a"), model(4, null, null));
    assertThat(listed(TraceQuery.all().withModel("a")))
        .containsExactly(Samples.id(1), Samples.id(2));
  }

  private static Trace model(int n, @Nullable String asked, @Nullable String answered) {
    TraceMetadata metadata =
        TraceMetadata.builder().requestModel(asked).responseModel(answered).build();
    return Samples.bare(n).metadata(metadata).build();
  }

  @Test
  void byTimeFromInclusiveToExclusive() {
    for (int n = 0; n < 5; n++) {
      save(Samples.success(n, 0, n, n + 1).build());
    }
    TraceQuery query = TraceQuery.all().startedFrom(Samples.at(1)).startedBefore(Samples.at(3));
    assertThat(listed(query)).containsExactly(Samples.id(1), Samples.id(2));
    assertThat(listed(query.reversed())).containsExactly(Samples.id(2), Samples.id(1));
  }

  @Test
  void anyInstantMayBeABound() {
    save(Samples.bare(1).build());
    TraceQuery query = TraceQuery.all();
    assertThat(listed(query.startedFrom(Instant.MIN).startedBefore(Instant.MAX))).hasSize(1);
    assertThat(listed(query.startedFrom(Instant.MAX))).isEmpty();
    assertThat(listed(query.startedBefore(Instant.MIN))).isEmpty();
  }

  @Test
  void allFiltersTogether() {
    save(Samples.success(1, 0, 1, 2).build(), Samples.success(2, 0, 2, 3).build());
    save(Samples.failure(3, 0, 2, 3).build());
    TraceQuery query =
        TraceQuery.ofSession(Samples.SESSION)
            .withStatus(TraceStatus.SUCCESS)
            .startedFrom(Samples.at(2))
            .startedBefore(Samples.at(3));
    assertThat(listed(query)).containsExactly(Samples.id(2));
    assertThat(listed(query.withModel("none"))).isEmpty();
  }
}
