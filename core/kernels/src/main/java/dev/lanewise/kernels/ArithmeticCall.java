package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.ArithmeticFunction;
import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.Pool;
import dev.lanewise.kernels.internal.scalar.ScalarArithmetic;
import dev.lanewise.kernels.internal.vector.VectorArithmetic;

/**
 * Arithmetic on the elements of two matrices, on the caller's thread or several.
 *
 * <p>Matrices that all lie in their arrays without gaps are one row. Vector code takes rows whose
 * elements lie side by side or are one number; the definition takes any others.
 */
final class ArithmeticCall extends Ranges {
  private static final double NANOS_PER_ELEMENT = 0.15;

  private static final Pool<ArithmeticCall> POOL = new Pool<>(CALLERS, ArithmeticCall::new);

  private ArithmeticFunction function;
  private FloatMatrix a;
  private FloatMatrix b;
  private FloatMatrix c;
  private boolean flat;
  private boolean vector;

  private ArithmeticCall() {}

  /** c ← f(a, b); the operands have been checked. */
  static void run(
      ArithmeticFunction function, FloatMatrix a, FloatMatrix b, FloatMatrix c, Workers workers) {
    int m = c.rows();
    int n = c.columns();
    if (m == 0 || n == 0) {
      return;
    }
    ArithmeticCall call = POOL.take();
    call.function = function;
    call.a = a;
    call.b = b;
    call.c = c;
    call.flat = isFlat(a) && isFlat(b) && Operands.isDense(c);
    call.vector = Chooser.vector() && isInRows(a) && isInRows(b) && c.columnStride() == 1;
    try {
      double nanos = NANOS_PER_ELEMENT * m * n;
      call.run(call.flat ? m * n : m, call.flat ? ELEMENT_STEP : 1, nanos, workers);
    } finally {
      call.a = null;
      call.b = null;
      call.c = null;
      POOL.give(call);
    }
  }

  private static boolean isFlat(FloatMatrix x) {
    return Operands.isDense(x) || (x.columnStride() == 0 && (x.rows() == 1 || x.rowStride() == 0));
  }

  private static boolean isInRows(FloatMatrix x) {
    return x.columnStride() <= 1;
  }

  @Override
  void range(int from, int to) {
    if (flat) {
      leaf(to - from, from * a.columnStride(), from * b.columnStride(), from);
      return;
    }
    for (int i = from; i < to; i++) {
      leaf(c.columns(), i * a.rowStride(), i * b.rowStride(), i * c.rowStride());
    }
  }

  private void leaf(int n, int ai, int bi, int ci) {
    int ao = a.offset() + ai;
    int bo = b.offset() + bi;
    int co = c.offset() + ci;
    int as = a.columnStride();
    int bs = b.columnStride();
    if (vector) {
      VectorArithmetic.run(function, n, a.array(), ao, as, b.array(), bo, bs, c.array(), co);
    } else {
      int cs = c.columnStride();
      ScalarArithmetic.run(function, n, a.array(), ao, as, b.array(), bo, bs, c.array(), co, cs);
    }
  }
}
