package dev.lanewise.suite.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.testkit.oracle.BatchNormOracle;
import dev.lanewise.testkit.oracle.ColumnSumsOracle;
import dev.lanewise.testkit.oracle.CrossEntropyOracle;
import dev.lanewise.testkit.oracle.ElementaryOracle;
import dev.lanewise.testkit.oracle.GemmOracle;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracles by hand, in exact arithmetic, and where their input is special. */
class OracleTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  @Test
  void gemmByHand() {
    double[] a = {1, 2, 3, 4};
    double[] b = {5, 6, 7, 8};
    double[] c = {1, 1, 1, 1};
    assertArrayEquals(new double[] {35, 41, 83, 97}, GemmOracle.gemm(2, 2, 2, 2, a, b, -3, c));
  }

  @Test
  void gemmReadsNeitherCAtBetaZeroNorABAtAlphaZero() {
    double[] nan = {NAN};
    double[] two = {2};
    assertEquals(4, GemmOracle.gemm(1, 1, 1, 1, two, two, 0, nan)[0]);
    assertEquals(4, GemmOracle.gemm(1, 1, 1, 0, nan, nan, 2, two)[0]);
    assertEquals(4, GemmOracle.gemm(1, 1, 0, NAN, new double[0], new double[0], 2, two)[0]);
  }

  @Test
  void columnSumsAreCompensated() {
    double[] x = {1e30, 1, -1e30, 1}; // a plain sum gives 1
    assertEquals(2, ColumnSumsOracle.sums(4, 1, x)[0]);
    assertEquals(2e30 + 2, ColumnSumsOracle.magnitude(4, 1, x)[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000, 100_000})
  void batchStatisticsInExactArithmetic(int m) {
    Random random = new Random(m);
    double[] z = new double[m];
    Arrays.setAll(z, i -> (float) (12345.6 + 1.2 * random.nextGaussian()));
    BigDecimal count = new BigDecimal(m);
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : z) {
      sum = sum.add(new BigDecimal(value));
    }
    BigDecimal mean = sum.divide(count, MathContext.DECIMAL128);
    BigDecimal squares = BigDecimal.ZERO;
    for (double value : z) {
      BigDecimal deviation = new BigDecimal(value).subtract(mean);
      squares = squares.add(deviation.multiply(deviation), MathContext.DECIMAL128);
    }
    double variance = squares.divide(count, MathContext.DECIMAL128).doubleValue();
    assertEquals(mean.doubleValue(), BatchNormOracle.mean(m, 1, z)[0], 1e-11);
    assertEquals(variance, BatchNormOracle.variance(m, 1, z)[0], 1e-11 * variance);
  }

  @Test
  void batchNormGivesItsInputBack() {
    Random random = new Random(3);
    int m = 50;
    int n = 4;
    double[] z = random.doubles(200, 90, 110).toArray();
    double[] variance = BatchNormOracle.variance(m, n, z);
    double[] gamma = Arrays.stream(variance).map(v -> Math.sqrt(v + 0.1)).toArray();
    double[] mean = BatchNormOracle.mean(m, n, z);
    assertArrayEquals(z, BatchNormOracle.forward(m, n, z, gamma, mean, 0.1), 1e-12);
  }

  @Test
  void runningAverageByHand() {
    double[] next = BatchNormOracle.running(0.25, new double[] {4}, new double[] {8});
    assertArrayEquals(new double[] {5}, next);
  }

  @Test
  void crossEntropyIsMinusLogSoftmax() {
    double[] z = new Random(5).doubles(12, -3, 3).toArray();
    double[] a = SoftmaxOracle.forward(4, 3, z);
    int[] labels = {0, 2, 1, 0};
    double[] losses = CrossEntropyOracle.losses(4, 3, z, labels);
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      assertEquals(-Math.log(a[3 * i + labels[i]]), losses[i], 1e-14);
      sum += losses[i];
    }
    assertEquals(sum / 4, CrossEntropyOracle.mean(4, 3, z, labels), 1e-14);
  }

  @Test
  void tinyAndHugeLossesKeepTheirDigits() {
    double[] z = {60, 0};
    int[] label = {0};
    double tiny = Math.exp(-60);
    assertEquals(tiny, CrossEntropyOracle.losses(1, 2, z, label)[0], 1e-15 * tiny);
    assertEquals(-tiny, CrossEntropyOracle.gradient(1, 2, z, label)[0], 1e-15 * tiny);
    double[] apart = {1e4, -1e4};
    assertEquals(2e4, CrossEntropyOracle.losses(1, 2, apart, new int[] {1})[0]);
  }

  @Test
  void maskedLogitsHaveNoProbability() {
    double[] z = {0, -INFINITY, 0};
    assertArrayEquals(new double[] {0.5, 0, 0.5}, SoftmaxOracle.forward(1, 3, z));
    double[] pair = {0, -INFINITY};
    assertEquals(0, CrossEntropyOracle.losses(1, 2, pair, new int[] {0})[0]);
    assertEquals(INFINITY, CrossEntropyOracle.losses(1, 2, pair, new int[] {1})[0]);
  }

  @Test
  void specialRowsAreNanAsAWhole() {
    double[][] rows = {
      {-INFINITY, -INFINITY}, {INFINITY, 0}, {0, INFINITY}, {NAN, 0}, {0, NAN}, {-INFINITY, NAN}
    };
    double[] nan = {NAN, NAN};
    for (double[] row : rows) {
      assertArrayEquals(nan, SoftmaxOracle.forward(1, 2, row), Arrays.toString(row));
      for (int label = 0; label < 2; label++) {
        int[] labels = {label};
        assertEquals(NAN, CrossEntropyOracle.losses(1, 2, row, labels)[0]);
        assertArrayEquals(nan, CrossEntropyOracle.gradient(1, 2, row, labels));
      }
    }
  }

  @Test
  void emptyInput() {
    assertEquals(0, SoftmaxOracle.forward(0, 3, new double[0]).length);
    assertEquals(0, SoftmaxOracle.forward(3, 0, new double[0]).length);
    assertEquals(NAN, CrossEntropyOracle.mean(0, 3, new double[0], new int[0]));
    assertEquals(NAN, BatchNormOracle.mean(0, 2, new double[0])[1]);
    assertEquals(0, ColumnSumsOracle.sums(0, 1, new double[0])[0]);
  }

  @Test
  void elementaryFunctions() {
    assertEquals(Math.E, ElementaryOracle.exp(1), Math.ulp(Math.E));
    assertEquals(0, ElementaryOracle.exp(Float.NEGATIVE_INFINITY));
    assertEquals(-INFINITY, ElementaryOracle.log(-0f));
    assertEquals(NAN, ElementaryOracle.log(-1));
  }

  @Test
  void misfitsAreNamed() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> GemmOracle.gemm(2, 3, 4, 1, new double[8], new double[11], 0, null))
            .getMessage();
    assertEquals("GemmOracle: B has 11 elements but is 4×3", message);
    message =
        assertThrows(
                IllegalArgumentException.class,
                () -> CrossEntropyOracle.losses(1, 2, new double[2], new int[] {2}))
            .getMessage();
    assertTrue(message.contains("label 2 of row 0 is not one of 2 classes"), message);
    assertThrows(
        IllegalArgumentException.class, () -> SoftmaxOracle.forward(-1, -1, new double[1]));
    double[] one = {1};
    assertThrows(
        IllegalArgumentException.class,
        () -> BatchNormOracle.forward(2, 2, new double[4], one, new double[2], 1));
  }
}
