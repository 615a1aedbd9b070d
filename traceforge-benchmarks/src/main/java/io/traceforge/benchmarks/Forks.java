package io.traceforge.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes figures in several JVMs, one after the other: each compiles the same code a little
 * differently, and each is right about itself only.
 */
final class Forks {
  private Forks() {}

  static List<Figure> figures(String what, int forks) throws IOException {
    List<Figure> figures = new ArrayList<>();
    for (int fork = 0; fork < forks; fork++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xms1g",
                  "-Xmx1g",
                  "-Dfile.encoding=UTF-8",
                  "-classpath",
                  System.getProperty("java.class.path"),
                  PairedBenchmarks.class.getName(),
                  what)
              .redirectError(Redirect.INHERIT)
              .start();
      try (BufferedReader lines = process.inputReader(UTF_8)) {
        lines.lines().map(Figure::parse).forEach(figures::add);
      }
    }
    return figures;
  }
}
