package io.traceforge.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The README's commands compile a module with what it needs, and run it. A jar of tests is not
 * there yet then, so none of these modules may ask for one.
 */
class CompiledModulesTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Pattern OURS = Pattern.compile("<artifactId>(traceforge[^<]*)</artifactId>");

  @ParameterizedTest
  @ValueSource(strings = {"examples", "traceforge-benchmarks"})
  void needNoJarOfTests(String first) throws IOException {
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(Set.of(first));
    while (!open.isEmpty()) {
      String module = open.remove();
      Path pom = ROOT.resolve(module).resolve("pom.xml");
      if (Files.exists(pom) && seen.add(module)) {
        String text = Files.readString(pom);
        assertThat(text).as(module).doesNotContain("<type>test-jar</type>");
        OURS.matcher(text).results().forEach(found -> open.add(found.group(1)));
      }
    }
    assertThat(seen).contains("traceforge", "traceforge-core", "traceforge-storage-sqlite");
  }
}
