package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernels.internal.ArithmeticFunction;
import dev.lanewise.kernels.internal.scalar.ScalarArithmetic;
import jdk.incubator.vector.FloatVector;

/** {@link ScalarArithmetic} for operands that are contiguous or one number. */
public final class VectorArithmetic {
  private VectorArithmetic() {}

  /** As {@link ScalarArithmetic#run} with strides of 1, or 0 for an operand that is one number. */
  public static void run(
      ArithmeticFunction f,
      int n,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co) {
    int whole =
        as == 0 && bs == 0
            ? 0
            : switch (f) {
              case ADD -> add(n, a, ao, as, b, bo, bs, c, co);
              case SUBTRACT -> subtract(n, a, ao, as, b, bo, bs, c, co);
              case MULTIPLY -> multiply(n, a, ao, as, b, bo, bs, c, co);
              case DIVIDE -> divide(n, a, ao, as, b, bo, bs, c, co);
            };
    ScalarArithmetic.run(
        f, n - whole, a, ao + whole * as, as, b, bo + whole * bs, bs, c, co + whole, 1);
  }

  private static int add(
      int n, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co) {
    int i = 0;
    if (bs == 0) {
      FloatVector y = FloatVector.broadcast(FLOAT, b[bo]);
      for (; i <= n - LANES; i += LANES) {
        fromArray(FLOAT, a, ao + i).add(y).intoArray(c, co + i);
      }
    } else if (as == 0) {
      FloatVector x = FloatVector.broadcast(FLOAT, a[ao]);
      for (; i <= n - LANES; i += LANES) {
        x.add(fromArray(FLOAT, b, bo + i)).intoArray(c, co + i);
      }
    } else {
      for (; i <= n - LANES; i += LANES) {
        fromArray(FLOAT, a, ao + i).add(fromArray(FLOAT, b, bo + i)).intoArray(c, co + i);
      }
    }
    return i;
  }

  private static int subtract(
      int n, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co) {
    int i = 0;
    if (bs == 0) {
      FloatVector y = FloatVector.broadcast(FLOAT, b[bo]);
      for (; i <= n - LANES; i += LANES) {
        fromArray(FLOAT, a, ao + i).sub(y).intoArray(c, co + i);
      }
    } else if (as == 0) {
      FloatVector x = FloatVector.broadcast(FLOAT, a[ao]);
      for (; i <= n - LANES; i += LANES) {
        x.sub(fromArray(FLOAT, b, bo + i)).intoArray(c, co + i);
      }
    } else {
      for (; i <= n - LANES; i += LANES) {
        fromArray(FLOAT, a, ao + i).sub(fromArray(FLOAT, b, bo + i)).intoArray(c, co + i);
      }
    }
    return i;
  }

  private static int multiply(
      int n, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co) {
    int i = 0;
    if (bs == 0) {
      FloatVector y = FloatVector.broadcast(FLOAT, b[bo]);
      for (; i <= n - LANES; i += LANES) {
        fromArray(FLOAT, a, ao + i).mul(y).intoArray(c, co + i);
      }
    } else if (as == 0) {
      FloatVector x = FloatVector.broadcast(FLOAT, a[ao]);
      for (; i <= n - LANES; i += LANES) {
        x.mul(fromArray(FLOAT, b, bo + i)).intoArray(c, co + i);
      }
    } else {
      for (; i <= n - LANES; i += LANES) {
        fromArray(FLOAT, a, ao + i).mul(fromArray(FLOAT, b, bo + i)).intoArray(c, co + i);
      }
    }
    return i;
  }

  private static int divide(
      int n, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co) {
    int i = 0;
    if (bs == 0) {
      FloatVector y = FloatVector.broadcast(FLOAT, b[bo]);
      for (; i <= n - LANES; i += LANES) {
        fromArray(FLOAT, a, ao + i).div(y).intoArray(c, co + i);
      }
    } else if (as == 0) {
      FloatVector x = FloatVector.broadcast(FLOAT, a[ao]);
      for (; i <= n - LANES; i += LANES) {
        x.div(fromArray(FLOAT, b, bo + i)).intoArray(c, co + i);
      }
    } else {
      for (; i <= n - LANES; i += LANES) {
        fromArray(FLOAT, a, ao + i).div(fromArray(FLOAT, b, bo + i)).intoArray(c, co + i);
      }
    }
    return i;
  }
}
