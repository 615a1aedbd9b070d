package io.traceforge.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.traceforge.TraceForge;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program of an ordinary user, for whom permissions count. */
@Timeout(180)
class OrdinaryUserTest {
  private static final String USER = "65534";
  private static final List<String> AS_USER =
      List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups");

  @TempDir Path folder;
  private Path data;
  private Provider provider;

  @BeforeEach
  void open() throws Exception {
    provider = new Provider();
    data = Files.createDirectory(folder.resolve("data"));
    permit(folder, "rwxrwxrwx");
    List<String> trial = new ArrayList<>(AS_USER);
    trial.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java") + "", "-version"));
    assumeTrue(
        Commands.run(trial.toArray(String[]::new)) && Commands.run("chown", USER, "" + data),
        "this machine does not let us start a program as another user");
  }

  @AfterEach
  void close() throws IOException {
    provider.close();
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void aFolderThatMayNotBeWrittenForAWhileLosesWhatItTellsAndNoCall() throws Exception {
    Path file = data.resolve("traces.db");
    try (ChildJvm agent = start("sqlite:" + file)) {
      await(agent, 1, 5);
      permit(data, "r-xr-xr-x");
      removeFiles();
      await(agent, 2, 0);
      await(agent, 3, 40);
      permit(data, "rwxr-xr-x");
      await(agent, 1, last(agent)[1] + 10);
      assertThat(agent.lines()).allMatch(line -> line.startsWith(Provider.bytesOf(3) + " "));
      agent.kill();
    }
    KilledAgentsTest.isSound(file);
    try (TraceForge traceForge = TraceForge.open("sqlite:" + file)) {
      assertThat(traceForge.storage().getSessionMetadata("ordinary").orElseThrow().lostTraces())
          .isPositive();
      assertThat(traceForge.storage().listTracesBySession("ordinary"))
          .hasSizeGreaterThanOrEqualTo(10);
    }
  }

  /** What a process has open it may write for ever, so it has to open it anew. */
  private void removeFiles() throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    }
  }

  private static void await(ChildJvm agent, int column, long over) throws InterruptedException {
    agent.awaitLine(line -> numbers(line)[column] > over);
  }

  private static long[] last(ChildJvm agent) {
    List<String> lines = agent.lines();
    return numbers(lines.get(lines.size() - 1));
  }

  private static long[] numbers(String line) {
    return Stream.of(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
  }

  /** The class path may lie where nobody else may look. */
  private ChildJvm start(String storage) throws Exception {
    Path copies = Files.createDirectory(folder.resolve("classes"));
    List<String> classPath = new ArrayList<>();
    String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    for (String entry : entries) {
      if (entry.isEmpty()) {
        continue;
      }
      String copy =
          copies.resolve(classPath.size() + "-" + Path.of(entry).getFileName()).toString();
      assertThat(Commands.run("cp", "-r", entry, copy)).as("copied %s", entry).isTrue();
      classPath.add(copy);
    }
    assertThat(Commands.run("chmod", "-R", "a+rX", copies.toString())).isTrue();
    return ChildJvm.start(
        folder,
        AS_USER,
        List.of("-cp", String.join(File.pathSeparator, classPath)),
        ReportingAgent.class,
        storage,
        provider.url("events/3"),
        "ordinary");
  }
}
