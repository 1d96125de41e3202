package dev.lanewise.kernels.internal.scalar;

import dev.lanewise.kernels.internal.ArithmeticFunction;

/** Sums, differences, products and quotients, element by element. */
public final class ScalarArithmetic {
  private ScalarArithmetic() {}

  /** c_i = f(a_i, b_i); a stride of 0 repeats one number. */
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
      int co,
      int cs) {
    switch (f) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          c[co + i * cs] = a[ao + i * as] + b[bo + i * bs];
        }
      }
      case SUBTRACT -> {
        for (int i = 0; i < n; i++) {
          c[co + i * cs] = a[ao + i * as] - b[bo + i * bs];
        }
      }
      case MULTIPLY -> {
        for (int i = 0; i < n; i++) {
          c[co + i * cs] = a[ao + i * as] * b[bo + i * bs];
        }
      }
      case DIVIDE -> {
        for (int i = 0; i < n; i++) {
          c[co + i * cs] = a[ao + i * as] / b[bo + i * bs];
        }
      }
    }
  }
}
