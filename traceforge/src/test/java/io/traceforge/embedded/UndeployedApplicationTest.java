package io.traceforge.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A web application is undeployed: nothing may hold its class loader. */
@Timeout(120)
class UndeployedApplicationTest {
  /** Some caches of the JDK hold classes softly: until memory is short, or at once. */
  private static final List<String> FLAGS = List.of("-XX:SoftRefLRUPolicyMSPerMB=0");

  @TempDir Path folder;

  @Test
  void nothingIsLeftOfAnApplicationThatHasClosedWhatItOpened() throws Exception {
    try (Provider provider = new Provider();
        ChildJvm container =
            ChildJvm.start(
                folder,
                List.of(),
                FLAGS,
                Container.class,
                "sqlite:" + folder.resolve("traces.db"),
                provider.url("json"))) {
      assertThat(container.awaitExit()).as("%s", container).isZero();
      assertThat(container.lines()).containsExactly("traces 2", "gone");
    }
  }
}
