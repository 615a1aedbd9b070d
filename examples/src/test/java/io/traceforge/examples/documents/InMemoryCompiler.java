package io.traceforge.examples.documents;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles one class with the tests' class path. */
final class InMemoryCompiler {
  private final Path folder;

  /**
   * Creates a compiler.
   *
   * @param folder where class files go
   */
  InMemoryCompiler(Path folder) {
    this.folder = folder;
  }

  /** Returns the class, or throws an error that holds the compiler's messages. */
  Class<?> compile(String className, String source) throws IOException, ClassNotFoundException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(messages, null, null)) {
      List<String> options =
          List.of(
              "--release",
              "17",
              "-proc:none",
              "-d",
              folder.toString(),
              "-cp",
              System.getProperty("java.class.path"));
      List<JavaFileObject> sources = List.of(new Source(className, source));
      if (!compiler.getTask(null, files, messages, options, null, sources).call()) {
        throw new AssertionError(messages.getDiagnostics() + "\n" + source);
      }
    }
    URL[] urls = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, Sample.class.getClassLoader())) {
      Class<?> found = loader.loadClass(className);
      for (Path file : classFiles()) {
        loader.loadClass(file.getFileName().toString().replace(".class", ""));
      }
      return found;
    }
  }

  /** Nested classes and lambdas' classes must be loaded before the loader is closed. */
  private List<Path> classFiles() throws IOException {
    try (var files = java.nio.file.Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String className, String text) {
      super(URI.create("string:///" + className + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
