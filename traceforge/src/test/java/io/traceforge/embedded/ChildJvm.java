package io.traceforge.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A Java process of its own. What it prints can be read while it runs; it dies with the test. */
final class ChildJvm implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final Process process;
  private final Path errors;
  private final List<String> lines = new ArrayList<>(); // guarded by itself
  private boolean ended; // guarded by lines

  private ChildJvm(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    Thread reader = new Thread(this::readLines, "child-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a program.
   *
   * @param folder for what it leaves behind, so that a killed one leaves nothing elsewhere
   * @param prefix the beginning of the command, such as another user; mostly nothing
   */
  static ChildJvm start(
      Path folder, List<String> prefix, List<String> flags, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx96m"));
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(flags);
    if (!flags.contains("-cp")) {
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    }
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    Process process =
        new ProcessBuilder(command).redirectError(Redirect.to(errors.toFile())).start();
    return new ChildJvm(process, errors);
  }

  static ChildJvm start(Path folder, Class<?> main, String... arguments) throws IOException {
    return start(folder, List.of(), List.of(), main, arguments);
  }

  private void readLines() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
      }
    } catch (IOException killed) {
      return;
    } finally {
      synchronized (lines) {
        ended = true;
        lines.notifyAll();
      }
    }
  }

  /** Returns what it has printed so far. */
  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** Waits for a line, and returns it. */
  String awaitLine(Predicate<String> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    synchronized (lines) {
      for (int next = 0; ; next++) {
        while (next == lines.size()) {
          assertThat(ended).as("it ended: %s", this).isFalse();
          assertThat(System.nanoTime() - deadline).as("%s", this).isNegative();
          lines.wait(1_000);
        }
        if (wanted.test(lines.get(next))) {
          return lines.get(next);
        }
      }
    }
  }

  /** Lets it go on from where it waits for a line. */
  void say(String line) throws IOException {
    process.outputWriter().append(line).append('\n').flush();
  }

  /** Waits until it ends by itself, and returns its exit code. */
  int awaitExit() throws InterruptedException {
    assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).as("%s", this).isTrue();
    awaitOutput();
    return process.exitValue();
  }

  /** Kills it with SIGKILL: neither hooks nor finally blocks run. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitExit();
  }

  private void awaitOutput() throws InterruptedException {
    synchronized (lines) {
      while (!ended) {
        lines.wait(1_000);
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  @Override
  public String toString() {
    try {
      return "output " + lines() + ", errors " + Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
