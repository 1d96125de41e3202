package dev.lanewise.suite.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchCondition;
import dev.lanewise.bench.Main;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.vector.Hardware;
import dev.lanewise.learn.graph.Node;
import dev.lanewise.testkit.Bits;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrows between packages and modules. */
class ArchitectureTest {
  private static final String FACE = "dev.lanewise.kernels";
  private static final String SHARED = "dev.lanewise.kernels.[internal|internal.f64]";
  private static final String SCALAR = "dev.lanewise.kernels.internal.scalar..";
  private static final String VECTOR = "dev.lanewise.kernels.internal.vector..";
  private static final String INCUBATOR = "jdk.incubator.vector..";

  static final JavaClasses KERNELS = importing(Gemm.class);
  static final JavaClasses LEARN = importing(Node.class);
  static final JavaClasses BENCH = importing(Main.class);
  static final JavaClasses KIT = importing(Bits.class);

  /** The classes that lie where this one does. */
  private static JavaClasses importing(Class<?> one) {
    return new ClassFileImporter()
        .importLocations(
            List.of(Location.of(one.getProtectionDomain().getCodeSource().getLocation())));
  }

  @Test
  void classesAreFound() {
    for (Class<?> one : List.of(Gemm.class, Chooser.class, Hardware.class)) {
      assertTrue(KERNELS.contain(one), one.getName());
    }
    assertTrue(KIT.contain(Bits.class));
    assertTrue(LEARN.contain(Node.class));
    assertTrue(BENCH.contain(Main.class));
  }

  @Test
  void theVectorApiIsUsedInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage(VECTOR)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(INCUBATOR)
        .check(KERNELS);
  }

  /** What is public in that package is called from outside it; no vector may cross. */
  @Test
  void noVectorTypeIsInAPublicSignature() {
    classes().that().arePublic().should(Types.without(resideInAPackage(INCUBATOR))).check(KERNELS);
  }

  @Test
  void theKernelsDependOnTwoModulesOfTheJdkAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAPackage("dev.lanewise.kernels..")
                .or(Types.inModules("java.base", "jdk.incubator.vector")))
        .check(KERNELS);
  }

  @Test
  void learnDependsOnTheFaceOfTheKernelsAndOnTwoLibraries() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "dev.lanewise.learn..", FACE, "de.siegmar.fastcsv..", "tools.jackson..")
                .or(Types.inModules("java.base")))
        .check(LEARN);
  }

  /**
   * The arrows inside learn: training knows all, the graph nothing but the kernels, and all know
   * what is internal.
   */
  @Test
  void theGraphKnowsNeitherLayersNorOptimizersNorData() {
    String learn = "dev.lanewise.learn.";
    slice(learn + "graph..", learn + "graph..");
    slice(learn + "layer..", learn + "graph..", learn + "layer..");
    slice(learn + "optim..", learn + "graph..", learn + "optim..");
    slice(learn + "data..", learn + "data..");
    slice(learn + "internal..");
    slice(
        learn + "tune..", learn + "data..", learn + "optim..", learn + "train..", learn + "tune..");
    noClasses()
        .that()
        .resideInAPackage(learn + "train..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(learn + "tune..")
        .check(LEARN);
  }

  /** What is searched or babysat is anybody's, but for one class that adapts trainers. */
  @Test
  void tuningIsNotSpecificToNetworks() {
    noClasses()
        .that()
        .resideInAPackage("dev.lanewise.learn.tune..")
        .and()
        .doNotHaveSimpleName("NetworkTrainee")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.lanewise.learn.train..", "dev.lanewise.learn.optim..")
        .check(LEARN);
  }

  /** Commands know what they are made of, nothing of that knows a command, and no arrows circle. */
  @Test
  void thePackagesOfTheBenchHaveNoCycles() {
    slices().matching("dev.lanewise.bench.(*)..").should().beFreeOfCycles().check(BENCH);
    noClasses()
        .that()
        .resideInAPackage("dev.lanewise.bench.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.lanewise.bench")
        .check(BENCH);
  }

  private static void slice(String from, String... to) {
    classes()
        .that()
        .resideInAPackage(from)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(to)
                .or(resideInAPackage("dev.lanewise.learn.internal.."))
                .or(not(resideInAPackage("dev.lanewise.learn.."))))
        .check(LEARN);
  }

  @Test
  void theKitDependsOnNothingOfOurs() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.lanewise..").and(not(resideInAPackage("dev.lanewise.testkit.."))))
        .check(KIT);
  }

  @Test
  void nothingInsideKnowsTheFace() {
    noClasses()
        .that()
        .resideInAnyPackage(SHARED, SCALAR, VECTOR)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(FACE)
        .check(KERNELS);
  }

  @Test
  void theDefinitionsKnowNoVectorCode() {
    noClasses()
        .that()
        .resideInAPackage(SCALAR)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(VECTOR)
        .check(KERNELS);
  }

  /** One arrow points back: the chooser asks the hardware for its width. */
  @Test
  void whatIsSharedKnowsNeitherImplementationButForTheHardwaresWidth() {
    noClasses()
        .that()
        .resideInAPackage(SHARED)
        .and(not(type(Chooser.Machine.class)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SCALAR, VECTOR)
        .check(KERNELS);
    noClasses()
        .that(type(Chooser.Machine.class))
        .should()
        .dependOnClassesThat(resideInAnyPackage(SCALAR, VECTOR).and(not(type(Hardware.class))))
        .check(KERNELS);
  }

  /** Files hold numbers and text; exceptions alone are of serializable types, by their parent. */
  @Test
  void nothingIsSerialized() {
    for (JavaClasses module : List.of(KERNELS, LEARN, KIT, BENCH)) {
      noClasses()
          .that(resideInAPackage("dev.lanewise.."))
          .should()
          .dependOnClassesThat(nameMatching("java\\.io\\.(Object\\w+|Externalizable)"))
          .orShould(implementing(Serializable.class))
          .check(module);
    }
  }

  /** No text in a file becomes the name of another: all paths are the caller's, or temporary. */
  @Test
  void noFileNamesAnother() {
    noClasses()
        .that()
        .doNotHaveSimpleName("AtomicFile")
        .should()
        .callMethodWhere(
            target(owner(assignableTo(Path.class)))
                .and(target(nameMatching("of|resolve(Sibling)?"))))
        .orShould()
        .dependOnClassesThat(
            nameMatching("java\\.(io\\.File(Reader|Writer|InputStream|OutputStream)?|net\\..*)"))
        .orShould()
        .dependOnClassesThat(nameMatching("java\\.nio\\.file\\.(Paths|FileSystems?)"))
        .check(LEARN);
  }

  /** It names the interface itself. */
  private static ArchCondition<JavaClass> implementing(Class<?> type) {
    return ArchCondition.from(
        DescribedPredicate.describe(
            "implement " + type.getName(),
            one ->
                one.getRawInterfaces().stream().anyMatch(parent -> parent.isEquivalentTo(type))));
  }

  /** An operation is a final class of static methods. */
  @Test
  void operationsAreFinalWithPrivateConstructors() {
    classes()
        .that()
        .resideInAnyPackage("dev.lanewise.kernels..", "dev.lanewise.testkit..")
        .and()
        .areTopLevelClasses()
        .and()
        .areNotInterfaces()
        .and()
        .areNotRecords()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .and()
        .doNotHaveSimpleName("package-info")
        .and()
        .doNotHaveSimpleName("module-info")
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(KERNELS);
    classes().that(Types.onlyStatic()).should().haveOnlyPrivateConstructors().check(KERNELS);
  }
}
