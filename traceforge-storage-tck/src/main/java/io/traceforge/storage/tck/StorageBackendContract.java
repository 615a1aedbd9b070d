package io.traceforge.storage.tck;

import io.traceforge.storage.StorageBackend;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * What every {@link StorageBackend} must do, as JUnit tests. A backend is proved by one subclass
 * that says how to open it; the tests are inherited.
 *
 * <pre>{@code
 * class MyBackendTest extends StorageBackendContract {
 *   @Override
 *   protected StorageBackend open(Clock clock) {
 *     return new InMemoryStorageBackend(clock); // yours, without any content
 *   }
 * }
 * }</pre>
 *
 * <p>The tests close every backend that they open. Those about {@link StorageBackend#search()} and
 * {@link StorageBackend#retention()} are skipped, which the report shows, if the backend has no
 * such thing. They run on JUnit 5 and later; {@code docs/storage.md} shows a project's
 * dependencies.
 *
 * <p>The tests are in nested classes, one for each group, whose name is also the group's tag: with
 * {@code mvn test -Dgroups=Merging} Surefire runs that group alone.
 *
 * <p>Have one subclass in a module: Surefire reports inherited tests under this class's name, so it
 * cannot tell those of two subclasses apart.
 */
public abstract class StorageBackendContract {

  /** For subclasses. */
  protected StorageBackendContract() {}

  /**
   * Opens a backend without any content. Called once a test, on the thread of the test.
   *
   * @param clock the time by which the backend tells the status of sessions
   */
  protected abstract StorageBackend open(Clock clock);

  /**
   * Opens once more what the last {@link #open} opened, and what has been closed since: for
   * backends that keep their content when they are closed. The default, empty, is for others; it
   * skips the tests that need it.
   *
   * @param clock the time by which the backend tells the status of sessions
   */
  protected Optional<StorageBackend> reopen(Clock clock) {
    return Optional.empty();
  }

  @Nested
  @Tag("RoundTrip")
  class RoundTrip extends RoundTripTests {
    RoundTrip() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("HostileText")
  class HostileText extends HostileTextTests {
    HostileText() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("Merging")
  class Merging extends MergingTests {
    Merging() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("Order")
  class Order extends OrderTests {
    Order() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("Paging")
  class Paging extends PagingTests {
    Paging() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("Sessions")
  class Sessions extends SessionTests {
    Sessions() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("FinalStates")
  class FinalStates extends FinalStateTests {
    FinalStates() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("SessionStatuses")
  class SessionStatuses extends SessionStatusTests {
    SessionStatuses() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("SessionFilters")
  class SessionFilters extends SessionFilterTests {
    SessionFilters() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("Attempts")
  class Attempts extends AttemptTests {
    Attempts() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("Hierarchy")
  class Hierarchy extends HierarchyTests {
    Hierarchy() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("Deletion")
  class Deletion extends DeletionTests {
    Deletion() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("Concurrency")
  class Concurrency extends ConcurrencyTests {
    Concurrency() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("Lifecycle")
  class Lifecycle extends LifecycleTests {
    Lifecycle() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("SameBytes")
  class SameBytes extends SameBytesTests {
    SameBytes() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("Figures")
  class Figures extends FiguresTests {
    Figures() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("Sharing")
  class Sharing extends SharingTests {
    Sharing() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("Search")
  class Search extends SearchTests {
    Search() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("SearchHits")
  class SearchHits extends SearchHitTests {
    SearchHits() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("SearchChanges")
  class SearchChanges extends SearchChangeTests {
    SearchChanges() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("Retention")
  class Retention extends RetentionTests {
    Retention() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("Pruning")
  class Pruning extends PruningTests {
    Pruning() {
      super(StorageBackendContract.this);
    }
  }

  @Nested
  @Tag("Maintenance")
  class Maintenance extends MaintenanceTests {
    Maintenance() {
      super(StorageBackendContract.this);
    }
  }
}
