package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;

import jdk.incubator.vector.FloatVector;

/** The micro-kernel of 8 rows by 2 vectors: 16 accumulators. */
final class MicroKernel8x2 {
  private MicroKernel8x2() {}

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
      FloatVector x0a;
      FloatVector x0b;
      FloatVector x1a;
      FloatVector x1b;
      FloatVector x2a;
      FloatVector x2b;
      FloatVector x3a;
      FloatVector x3b;
      FloatVector x4a;
      FloatVector x4b;
      FloatVector x5a;
      FloatVector x5b;
      FloatVector x6a;
      FloatVector x6b;
      FloatVector x7a;
      FloatVector x7b;
      if (beta == 0f) {
        x0a = FloatVector.zero(FLOAT);
        x0b = FloatVector.zero(FLOAT);
        x1a = FloatVector.zero(FLOAT);
        x1b = FloatVector.zero(FLOAT);
        x2a = FloatVector.zero(FLOAT);
        x2b = FloatVector.zero(FLOAT);
        x3a = FloatVector.zero(FLOAT);
        x3b = FloatVector.zero(FLOAT);
        x4a = FloatVector.zero(FLOAT);
        x4b = FloatVector.zero(FLOAT);
        x5a = FloatVector.zero(FLOAT);
        x5b = FloatVector.zero(FLOAT);
        x6a = FloatVector.zero(FLOAT);
        x6b = FloatVector.zero(FLOAT);
        x7a = FloatVector.zero(FLOAT);
        x7b = FloatVector.zero(FLOAT);
      } else {
        x0a = FloatVector.fromArray(FLOAT, c, co).mul(beta);
        x0b = FloatVector.fromArray(FLOAT, c, co + LANES).mul(beta);
        x1a = FloatVector.fromArray(FLOAT, c, c1).mul(beta);
        x1b = FloatVector.fromArray(FLOAT, c, c1 + LANES).mul(beta);
        x2a = FloatVector.fromArray(FLOAT, c, c2).mul(beta);
        x2b = FloatVector.fromArray(FLOAT, c, c2 + LANES).mul(beta);
        x3a = FloatVector.fromArray(FLOAT, c, c3).mul(beta);
        x3b = FloatVector.fromArray(FLOAT, c, c3 + LANES).mul(beta);
        x4a = FloatVector.fromArray(FLOAT, c, c4).mul(beta);
        x4b = FloatVector.fromArray(FLOAT, c, c4 + LANES).mul(beta);
        x5a = FloatVector.fromArray(FLOAT, c, c5).mul(beta);
        x5b = FloatVector.fromArray(FLOAT, c, c5 + LANES).mul(beta);
        x6a = FloatVector.fromArray(FLOAT, c, c6).mul(beta);
        x6b = FloatVector.fromArray(FLOAT, c, c6 + LANES).mul(beta);
        x7a = FloatVector.fromArray(FLOAT, c, c7).mul(beta);
        x7b = FloatVector.fromArray(FLOAT, c, c7 + LANES).mul(beta);
      }
      int a1 = ao + Math.min(1, last) * ars;
      int a2 = ao + Math.min(2, last) * ars;
      int a3 = ao + Math.min(3, last) * ars;
      int a4 = ao + Math.min(4, last) * ars;
      int a5 = ao + Math.min(5, last) * ars;
      int a6 = ao + Math.min(6, last) * ars;
      int a7 = ao + Math.min(7, last) * ars;
      for (int p = 0, bp = bo; p < depth; p++, bp += brs) {
        FloatVector ba = FloatVector.fromArray(FLOAT, b, bp);
        FloatVector bb = FloatVector.fromArray(FLOAT, b, bp + LANES);
        FloatVector y0 = FloatVector.broadcast(FLOAT, a[ao + p]);
        x0a = y0.fma(ba, x0a);
        x0b = y0.fma(bb, x0b);
        FloatVector y1 = FloatVector.broadcast(FLOAT, a[a1 + p]);
        x1a = y1.fma(ba, x1a);
        x1b = y1.fma(bb, x1b);
        FloatVector y2 = FloatVector.broadcast(FLOAT, a[a2 + p]);
        x2a = y2.fma(ba, x2a);
        x2b = y2.fma(bb, x2b);
        FloatVector y3 = FloatVector.broadcast(FLOAT, a[a3 + p]);
        x3a = y3.fma(ba, x3a);
        x3b = y3.fma(bb, x3b);
        FloatVector y4 = FloatVector.broadcast(FLOAT, a[a4 + p]);
        x4a = y4.fma(ba, x4a);
        x4b = y4.fma(bb, x4b);
        FloatVector y5 = FloatVector.broadcast(FLOAT, a[a5 + p]);
        x5a = y5.fma(ba, x5a);
        x5b = y5.fma(bb, x5b);
        FloatVector y6 = FloatVector.broadcast(FLOAT, a[a6 + p]);
        x6a = y6.fma(ba, x6a);
        x6b = y6.fma(bb, x6b);
        FloatVector y7 = FloatVector.broadcast(FLOAT, a[a7 + p]);
        x7a = y7.fma(ba, x7a);
        x7b = y7.fma(bb, x7b);
      }
      x0a.intoArray(c, co);
      x0b.intoArray(c, co + LANES);
      x1a.intoArray(c, c1);
      x1b.intoArray(c, c1 + LANES);
      x2a.intoArray(c, c2);
      x2b.intoArray(c, c2 + LANES);
      x3a.intoArray(c, c3);
      x3b.intoArray(c, c3 + LANES);
      x4a.intoArray(c, c4);
      x4b.intoArray(c, c4 + LANES);
      x5a.intoArray(c, c5);
      x5b.intoArray(c, c5 + LANES);
      x6a.intoArray(c, c6);
      x6b.intoArray(c, c6 + LANES);
      x7a.intoArray(c, c7);
      x7b.intoArray(c, c7 + LANES);
      ao += as;
      bo += bs;
      co += cs;
    }
  }
}
