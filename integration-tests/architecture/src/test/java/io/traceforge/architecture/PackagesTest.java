package io.traceforge.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
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
  void publicMembersShowPublicTypesOnly() {
    members().should(showPublicTypesOnly()).check(Module.CLASSES);
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

  private static ArchCondition<JavaMember> showPublicTypesOnly() {
    return new ArchCondition<>("show public types only") {
      @Override
      public void check(JavaMember member, ConditionEvents events) {
        if (isPublic(member.getOwner()) && isForUsers(member)) {
          typesOf(member).stream()
              .filter(type -> !isPublic(type))
              .map(type -> member.getFullName() + " shows " + type.getName())
              .forEach(problem -> events.add(SimpleConditionEvent.violated(member, problem)));
        }
      }
    };
  }

  private static boolean isForUsers(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  /** Type arguments count too. */
  private static Set<JavaClass> typesOf(JavaMember member) {
    Set<JavaClass> types = new LinkedHashSet<>();
    if (member instanceof JavaField field) {
      types.addAll(field.getType().getAllInvolvedRawTypes());
    } else if (member instanceof JavaCodeUnit unit) {
      types.addAll(unit.getReturnType().getAllInvolvedRawTypes());
      unit.getParameterTypes().forEach(type -> types.addAll(type.getAllInvolvedRawTypes()));
      types.addAll(unit.getExceptionTypes());
    }
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
