package dev.lanewise.suite.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.kernels.DoubleMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Workers;
import dev.lanewise.kernels.internal.scalar.f64.ScalarGemm;
import dev.lanewise.suite.engine.DoubleViews;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Values;
import java.util.List;

/** A product of doubles as users call it, by its definition and as its documentation states it. */
record DoubleProduct(Cases.Product p, double alpha, double beta) {
  /** Operands of a call. */
  record Operands(DoubleMatrix a, DoubleMatrix b, DoubleMatrix c) {
    /** With a result of its own. */
    Operands again() {
      return new Operands(a, b, DoubleViews.copy(c));
    }
  }

  /** New operands; layouts are taken in turn. */
  Operands operands(List<Layout> layouts, Values values, long seed) {
    Mix mix = new Mix(seed);
    return new Operands(
        DoubleViews.matrix(layouts.get(0), p.m(), p.k(), values, mix),
        DoubleViews.matrix(layouts.get(1), p.k(), p.n(), values, mix),
        DoubleViews.matrix(layouts.get(2).distinct(), p.m(), p.n(), values, mix));
  }

  /** All three forms agree on everything that C's array holds afterwards. */
  void check(List<Layout> layouts, Values values, long seed) {
    String context = "%s %s %s seed=%d".formatted(this, layouts, values, seed);
    Operands given = operands(layouts, values, seed);
    double[] actual = run(given);
    assertArrayEquals(define(given), actual, () -> "as the definition: " + context);
    assertArrayEquals(state(given), actual, () -> "as stated: " + context);
  }

  /** C's array after the product as users call it. */
  double[] run(Operands given) {
    Operands x = given.again();
    Gemm.gemm(alpha, x.a, x.b, beta, x.c);
    return x.c.array();
  }

  double[] run(Operands given, Workers workers) {
    Operands x = given.again();
    Gemm.gemm(alpha, x.a, x.b, beta, x.c, workers);
    return x.c.array();
  }

  /** C's array after the definition. */
  double[] define(Operands given) {
    Operands x = given.again();
    ScalarGemm.gemm(
        p.n() == 1,
        p.m(),
        p.n(),
        p.k(),
        alpha,
        x.a.array(),
        x.a.offset(),
        x.a.rowStride(),
        x.a.columnStride(),
        x.b.array(),
        x.b.offset(),
        x.b.rowStride(),
        x.b.columnStride(),
        beta,
        x.c.array(),
        x.c.offset(),
        x.c.rowStride(),
        x.c.columnStride(),
        null,
        0,
        0);
    return x.c.array();
  }

  /** C's array after the product as it is documented. */
  private double[] state(Operands given) {
    Operands x = given.again();
    for (int i = 0; i < p.m(); i++) {
      for (int j = 0; j < p.n(); j++) {
        double c = beta == 0 ? 0 : beta * x.c.get(i, j);
        if (alpha != 0 && p.n() == 1 && p.k() > 0) {
          c += row(x.a, i, x.b, 0, p.k());
        } else {
          for (int l = 0; l < p.k() && alpha != 0; l++) {
            c = Math.fma(alpha * x.a.get(i, l), x.b.get(l, j), c);
          }
        }
        x.c.set(i, j, c);
      }
    }
    return x.c.array();
  }

  /** Row i of A times B's only column: blocks fold pairwise, which is a tree of powers of two. */
  private double row(DoubleMatrix a, int i, DoubleMatrix b, int from, int to) {
    if (to - from > 4096) {
      int left = 4096;
      while (2 * left < to - from) {
        left *= 2;
      }
      return row(a, i, b, from, from + left) + row(a, i, b, from + left, to);
    }
    double[] lanes = new double[32];
    for (int l = from; l < to; l++) {
      lanes[l % 32] = Math.fma(alpha * a.get(i, l), b.get(l, 0), lanes[l % 32]);
    }
    for (int half = 16; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        lanes[l] += lanes[l + half];
      }
    }
    return lanes[0];
  }
}
