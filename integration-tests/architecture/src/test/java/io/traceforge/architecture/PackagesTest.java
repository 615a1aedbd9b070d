package io.traceforge.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Packages form no cycles and show only what they mean to show. */
class PackagesTest {

  @Test
  void packagesFormNoCycles() {
    slices().assignedFrom(new EachPackage()).should().beFreeOfCycles().check(Module.CLASSES);
  }

  @Test
  void publicMethodsShowPublicTypesOnly() {
    methods().should(showPublicTypesOnly()).check(Module.CLASSES);
  }

  private static final class EachPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getPackageName());
    }

    @Override
    public String getDescription() {
      return "each package";
    }
  }

  private static ArchCondition<JavaMethod> showPublicTypesOnly() {
    return new ArchCondition<>("show public types only") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        if (isPublic(method.getOwner()) && method.getModifiers().contains(JavaModifier.PUBLIC)) {
          typesOf(method).stream()
              .filter(type -> !isPublic(type))
              .map(type -> method.getFullName() + " shows " + type.getName())
              .forEach(problem -> events.add(SimpleConditionEvent.violated(method, problem)));
        }
      }
    };
  }

  /** Type arguments count too. */
  private static Set<JavaClass> typesOf(JavaMethod method) {
    Set<JavaClass> types = new LinkedHashSet<>(method.getReturnType().getAllInvolvedRawTypes());
    method.getParameterTypes().forEach(type -> types.addAll(type.getAllInvolvedRawTypes()));
    return types;
  }

  private static boolean isPublic(JavaClass type) {
    JavaClass element = type.getBaseComponentType();
    return element.isPrimitive()
        || (element.getModifiers().contains(JavaModifier.PUBLIC)
            && !element.getPackageName().contains(".internal")
            && element.getEnclosingClass().map(PackagesTest::isPublic).orElse(true));
  }
}
