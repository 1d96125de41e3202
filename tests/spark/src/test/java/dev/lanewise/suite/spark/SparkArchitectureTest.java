package dev.lanewise.suite.spark;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.spark.SparkStudy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrows: Spark's module uses the others' public faces, and none of them knows it. */
class SparkArchitectureTest {
  static final JavaClasses SPARK = importing(SparkStudy.class);

  private static JavaClasses importing(Class<?> one) {
    return new ClassFileImporter()
        .importLocations(
            List.of(Location.of(one.getProtectionDomain().getCodeSource().getLocation())));
  }

  @Test
  void sparkUsesPublicFacesAlone() {
    assertTrue(SPARK.contain(SparkStudy.class));
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "dev.lanewise.spark",
                "dev.lanewise.kernels",
                "dev.lanewise.learn..",
                "org.apache.spark..",
                "org.apache.hadoop.fs",
                "org.apache.hadoop.conf",
                "scala..",
                "java.."))
        .check(SPARK);
  }

  @Test
  void nothingKnowsSpark() {
    for (Class<?> one : List.of(Gemm.class, Trainer.class)) {
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.apache.spark..").or(resideInAPackage("dev.lanewise.spark..")))
          .check(importing(one));
    }
  }
}
