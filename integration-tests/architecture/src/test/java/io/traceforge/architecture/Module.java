package io.traceforge.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.regex.Pattern;

/** A module of TraceForge, known by the folder or the archive that its classes come from. */
enum Module {
  CORE("traceforge-core"),
  OKHTTP("traceforge-okhttp"),
  ANTHROPIC("traceforge-anthropic-java"),
  LANGCHAIN4J("traceforge-langchain4j"),
  JUNIT5("traceforge-junit5"),
  SQLITE("traceforge-storage-sqlite"),
  TCK("traceforge-storage-tck"),
  VIEWER("traceforge-viewer");

  /** All classes of all modules, tests aside. */
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.traceforge");

  private final String artifact;
  private final Pattern place;

  Module(String artifact) {
    this.artifact = artifact;
    this.place = Pattern.compile("/" + artifact + "(/target/classes/|-\\d[^/]*\\.jar!)");
  }

  boolean has(JavaClass type) {
    return type.getBaseComponentType()
        .getSource()
        .map(Source::getUri)
        .filter(uri -> place.matcher(uri.toString()).find())
        .isPresent();
  }

  DescribedPredicate<JavaClass> classes() {
    return DescribedPredicate.describe("classes of " + artifact, this::has);
  }
}
