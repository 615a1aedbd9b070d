package io.traceforge.examples.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A block of Java in a document.
 *
 * @param document the document's path within the project
 * @param line the line in which the block begins
 * @param code the block's text
 */
record JavaBlock(String document, int line, String code) {
  private static final Pattern BLOCK = blockOf("java");
  private static final Pattern JAVADOC_BLOCK =
      Pattern.compile("(?ms)^ *\\* <pre>\\{@code\\R(.*?)^ *\\* }</pre>$");
  private static final Pattern WHOLE_CLASS = Pattern.compile("(?m)^public class (\\w+)");

  private static Pattern blockOf(String language) {
    return Pattern.compile("(?ms)^```" + language + "\\R(.*?)^```$");
  }

  /** Returns the text of a document's blocks in any language. */
  static List<String> textsOf(String document, String language) throws IOException {
    String text = Files.readString(projectFolder().resolve(document));
    return blockOf(language).matcher(text).results().map(block -> block.group(1)).toList();
  }

  static List<JavaBlock> of(String document) throws IOException {
    List<JavaBlock> blocks = new ArrayList<>();
    String text = Files.readString(projectFolder().resolve(document));
    boolean javadoc = document.endsWith(".java");
    Matcher matcher = (javadoc ? JAVADOC_BLOCK : BLOCK).matcher(text);
    while (matcher.find()) {
      int line =
          2 + (int) text.substring(0, matcher.start()).chars().filter(c -> c == '\n').count();
      String code = matcher.group(1);
      blocks.add(
          new JavaBlock(document, line, javadoc ? code.replaceAll("(?m)^ *\\* ?", "") : code));
    }
    return blocks;
  }

  /** Returns the blocks in the Javadoc of all published modules. */
  static List<JavaBlock> ofJavadoc() throws IOException {
    List<JavaBlock> blocks = new ArrayList<>();
    try (Stream<Path> files = Files.walk(projectFolder())) {
      for (Path file : files.filter(JavaBlock::isPublished).sorted().toList()) {
        blocks.addAll(of(projectFolder().relativize(file).toString()));
      }
    }
    return blocks;
  }

  private static boolean isPublished(Path file) {
    String path = projectFolder().relativize(file).toString().replace('\\', '/');
    return path.matches("traceforge[^/]*/src/main/java/.*\\.java");
  }

  /** Surefire runs a module's tests in the module's own folder. */
  static Path projectFolder() {
    return Path.of("").toAbsolutePath().getParent();
  }

  boolean isWholeClass() {
    return WHOLE_CLASS.matcher(code).find();
  }

  String className() {
    Matcher matcher = WHOLE_CLASS.matcher(code);
    return matcher.find() ? matcher.group(1) : "Line" + line;
  }

  /** Returns source to compile: the block itself, or a class with the block as a method's body. */
  String source() {
    if (isWholeClass()) {
      return code;
    }
    return """
        import io.traceforge.*;
        import io.traceforge.examples.documents.Sample;
        import static io.traceforge.junit5.SessionAssert.assertThat;
        import io.traceforge.comparison.*;
        import io.traceforge.export.*;
        import io.traceforge.junit5.*;
        import io.traceforge.okhttp.*;
        import io.traceforge.pricing.*;
        import io.traceforge.recording.*;
        import io.traceforge.redaction.*;
        import io.traceforge.storage.*;
        import io.traceforge.storage.tck.*;
        import io.traceforge.trace.*;
        import io.traceforge.viewer.*;
        import java.io.*;
        import java.math.*;
        import java.nio.file.*;
        import java.time.*;
        import java.util.*;
        import java.util.concurrent.*;
        import okhttp3.*;
        import org.junit.jupiter.api.Test;
        import org.junit.jupiter.api.extension.RegisterExtension;

        public class %s extends Sample {
          @Override
          public void run() throws Exception {
        %s
          }
        }
        """
        .formatted(className(), code);
  }

  @Override
  public String toString() {
    return document + ":" + line;
  }
}
