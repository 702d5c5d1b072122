package dev.convoy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Holds what programs may rely on together: it names nothing that they may not. */
@AnalyzeClasses(packages = "dev.convoy", importOptions = ArchitectureTest.WithoutTests.class)
class PublicApiTest {
  @ArchTest
  static final ArchRule whatIsForProgramsIsPublic =
      classes().that().areAnnotatedWith(PublicApi.class).should().bePublic();

  @ArchTest
  static void publicMembersNameOnlyWhatIsForPrograms(JavaClasses convoy) {
    TreeSet<String> wrong = new TreeSet<>();
    for (JavaClass type : convoy) {
      if (isForPrograms(type)) {
        type.getRawInterfaces().stream()
            .filter(other -> !mayBeNamed(other))
            .forEach(other -> wrong.add(type.getName() + " implements " + other.getName()));
        Stream.concat(type.getCodeUnits().stream(), type.getFields().stream())
            .filter(PublicApiTest::isForPrograms)
            .forEach(member -> named(member).forEach(name -> wrong.add(name)));
      }
    }
    assertEquals("", String.join("\n", wrong));
  }

  /** Whether a type, or the one around it, is marked, and neither is internal. */
  private static boolean isForPrograms(JavaClass type) {
    if (type.isAnnotatedWith(Internal.class)
        || !type.getModifiers().contains(JavaModifier.PUBLIC)) {
      return false;
    }
    return type.isAnnotatedWith(PublicApi.class)
        || type.getEnclosingClass().map(PublicApiTest::isForPrograms).orElse(false);
  }

  private static boolean isForPrograms(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        && !member.getModifiers().contains(JavaModifier.SYNTHETIC)
        && !isInternal(member);
  }

  /**
   * Whether a member is marked internal, or overrides one that is, or makes a record of which a
   * component is.
   */
  private static boolean isInternal(JavaMember member) {
    if (member.isAnnotatedWith(Internal.class)) {
      return true;
    } else if (member instanceof JavaConstructor && member.getOwner().isRecord()) {
      return member.getOwner().getMethods().stream()
          .anyMatch(
              method ->
                  method.getRawParameterTypes().isEmpty()
                      && method.isAnnotatedWith(Internal.class));
    }
    return member.getOwner().getAllRawInterfaces().stream()
        .flatMap(type -> type.getMethods().stream())
        .anyMatch(
            method ->
                method.getName().equals(member.getName())
                    && method.isAnnotatedWith(Internal.class));
  }

  /** The types that a member names, and may not, each with the member. */
  private static List<String> named(JavaMember member) {
    List<JavaType> types = new ArrayList<>();
    if (member instanceof JavaCodeUnit code) {
      types.add(code.getReturnType());
      types.addAll(code.getParameterTypes());
      code.getThrowsClause().forEach(thrown -> types.add(thrown.getRawType()));
    } else {
      types.add(((JavaField) member).getType());
    }
    return types.stream()
        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
        .map(JavaClass::getBaseComponentType)
        .filter(type -> !mayBeNamed(type))
        .map(type -> member.getFullName() + " names " + type.getName())
        .toList();
  }

  private static boolean mayBeNamed(JavaClass type) {
    return !type.getPackageName().startsWith("dev.convoy") || isForPrograms(type);
  }
}
