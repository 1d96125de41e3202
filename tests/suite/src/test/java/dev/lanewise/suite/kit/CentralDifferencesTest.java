package dev.lanewise.suite.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.testkit.CentralDifferences;
import org.junit.jupiter.api.Test;

/** {@link CentralDifferences} where the derivatives are known. */
class CentralDifferencesTest {
  @Test
  void gradientOfACubic() {
    double[] x = {2, -3, 0};
    double[] gradient =
        CentralDifferences.gradient(p -> p[0] * p[0] * p[0] + p[0] * p[1] + 7 * p[2], x);
    assertArrayEquals(new double[] {9, 2, 7}, gradient, 1e-8);
    assertArrayEquals(new double[] {2, -3, 0}, x, "the point is left as it was");
  }

  @Test
  void jacobianHasARowForEachOutput() {
    double[] jacobian =
        CentralDifferences.jacobian(
            p -> new double[] {p[0] * p[1], p[0], 3 * p[1]}, new double[] {2, 50});
    assertArrayEquals(new double[] {50, 2, 1, 0, 0, 3}, jacobian, 1e-6);
  }

  /** Around 10^8 a step of 10^-6 would vanish; it is relative there. */
  @Test
  void stepGrowsWithThePoint() {
    double[] gradient = CentralDifferences.gradient(p -> 2 * p[0], new double[] {1e8});
    assertArrayEquals(new double[] {2}, gradient, 1e-8);
  }

  @Test
  void stepsArePositive() {
    assertThrows(
        IllegalArgumentException.class,
        () -> CentralDifferences.gradient(p -> 0, new double[1], 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> CentralDifferences.gradient(p -> 0, new double[1], Double.NaN));
  }
}
