package dev.lanewise.suite.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import org.junit.jupiter.api.Test;

/** What the byte code of the core must not use, because its result is not fixed everywhere. */
class ReproducibilityTest {
  private static final JavaClasses CORE = ArchitectureTest.KERNELS;

  /** Functions of Math that are exact or rounded right, so that they are the same everywhere. */
  private static final Set<String> EXACT =
      Set.of(
          "abs",
          "ceil",
          "ceilDiv",
          "clamp",
          "copySign",
          "floor",
          "floorDiv",
          "floorMod",
          "fma",
          "getExponent",
          "max",
          "min",
          "multiplyExact",
          "multiplyHigh",
          "negateExact",
          "addExact",
          "rint",
          "round",
          "scalb",
          "signum",
          "sqrt",
          "subtractExact",
          "toIntExact",
          "ulp");

  /** Operators of the Vector API that compiled code hands to a mathematical library. */
  private static final Set<String> TRANSCENDENTAL =
      Set.of(
          "SIN", "COS", "TAN", "ASIN", "ACOS", "ATAN", "EXP", "LOG", "LOG10", "SINH", "COSH",
          "TANH", "CBRT", "EXPM1", "LOG1P", "HYPOT", "ATAN2", "POW");

  /** Their order of additions is not specified. */
  private static final Set<String> UNORDERED = Set.of("ADD", "MUL", "FIRST_NONZERO");

  private static DescribedPredicate<JavaAccess<?>> target(
      String description, Predicate<AccessTarget> rule) {
    return DescribedPredicate.describe(description, access -> rule.test(access.getTarget()));
  }

  private static void refuse(DescribedPredicate<JavaAccess<?>> access) {
    noClasses().should().accessTargetWhere(access).check(CORE);
    noClasses().should().accessTargetWhere(access).check(ArchitectureTest.LEARN);
  }

  @Test
  void noTranscendentalFunctionOfMath() {
    refuse(
        target(
            "functions of Math that platforms may round differently",
            t -> t.getOwner().isEquivalentTo(Math.class) && !EXACT.contains(t.getName())));
  }

  @Test
  void noTranscendentalOperator() {
    Set<String> operators =
        Arrays.stream(VectorOperators.class.getFields())
            .map(Field::getName)
            .collect(Collectors.toSet());
    assertTrue(operators.containsAll(TRANSCENDENTAL));
    refuse(
        target(
            "operators that a mathematical library computes",
            t ->
                (t.getOwner().isEquivalentTo(VectorOperators.class)
                        && TRANSCENDENTAL.contains(t.getName()))
                    || (t.getOwner().isAssignableTo(Vector.class) && t.getName().equals("pow"))));
  }

  /** A class that reduces lanes may not even name the operators whose order is open. */
  @Test
  void noReductionOfLanesInAnOpenOrder() {
    noClasses()
        .that(
            DescribedPredicate.describe(
                "reduce lanes",
                owner ->
                    owner.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getName().startsWith("reduceLanes"))))
        .should()
        .accessTargetWhere(
            target(
                "ADD, MUL or FIRST_NONZERO",
                t ->
                    t.getOwner().isEquivalentTo(VectorOperators.class)
                        && UNORDERED.contains(t.getName())))
        .check(CORE);
  }

  @Test
  void noParallelStream() {
    refuse(
        target(
            "parallel streams",
            t ->
                t.getName().equals("parallelStream")
                    || (t.getName().equals("parallel")
                        && t.getOwner().isAssignableTo(BaseStream.class))));
  }

  @Test
  void noOrderOfIdentityHashes() {
    refuse(target("identity hashes", t -> t.getName().equals("identityHashCode")));
    noClasses().should().dependOnClassesThat(assignableTo(IdentityHashMap.class)).check(CORE);
  }

  @Test
  void noRandomGeneratorOfTheJdk() {
    refuse(target("nextGaussian", t -> t.getName().equals("nextGaussian")));
    noClasses()
        .should()
        .dependOnClassesThat(
            assignableTo(RandomGenerator.class).or(resideInAPackage("java.util.random..")))
        .check(CORE);
  }
}
