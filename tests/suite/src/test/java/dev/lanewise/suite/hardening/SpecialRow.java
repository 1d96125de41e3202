package dev.lanewise.suite.hardening;

import static org.junit.jupiter.api.Assertions.fail;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.testkit.Ulp;
import java.util.Arrays;

/**
 * What an operation makes of odd numbers: NaN, infinities, zeros of both signs, subnormals.
 *
 * @param operation its class and method; of an activation its name in between
 * @param along whether the numbers are a row of X, of many equal ones, or a column
 * @param call the operation on X, which leaves what it gives in Y
 * @param ulps how far a number that is neither 0 nor infinite may be from the expected one
 * @param x the numbers
 * @param expected what they give
 */
record SpecialRow(
    String operation, Along along, Call call, double ulps, float[] x, float[] expected) {
  static final float NAN = Float.NaN;
  static final float INF = Float.POSITIVE_INFINITY;

  /** The smallest number, and one of few bits among the subnormal ones. */
  static final float MIN = Float.MIN_VALUE;

  static final float SUB = 0x1.8p-130f;

  /** More than vectors of any width, and no multiple of their lengths. */
  static final int REPEATED = 67;

  /** Where the numbers lie. */
  enum Along {
    ROW,
    COLUMN
  }

  /** An operation as a function of X. */
  @FunctionalInterface
  interface Call {
    void run(FloatMatrix x, FloatMatrix y);
  }

  static float[] numbers(float... numbers) {
    return numbers;
  }

  /** A matrix of one number throughout, in the shape of another. */
  static FloatMatrix constant(FloatMatrix shape, float number) {
    return FloatMatrix.of(new float[] {number}, 1, 1).broadcast(shape.rows(), shape.columns());
  }

  static void fill(FloatMatrix y, float number) {
    copy(constant(y, number), y);
  }

  static void copy(FloatMatrix x, FloatMatrix y) {
    for (int i = 0; i < y.rows(); i++) {
      for (int j = 0; j < y.columns(); j++) {
        y.set(i, j, x.get(i, j));
      }
    }
  }

  /** On dense operands, and on such as have gaps between their elements. */
  long check() {
    long checked = 0;
    for (int gap = 1; gap <= 3; gap += 2) {
      FloatMatrix numbers = matrix(x.length, gap);
      FloatMatrix results = matrix(expected.length, gap);
      for (int i = 0; i < x.length; i++) {
        for (int j = 0; j < REPEATED; j++) {
          numbers.set(i, j, x[i]);
        }
      }
      fill(results, 77f); // none that is expected
      if (along == Along.ROW) {
        call.run(dense(numbers.transpose(), gap), results.transpose());
      } else {
        call.run(numbers, results);
      }
      for (int i = 0; i < expected.length; i++) {
        for (int j = 0; j < REPEATED; j++) {
          check(expected[i], results.get(i, j), i, j);
          checked++;
        }
      }
    }
    return checked;
  }

  private static FloatMatrix matrix(int rows, int gap) {
    float[] array = new float[Math.max(1, rows * REPEATED * gap)];
    return FloatMatrix.of(array, 0, rows, REPEATED, REPEATED * gap, gap);
  }

  /** A copy whose rows are contiguous where there are no gaps. */
  private static FloatMatrix dense(FloatMatrix x, int gap) {
    int n = x.columns();
    float[] array = new float[x.rows() * n * gap];
    FloatMatrix y = FloatMatrix.of(array, 0, x.rows(), n, n * gap, gap);
    copy(x, y);
    return y;
  }

  private void check(float wanted, float actual, int i, int j) {
    boolean exact = ulps == 0 || wanted == 0 || !Float.isFinite(wanted);
    if (exact ? Float.compare(wanted, actual) != 0 : !(Ulp.distance(actual, wanted) <= ulps)) {
      fail("%s: %s, not %s, is element %d, copy %d".formatted(this, actual, wanted, i, j));
    }
  }

  @Override
  public String toString() {
    return operation + " of " + Arrays.toString(x) + ", along a " + along;
  }
}
