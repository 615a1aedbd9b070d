package io.traceforge.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import okhttp3.Call;
import okhttp3.Interceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each module depends on what it may depend on, and on nothing else. */
class ModuleWallsTest {
  private static final DescribedPredicate<JavaClass> SQL =
      resideInAnyPackage("java.sql..", "javax.sql..");
  private static final DescribedPredicate<JavaClass> JDK =
      resideInAnyPackage("java..", "javax..")
          .and(not(SQL))
          .and(not(resideInAPackage("java.net.http..")));
  private static final DescribedPredicate<JavaClass> ANNOTATIONS =
      resideInAnyPackage(
          "org.jspecify.annotations..",
          "com.google.auto.value..",
          "com.google.errorprone.annotations..");
  private static final DescribedPredicate<JavaClass> LIBRARIES_OF_CORE =
      resideInAnyPackage("com.google.gson..", "com.github.benmanes.caffeine..", "org.slf4j..");

  /** A module whose classes are not found would keep any rule. */
  @ParameterizedTest
  @EnumSource(Module.class)
  void everyModuleIsLookedAt(Module module) {
    assertThat(Module.CLASSES).filteredOn(module::has).isNotEmpty();
  }

  @Test
  void coreKnowsNoHttpClientAndNoSql() {
    mayDependOn(Module.CORE, LIBRARIES_OF_CORE);
  }

  @Test
  void okHttpKnowsNoSql() {
    mayDependOn(
        Module.OKHTTP,
        LIBRARIES_OF_CORE
            .or(Module.CORE.classes())
            .or(resideInAnyPackage("okhttp3..", "okio..", "kotlin..")));
  }

  @Test
  void theAdapterOfTheAnthropicClientKnowsNoOtherClient() {
    mayDependOn(
        Module.ANTHROPIC,
        Module.CORE.classes().or(resideInAnyPackage("com.anthropic..", "kotlin..")));
  }

  @Test
  void theAdapterOfLangChain4jKnowsNoHttpClientButItsOwn() {
    mayDependOn(
        Module.LANGCHAIN4J, Module.CORE.classes().or(resideInAPackage("dev.langchain4j..")));
  }

  @Test
  void theExtensionForTestsKnowsNoSql() {
    mayDependOn(
        Module.JUNIT5,
        LIBRARIES_OF_CORE
            .or(Module.CORE.classes())
            .or(Module.OKHTTP.classes())
            .or(resideInAnyPackage("okhttp3..", "kotlin.."))
            .or(
                resideInAnyPackage(
                    "org.junit.jupiter..",
                    "org.junit.platform.commons..",
                    "org.opentest4j..",
                    "org.assertj..")));
  }

  /** Who has no AssertJ uses all but the assertions. */
  @Test
  void onlyTheAssertionsNeedAssertJ() {
    noClasses()
        .that(Module.JUNIT5.classes())
        .and()
        .doNotHaveSimpleName("SessionAssert")
        .should()
        .dependOnClassesThat(resideInAPackage("org.assertj.."))
        .check(Module.CLASSES);
  }

  @Test
  void sqliteKnowsNoOkHttp() {
    mayDependOn(
        Module.SQLITE,
        LIBRARIES_OF_CORE.or(Module.CORE.classes()).or(SQL).or(resideInAPackage("org.sqlite..")));
  }

  @Test
  void theContractKitKnowsNoBackend() {
    mayDependOn(
        Module.TCK,
        LIBRARIES_OF_CORE
            .or(Module.CORE.classes())
            .or(resideInAnyPackage("org.junit.jupiter..", "org.assertj..", "org.opentest4j..")));
  }

  @Test
  void theViewerKnowsNoBackend() {
    mayDependOn(
        Module.VIEWER,
        LIBRARIES_OF_CORE.or(Module.CORE.classes()).or(resideInAPackage("org.eclipse.jetty..")));
  }

  private static void mayDependOn(Module module, DescribedPredicate<JavaClass> others) {
    classes()
        .that(module.classes())
        .should()
        .onlyDependOnClassesThat(module.classes().or(JDK).or(ANNOTATIONS).or(others))
        .check(Module.CLASSES);
  }

  @ParameterizedTest
  @EnumSource(Module.class)
  void nobodyUsesAnotherModulesInternals(Module module) {
    noClasses()
        .that(module.classes())
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.traceforge..internal..").and(not(module.classes())))
        .check(Module.CLASSES);
  }

  /** Between OkHttp 4.12 and 5 these have gained methods. */
  @Test
  void nobodyImplementsWhatOkHttpMayAddTo() {
    ArchRule rule =
        noClasses()
            .should()
            .beAssignableTo(Call.class)
            .orShould()
            .beAssignableTo(Interceptor.Chain.class);
    rule.check(Module.CLASSES);
  }
}
