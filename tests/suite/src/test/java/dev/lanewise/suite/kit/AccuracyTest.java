package dev.lanewise.suite.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Accuracy} and {@link Bound} admit and refuse what they say. */
class AccuracyTest {
  private static final double[] ONE = {1};

  private static AssertionError refused(float actual, double expected, Bound bound) {
    Accuracy accuracy = new Accuracy("x");
    float[] result = {actual};
    double[] oracle = {expected};
    AssertionError error =
        assertThrows(AssertionError.class, () -> accuracy.check(result, oracle, bound, "seed=17"));
    assertTrue(accuracy.worstShare() > 1, () -> "share " + accuracy.worstShare());
    return error;
  }

  private static void admitted(float actual, double expected, Bound bound) {
    new Accuracy("x").check(new float[] {actual}, new double[] {expected}, bound, "seed=17");
  }

  @Test
  void messageNamesCaseElementAndValues() {
    float[] actual = {1, 2, 3, 4, 5.5f, 6.25f};
    double[] expected = {1, 2, 3, 4, 5, 6};
    Accuracy accuracy = new Accuracy("softmax forward");
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                accuracy.check(
                    2, 3, Elements.dense(actual, 3), expected, Bound.absolute(0.2), "seed=17"));
    assertEquals(
        "softmax forward: 2 of 6 elements (2×3) beyond the bound; the worst at row 1, column 1:"
            + " expected 5.0, actual 5.5, error 0.5000 (1.049e+06 ulps), bound 0.2000, 2.500 of"
            + " the bound; seed=17",
        error.getMessage());
  }

  /** Distances from what is no number, and bounds that admit nothing, say nothing. */
  @Test
  void messageLeavesOutWhatIsNoNumber() {
    String beyond = "x: 1 of 1 elements (1×1) beyond the bound; the worst at row 0, column 0: ";
    assertEquals(
        beyond + "expected 1.0, actual Infinity, bound 0.2000; seed=17",
        refused(Float.POSITIVE_INFINITY, 1, Bound.absolute(0.2)).getMessage());
    assertEquals(
        beyond + "expected Infinity, actual 3.4028235E38, no error admitted; seed=17",
        refused(Float.MAX_VALUE, Double.POSITIVE_INFINITY, Bound.relative(1)).getMessage());
    assertEquals(
        beyond
            + "expected 0.0, actual 1.0, error 1.000 (7.136e+44 ulps), no error admitted; seed=17",
        refused(1, 0, Bound.relative(1)).getMessage());
  }

  @Test
  void everyBoundAdmitsItsEdgeAndNoMore() {
    float above = Math.nextUp(1f);
    float twice = Math.nextUp(above);
    double ulp = Math.ulp(1f);
    Bound[] bounds = {
      Bound.ulps(1),
      Bound.ulps(0.5, new double[] {2}),
      Bound.absolute(ulp),
      Bound.relative(ulp),
      Bound.componentwise(new double[] {ulp}),
      Bound.gamma(1, new double[] {2}),
      Bound.absolute(ulp / 2).plus(Bound.componentwise(new double[] {ulp / 2}))
    };
    for (Bound bound : bounds) {
      admitted(above, 1, bound);
      refused(twice, 1, bound);
    }
  }

  static Stream<Bound> bounds() {
    return Stream.of(
        Bound.ulps(4),
        Bound.ulps(2, new double[] {8}),
        Bound.absolute(0.5),
        Bound.relative(0.5),
        Bound.componentwise(new double[] {0.9}),
        Bound.gamma(3, new double[] {100}),
        Bound.relative(0.5).plus(Bound.componentwise(new double[] {0.1})),
        Bound.absolute(Double.NaN),
        Bound.absolute(Double.POSITIVE_INFINITY),
        Bound.absolute(-1));
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void noBoundAdmitsNonsense(Bound bound) {
    refused(Float.NaN, 1, bound);
    refused(Float.POSITIVE_INFINITY, 1, bound);
    refused(Float.NEGATIVE_INFINITY, 1, bound);
    refused(2, 1, bound);
    refused(1, Double.NaN, bound);
    refused(Float.MAX_VALUE, Double.POSITIVE_INFINITY, bound);
    refused(Float.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, bound);
  }

  @Test
  void specialValuesWithoutErrorPassEveryBound() {
    for (Bound bound : bounds().toList()) {
      admitted(Float.NaN, Double.NaN, bound);
      admitted(Float.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, bound);
      admitted(Float.POSITIVE_INFINITY, 1e39, bound);
      admitted(1, 1, bound);
    }
    admitted(-0f, 0, Bound.absolute(0));
  }

  @Test
  void reportSaysTheWorstOfAllCases() {
    Accuracy accuracy = new Accuracy("fine");
    assertEquals("fine: 0 elements", accuracy.toString());
    assertEquals(0, accuracy.worstShare());
    accuracy.check(new float[] {1.25f}, ONE, Bound.absolute(1), "seed=1");
    accuracy.check(new float[] {1.5f}, ONE, Bound.absolute(1), "seed=2");
    accuracy.check(new float[] {1.125f}, ONE, Bound.absolute(1), "seed=3");
    accuracy.check(new float[0], new double[0], Bound.ulps(0), "empty");
    assertEquals(0.5, accuracy.worstShare());
    assertTrue(accuracy.toString().startsWith("fine: 3 elements, the worst at row 0, column 0"));
    assertTrue(accuracy.toString().endsWith("0.5000 of the bound; seed=2"));
  }

  @Test
  void bitsCountAsElementsWithoutError() {
    Accuracy accuracy = new Accuracy("same");
    Elements two = Elements.dense(new float[] {0, Float.NaN, 1, 2, 3, 4}, 3);
    accuracy.checkBits(2, 3, two, two, "seed=1");
    assertEquals("same: 6 elements, all without error", accuracy.toString());
    Elements other = (i, j) -> i + j == 0 ? -0f : two.at(i, j);
    AssertionError error =
        assertThrows(AssertionError.class, () -> accuracy.checkBits(2, 3, other, two, "seed=2"));
    assertEquals(
        "same: bits differ in 1 of 6 elements (2×3), first at row 0, column 0: expected 0.0"
            + " (0x00000000), actual -0.0 (0x80000000), 0.000 ulps; seed=2",
        error.getMessage());
    accuracy.check(new float[] {1.5f}, ONE, Bound.absolute(1), "seed=3");
    accuracy.checkBits(1, 2, two, two, "seed=4");
    assertEquals(0.5, accuracy.worstShare());
    assertTrue(accuracy.toString().startsWith("same: 9 elements, the worst at row 0, column 0"));
    assertThrows(
        IllegalArgumentException.class, () -> accuracy.checkBits(-1, 2, two, two, "seed=5"));
  }

  @Test
  void misfitsAreNamed() {
    Accuracy accuracy = new Accuracy("x");
    assertIllegal("x: 2 actual but 3 expected elements", 2, 3, Bound.ulps(1));
    assertIllegal(
        "Bound: made for 3 elements, used for 2", 2, 2, Bound.componentwise(new double[3]));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> accuracy.check(-1, -2, (i, j) -> 0, new double[2], Bound.ulps(1), "seed=17"))
            .getMessage();
    assertEquals("x: -1×-2 is not the shape of an array", message);
    Bound two = Bound.componentwise(new double[2]);
    Bound three = Bound.gamma(2, new double[3]);
    assertThrows(IllegalArgumentException.class, () -> two.plus(three));
    assertThrows(IllegalArgumentException.class, () -> Bound.gamma(1 << 24));
    assertThrows(IllegalArgumentException.class, () -> Bound.gamma(-1));
  }

  private static void assertIllegal(String message, int actual, int expected, Bound bound) {
    Accuracy accuracy = new Accuracy("x");
    Exception thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> accuracy.check(new float[actual], new double[expected], bound, "seed=17"));
    assertEquals(message, thrown.getMessage());
  }
}
