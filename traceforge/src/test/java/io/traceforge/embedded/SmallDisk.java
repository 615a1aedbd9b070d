package io.traceforge.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of 8 MB in memory, where the machine allows to mount one. */
final class SmallDisk implements AutoCloseable {
  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  static SmallDisk mount(Path path) throws IOException, InterruptedException {
    Files.createDirectory(path);
    boolean mounted = Commands.run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", "" + path);
    assumeTrue(mounted, "this machine does not let us mount a small disk");
    return new SmallDisk(path);
  }

  Path path() {
    return path;
  }

  /** Leaves no room. */
  void fill() throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(path.resolve("ballast"))) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(path.toFile().getUsableSpace()).isLessThan(block.length);
    }
  }

  /** Gives the room back. */
  void empty() throws IOException {
    Files.delete(path.resolve("ballast"));
  }

  @Override
  public void close() throws InterruptedException {
    boolean unmounted = Commands.run("umount", path.toString());
    if (!unmounted) {
      Commands.run("umount", "-l", path.toString());
    }
    assertThat(unmounted).as("nothing is open on %s", path).isTrue();
  }
}
