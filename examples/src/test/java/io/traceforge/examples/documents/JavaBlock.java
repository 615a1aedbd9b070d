package io.traceforge.examples.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of Java in a document.
 *
 * @param document the document's path within the project
 * @param line the line in which the block begins
 * @param code the block's text
 */
record JavaBlock(String document, int line, String code) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\R(.*?)^```$");
  private static final Pattern WHOLE_CLASS = Pattern.compile("(?m)^public class (\\w+)");

  static List<JavaBlock> of(String document) throws IOException {
    List<JavaBlock> blocks = new ArrayList<>();
    String text = Files.readString(projectFolder().resolve(document));
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      int line =
          2 + (int) text.substring(0, matcher.start()).chars().filter(c -> c == '\n').count();
      blocks.add(new JavaBlock(document, line, matcher.group(1)));
    }
    return blocks;
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
        import io.traceforge.okhttp.*;
        import io.traceforge.storage.*;
        import io.traceforge.trace.*;
        import java.io.*;
        import java.util.*;
        import java.util.concurrent.*;
        import okhttp3.*;

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
