package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;

import jdk.incubator.vector.FloatVector;

/** The micro-kernel of 4 rows by 1 vector: 4 accumulators. */
final class MicroKernel4x1 {
  private MicroKernel4x1() {}

  /** As {@link MicroKernels} describes it. */
  static void run(
      int tiles,
      int lastRow,
      int depth,
      float[] a,
      int ao,
      int ars,
      int as,
      float[] b,
      int bo,
      int brs,
      int bs,
      float beta,
      float[] c,
      int co,
      int crs,
      int cs) {
    for (int t = 0; t < tiles; t++) {
      int last = t < tiles - 1 ? 3 : lastRow;
      int c1 = co + Math.min(1, last) * crs;
      int c2 = co + Math.min(2, last) * crs;
      int c3 = co + Math.min(3, last) * crs;
      FloatVector x0;
      FloatVector x1;
      FloatVector x2;
      FloatVector x3;
      if (beta == 0f) {
        x0 = FloatVector.zero(FLOAT);
        x1 = FloatVector.zero(FLOAT);
        x2 = FloatVector.zero(FLOAT);
        x3 = FloatVector.zero(FLOAT);
      } else {
        x0 = FloatVector.fromArray(FLOAT, c, co).mul(beta);
        x1 = FloatVector.fromArray(FLOAT, c, c1).mul(beta);
        x2 = FloatVector.fromArray(FLOAT, c, c2).mul(beta);
        x3 = FloatVector.fromArray(FLOAT, c, c3).mul(beta);
      }
      int a1 = ao + Math.min(1, last) * ars;
      int a2 = ao + Math.min(2, last) * ars;
      int a3 = ao + Math.min(3, last) * ars;
      for (int p = 0, bp = bo; p < depth; p++, bp += brs) {
        FloatVector bv = FloatVector.fromArray(FLOAT, b, bp);
        FloatVector y0 = FloatVector.broadcast(FLOAT, a[ao + p]);
        x0 = y0.fma(bv, x0);
        FloatVector y1 = FloatVector.broadcast(FLOAT, a[a1 + p]);
        x1 = y1.fma(bv, x1);
        FloatVector y2 = FloatVector.broadcast(FLOAT, a[a2 + p]);
        x2 = y2.fma(bv, x2);
        FloatVector y3 = FloatVector.broadcast(FLOAT, a[a3 + p]);
        x3 = y3.fma(bv, x3);
      }
      x0.intoArray(c, co);
      x1.intoArray(c, c1);
      x2.intoArray(c, c2);
      x3.intoArray(c, c3);
      ao += as;
      bo += bs;
      co += cs;
    }
  }
}
