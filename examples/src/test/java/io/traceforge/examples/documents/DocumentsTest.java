package io.traceforge.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.TraceForge;
import io.traceforge.TraceForgeBuilder;
import io.traceforge.examples.SimulatedProvider;
import io.traceforge.junit5.SessionAssert;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents say must be so: their Java compiles and runs, their settings exist. */
class DocumentsTest {
  private static final String README = "README.md";
  private static final String GUIDE = "docs/guide.md";
  private static final String CLIENTS = "docs/clients.md";

  /** Their samples run here; what other documents show is a part of a test or of an example. */
  private static final List<String> SAMPLED =
      List.of(
          README,
          GUIDE,
          "docs/costs.md",
          "docs/export.md",
          "docs/headers.md",
          "docs/redaction.md",
          "docs/retention.md",
          "docs/search.md",
          "docs/testing.md",
          "docs/threads.md",
          "docs/viewer.md");

  @TempDir Path folder;
  private final SimulatedProvider provider = SimulatedProvider.start();

  @AfterEach
  void close() {
    provider.close();
  }

  static Stream<JavaBlock> samples() throws IOException {
    Set<String> ofClients =
        JavaBlock.of(CLIENTS).stream().map(JavaBlock::code).collect(Collectors.toSet());
    return Stream.concat(sampled().stream(), JavaBlock.ofJavadoc().stream())
        .filter(block -> !block.isWholeClass() && !ofClients.contains(block.code()));
  }

  static Stream<JavaBlock> programs() throws IOException {
    return sampled().stream().filter(JavaBlock::isWholeClass);
  }

  private static List<JavaBlock> sampled() throws IOException {
    List<JavaBlock> blocks = new ArrayList<>();
    for (String document : SAMPLED) {
      blocks.addAll(JavaBlock.of(document));
    }
    return blocks;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleRunsAndIsRecorded(JavaBlock block) throws Exception {
    try (TraceForge traceForge = TraceForge.open("sqlite:" + folder.resolve("traces.db"))) {
      Sample sample = prepare(block, traceForge);
      sample.run();

      List<Trace> traces = traceForge.storage().listTraces(TraceQuery.all()).items();
      assertThat(traces).extracting(Trace::status).containsOnly(TraceStatus.SUCCESS);
      assertThat(traceForge.stats().lostTraces()).isZero();
      assertThat(traceForge.stats().internalErrors()).isZero();
      if (block.code().contains("Both calls are recorded at step 0.")) {
        assertThat(traceForge.storage().listTracesBySession(sample.sessionId))
            .extracting(Trace::stepIndex)
            .containsExactly(0, 0, 0);
      }
    }
  }

  private Sample prepare(JavaBlock block, TraceForge traceForge) throws Exception {
    Class<?> compiled =
        new InMemoryCompiler(folder).compile(block.className(), redirected(block.source()));
    Sample sample = (Sample) compiled.getDeclaredConstructor().newInstance();
    sample.prepare(traceForge, provider.baseUrl());
    // What a sample reads must be there.
    Sample.send(sample.client, sample.request);
    return sample;
  }

  @Test
  void theJavadocHasExamples() throws IOException {
    assertThat(JavaBlock.ofJavadoc())
        .extracting(block -> Path.of(block.document()).getFileName().toString())
        .contains(
            "TraceForge.java",
            "SessionTracker.java",
            "TraceForgeOkHttp.java",
            "ReplayInterceptor.java");
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aProgramRecordsASessionOfTwoSteps(JavaBlock program) throws Exception {
    runMain(program);

    try (StorageBackend storage = StorageBackend.open("sqlite:" + folder.resolve("traces.db"))) {
      List<SessionMetadata> sessions = storage.listSessions();
      assertThat(sessions)
          .extracting(SessionMetadata::status)
          .containsOnly(SessionStatus.COMPLETED);
      assertThat(sessions).extracting(SessionMetadata::totalSteps).containsExactly(2);
    }
  }

  private void runMain(JavaBlock program) throws Exception {
    Class<?> compiled =
        new InMemoryCompiler(folder).compile(program.className(), redirected(program.source()));
    compiled.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
  }

  @Test
  void theFirstExampleOfTheReadmeRuns() throws Exception {
    runMain(JavaBlock.of(README).get(0));

    try (StorageBackend storage = StorageBackend.open("sqlite:" + folder.resolve("traces.db"))) {
      List<SessionMetadata> sessions = storage.listSessions();
      assertThat(sessions).hasSize(1);
      assertThat(sessions.get(0).status()).isEqualTo(SessionStatus.COMPLETED);
      assertThat(sessions.get(0).totalSteps()).isEqualTo(2);
      assertThat(sessions.get(0).totalTokens()).isPositive();
      List<Trace> traces = storage.listTracesBySession(sessions.get(0).sessionId());
      assertThat(traces.get(1).parentTraceId()).isEqualTo(traces.get(0).id());
      assertThat(traces.get(1).stateJson())
          .isEqualTo(
              "{\"user_query\":\"Book a flight to Paris\",\"tool_called\":\"search_flights\"}");
    }
  }

  @Test
  void theReadmeNamesEverySettingAndNoOther() throws IOException {
    Set<String> settings = new TreeSet<>();
    for (Method method : TraceForgeBuilder.class.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())) {
        settings.add(method.getName());
      }
    }
    settings.removeAll(Set.of("build", "fromEnvironment"));

    Matcher row = Pattern.compile("(?m)^\\| `(\\w+)` \\| [^|]*\\| [^|]* \\|$").matcher(table());
    Set<String> named = new TreeSet<>();
    while (row.find()) {
      named.add(row.group(1));
    }
    assertThat(named).isEqualTo(settings);
  }

  @Test
  void theReadmesVariablesAreRead() throws IOException {
    Map<String, String> wrong =
        Map.of(
            "TRACEFORGE_STORAGE", "nothing:",
            "TRACEFORGE_ENABLED", "maybe",
            "TRACEFORGE_SESSION_AUTO_ID", "maybe",
            "TRACEFORGE_SESSION_TIMEOUT_MS", "soon",
            "TRACEFORGE_SESSION_MAX_STEPS", "many",
            "TRACEFORGE_PRICES", "/no/such/file");
    Matcher variable = Pattern.compile("TRACEFORGE_\\w+").matcher(table());
    Set<String> named = new TreeSet<>();
    while (variable.find()) {
      named.add(variable.group());
    }
    assertThat(named).isEqualTo(new TreeSet<>(wrong.keySet()));
    assertThat(wrong).allSatisfy(this::isRefused);
  }

  private void isRefused(String variable, String value) {
    assertThatThrownBy(() -> TraceForge.builder().fromEnvironment(Map.of(variable, value)).build())
        .hasMessageContaining(value);
  }

  @Test
  void theReadmeNamesEveryExample() throws IOException {
    Path sources =
        JavaBlock.projectFolder().resolve("examples/src/main/java/io/traceforge/examples");
    try (Stream<Path> files = Files.list(sources)) {
      List<String> examples =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .filter(name -> name.endsWith("Example"))
              .toList();
      String readme = read(README);
      assertThat(examples).hasSize(12).allMatch(name -> readme.contains("| `" + name + "` |"));
    }
  }

  @Test
  void theProtocolInContributingIsThatOfTheExample() throws IOException {
    String example = read("examples/src/main/java/io/traceforge/examples/AnswerProtocol.java");

    assertThat(JavaBlock.of("CONTRIBUTING.md"))
        .hasSizeGreaterThan(2)
        .allSatisfy(block -> assertThat(unindented(example)).contains(unindented(block.code())));
  }

  /** The clients are not on this module's class path; their own tests run the code. */
  @Test
  void theSnippetsForClientLibrariesArePartsOfTests() throws IOException {
    String tests = onOneLine(sourcesOf(""));

    assertThat(JavaBlock.of(CLIENTS))
        .hasSizeGreaterThan(5)
        .allSatisfy(block -> assertThat(tests.contains(onOneLine(block.code()))).isTrue());
  }

  /** Kotlin and Spring are not on this module's class path; those modules run the code. */
  @ParameterizedTest
  @CsvSource({
    "docs/kotlin.md, kotlin, integration-tests/kotlin",
    "docs/spring.md, java, integration-tests/spring",
    "docs/spring.md, properties, integration-tests/spring"
  })
  void thePagesCodeIsThatOfItsModule(String page, String language, String module)
      throws IOException {
    String sources = onOneLine(sourcesOf(module));

    assertThat(JavaBlock.textsOf(page, language))
        .isNotEmpty()
        .allSatisfy(code -> assertThat(sources).contains(onOneLine(code)));
  }

  private static String sourcesOf(String folder) throws IOException {
    StringBuilder sources = new StringBuilder();
    try (Stream<Path> files = Files.walk(JavaBlock.projectFolder().resolve(folder))) {
      for (Path file : files.filter(DocumentsTest::isTestSource).toList()) {
        sources.append(Files.readString(file));
      }
    }
    return sources.toString();
  }

  private static boolean isTestSource(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.matches(".*/src/test/.*\\.(java|kt|properties)");
  }

  /** Where the formatter breaks lines depends on the indentation. */
  private static String onOneLine(String code) {
    return code.replaceAll("\\s+", " ");
  }

  private static String unindented(String code) {
    return code.replaceAll("(?m)^ +", "");
  }

  @Test
  void theTestingPageNamesEveryAssertionAndNoOther() throws IOException {
    Set<String> assertions = new TreeSet<>();
    for (Method method : SessionAssert.class.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers())) {
        assertions.add(method.getName());
      }
    }

    String page = read("docs/testing.md");
    String table = page.substring(page.indexOf("| assertion |"), page.indexOf("### Names"));
    Set<String> named = new TreeSet<>();
    Matcher row = Pattern.compile("(?m)^\\| `(\\w+)\\(").matcher(table);
    while (row.find()) {
      named.add(row.group(1));
    }
    assertThat(named).isEqualTo(assertions);
  }

  @Test
  void theClassesOfTheGuideAreInTheirPackages() throws IOException {
    Matcher row =
        Pattern.compile("(?m)^\\| `(io\\.traceforge[\\w.]*)` \\| (.*) \\|$").matcher(read(GUIDE));
    List<String> found = new ArrayList<>();
    while (row.find()) {
      Matcher name = Pattern.compile("`([A-Z]\\w+)`").matcher(row.group(2));
      while (name.find()) {
        found.add(row.group(1) + "." + name.group(1));
      }
    }
    // The adapters' classes are not on this module's class path.
    found.removeIf(name -> name.matches(".*\\.(anthropic|langchain4j)\\..*"));
    assertThat(found).hasSizeGreaterThan(40).allSatisfy(name -> Class.forName(name));
  }

  /** Leads a sample to the simulated provider and to a file of the test. */
  private String redirected(String source) {
    return source
        .replace("https://api.openai.com/v1", provider.baseUrl())
        .replace("sqlite:traces.db", "sqlite:" + folder.resolve("traces.db"));
  }

  private static String table() throws IOException {
    String readme = read(README);
    int start = readme.indexOf("| builder |");
    return readme.substring(start, readme.indexOf("\n\n", start));
  }

  private static String read(String document) throws IOException {
    return Files.readString(JavaBlock.projectFolder().resolve(document));
  }
}
