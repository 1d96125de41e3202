package dev.lanewise.suite.hardening;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.DoubleMatrix;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatFactor;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Samples;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * A table of NaN, infinities, zeros of both signs and subnormals with what their documentation says
 * each public operation makes of them; it has a row for every operation.
 */
class SpecialValuesTest {
  /** What takes operands and computes nothing. */
  private static final Set<String> KEPT =
      Set.of("CrossEntropy.withWeights", "Epilogue.bias", "Epilogue.biasRelu", "PackedMatrix.of");

  private static final Set<Class<?>> OPERANDS =
      Set.of(
          FloatMatrix.class,
          FloatSpan.class,
          FloatBatch.class,
          DoubleMatrix.class,
          FloatFactor.class,
          Samples.class);

  private static List<SpecialRow> table() {
    return Stream.of(
            SpecialElements.rows(),
            SpecialSums.rows(),
            SpecialProbabilities.rows(),
            SpecialNorms.rows())
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void operationsGiveWhatTheirDocumentationSays() {
    List<SpecialRow> table = table();
    long[] checked = {0};
    Stream<Executable> rows = table.stream().map(row -> () -> checked[0] += row.check());
    assertAll(rows);
    Soak.report("special values, " + table.size() + " rows", checked[0]);
  }

  @Test
  void everyOperationHasARow() throws IllegalAccessException {
    Set<String> operations = new TreeSet<>();
    for (JavaClass type : new ClassFileImporter().importPackages("dev.lanewise.kernels")) {
      if (type.getPackageName().equals("dev.lanewise.kernels")
          && type.getModifiers().contains(JavaModifier.PUBLIC)) {
        type.getMethods().stream()
            .filter(SpecialValuesTest::takesOperands)
            .map(method -> type.getSimpleName() + "." + method.getName())
            .forEach(operations::add);
      }
    }
    operations.removeAll(KEPT);
    if (operations.remove("Activation.forward") && operations.remove("Activation.backward")) {
      for (Field field : Activation.class.getFields()) {
        operations.add("Activation." + field.get(null) + ".forward");
        operations.add("Activation." + field.get(null) + ".backward");
      }
      operations.add("Activation.leakyRelu(2.0).forward");
      operations.add("Activation.leakyRelu(2.0).backward");
    }
    Set<String> rows =
        table().stream().map(SpecialRow::operation).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(String.join("\n", operations), String.join("\n", rows));
  }

  private static boolean takesOperands(JavaMethod method) {
    return method.getModifiers().contains(JavaModifier.PUBLIC)
        && !method.getModifiers().contains(JavaModifier.SYNTHETIC)
        && method.getRawParameterTypes().stream()
            .anyMatch(type -> OPERANDS.contains(type.reflect()));
  }
}
