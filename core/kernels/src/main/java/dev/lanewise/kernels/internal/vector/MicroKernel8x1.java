package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;

import jdk.incubator.vector.FloatVector;

/** The micro-kernel of 8 rows by 1 vector: 8 accumulators. */
final class MicroKernel8x1 {
  private MicroKernel8x1() {}

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
      int last = t < tiles - 1 ? 7 : lastRow;
      int c1 = co + Math.min(1, last) * crs;
      int c2 = co + Math.min(2, last) * crs;
      int c3 = co + Math.min(3, last) * crs;
      int c4 = co + Math.min(4, last) * crs;
      int c5 = co + Math.min(5, last) * crs;
      int c6 = co + Math.min(6, last) * crs;
      int c7 = co + Math.min(7, last) * crs;
      FloatVector x0;
      FloatVector x1;
      FloatVector x2;
      FloatVector x3;
      FloatVector x4;
      FloatVector x5;
      FloatVector x6;
      FloatVector x7;
      if (beta == 0f) {
        x0 = FloatVector.zero(FLOAT);
        x1 = FloatVector.zero(FLOAT);
        x2 = FloatVector.zero(FLOAT);
        x3 = FloatVector.zero(FLOAT);
        x4 = FloatVector.zero(FLOAT);
        x5 = FloatVector.zero(FLOAT);
        x6 = FloatVector.zero(FLOAT);
        x7 = FloatVector.zero(FLOAT);
      } else {
        x0 = FloatVector.fromArray(FLOAT, c, co).mul(beta);
        x1 = FloatVector.fromArray(FLOAT, c, c1).mul(beta);
        x2 = FloatVector.fromArray(FLOAT, c, c2).mul(beta);
        x3 = FloatVector.fromArray(FLOAT, c, c3).mul(beta);
        x4 = FloatVector.fromArray(FLOAT, c, c4).mul(beta);
        x5 = FloatVector.fromArray(FLOAT, c, c5).mul(beta);
        x6 = FloatVector.fromArray(FLOAT, c, c6).mul(beta);
        x7 = FloatVector.fromArray(FLOAT, c, c7).mul(beta);
      }
      int a1 = ao + Math.min(1, last) * ars;
      int a2 = ao + Math.min(2, last) * ars;
      int a3 = ao + Math.min(3, last) * ars;
      int a4 = ao + Math.min(4, last) * ars;
      int a5 = ao + Math.min(5, last) * ars;
      int a6 = ao + Math.min(6, last) * ars;
      int a7 = ao + Math.min(7, last) * ars;
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
        FloatVector y4 = FloatVector.broadcast(FLOAT, a[a4 + p]);
        x4 = y4.fma(bv, x4);
        FloatVector y5 = FloatVector.broadcast(FLOAT, a[a5 + p]);
        x5 = y5.fma(bv, x5);
        FloatVector y6 = FloatVector.broadcast(FLOAT, a[a6 + p]);
        x6 = y6.fma(bv, x6);
        FloatVector y7 = FloatVector.broadcast(FLOAT, a[a7 + p]);
        x7 = y7.fma(bv, x7);
      }
      x0.intoArray(c, co);
      x1.intoArray(c, c1);
      x2.intoArray(c, c2);
      x3.intoArray(c, c3);
      x4.intoArray(c, c4);
      x5.intoArray(c, c5);
      x6.intoArray(c, c6);
      x7.intoArray(c, c7);
      ao += as;
      bo += bs;
      co += cs;
    }
  }
}
