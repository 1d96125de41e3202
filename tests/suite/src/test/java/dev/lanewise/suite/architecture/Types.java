package dev.lanewise.suite.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

/** Conditions on the types that classes use and mention. */
final class Types {
  private Types() {}

  /** No public or protected member mentions such a type. */
  static ArchCondition<JavaClass> without(DescribedPredicate<? super JavaClass> types) {
    return new ArchCondition<>("mention no type of " + types.getDescription()) {
      @Override
      public void check(JavaClass owner, ConditionEvents events) {
        for (JavaMember member : owner.getMembers()) {
          boolean visible =
              member.getModifiers().contains(JavaModifier.PUBLIC)
                  || member.getModifiers().contains(JavaModifier.PROTECTED);
          if (visible && mentions(member, types)) {
            events.add(SimpleConditionEvent.violated(member, member.getDescription()));
          }
        }
      }
    };
  }

  private static boolean mentions(JavaMember member, DescribedPredicate<? super JavaClass> types) {
    if (member instanceof JavaField field) {
      return field.getType().getAllInvolvedRawTypes().stream().anyMatch(types);
    }
    JavaCodeUnit code = (JavaCodeUnit) member;
    return code.getReturnType().getAllInvolvedRawTypes().stream().anyMatch(types)
        || code.getParameterTypes().stream()
            .anyMatch(type -> type.getAllInvolvedRawTypes().stream().anyMatch(types));
  }

  /** Classes of the JDK's modules, and arrays of them. */
  static DescribedPredicate<JavaClass> inModules(String... names) {
    return DescribedPredicate.describe(
        "lie in the modules " + List.of(names),
        type -> {
          String module = type.getBaseComponentType().reflect().getModule().getName();
          return module != null && List.of(names).contains(module);
        });
  }

  /** Classes that have methods, all of them static: operations and leaves. */
  static DescribedPredicate<JavaClass> onlyStatic() {
    return DescribedPredicate.describe(
        "have static methods only",
        owner ->
            !owner.getMethods().isEmpty()
                && !owner.isInterface()
                && owner.getMethods().stream()
                    .allMatch(method -> method.getModifiers().contains(JavaModifier.STATIC)));
  }
}
