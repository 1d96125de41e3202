package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;

import jdk.incubator.vector.FloatVector;

/** The micro-kernel of 6 rows by 3 vectors: 18 accumulators. */
final class MicroKernel6x3 {
  private MicroKernel6x3() {}

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
      int last = t < tiles - 1 ? 5 : lastRow;
      int c1 = co + Math.min(1, last) * crs;
      int c2 = co + Math.min(2, last) * crs;
      int c3 = co + Math.min(3, last) * crs;
      int c4 = co + Math.min(4, last) * crs;
      int c5 = co + Math.min(5, last) * crs;
      FloatVector x0a;
      FloatVector x0b;
      FloatVector x0c;
      FloatVector x1a;
      FloatVector x1b;
      FloatVector x1c;
      FloatVector x2a;
      FloatVector x2b;
      FloatVector x2c;
      FloatVector x3a;
      FloatVector x3b;
      FloatVector x3c;
      FloatVector x4a;
      FloatVector x4b;
      FloatVector x4c;
      FloatVector x5a;
      FloatVector x5b;
      FloatVector x5c;
      if (beta == 0f) {
        x0a = FloatVector.zero(FLOAT);
        x0b = FloatVector.zero(FLOAT);
        x0c = FloatVector.zero(FLOAT);
        x1a = FloatVector.zero(FLOAT);
        x1b = FloatVector.zero(FLOAT);
        x1c = FloatVector.zero(FLOAT);
        x2a = FloatVector.zero(FLOAT);
        x2b = FloatVector.zero(FLOAT);
        x2c = FloatVector.zero(FLOAT);
        x3a = FloatVector.zero(FLOAT);
        x3b = FloatVector.zero(FLOAT);
        x3c = FloatVector.zero(FLOAT);
        x4a = FloatVector.zero(FLOAT);
        x4b = FloatVector.zero(FLOAT);
        x4c = FloatVector.zero(FLOAT);
        x5a = FloatVector.zero(FLOAT);
        x5b = FloatVector.zero(FLOAT);
        x5c = FloatVector.zero(FLOAT);
      } else {
        x0a = FloatVector.fromArray(FLOAT, c, co).mul(beta);
        x0b = FloatVector.fromArray(FLOAT, c, co + LANES).mul(beta);
        x0c = FloatVector.fromArray(FLOAT, c, co + 2 * LANES).mul(beta);
        x1a = FloatVector.fromArray(FLOAT, c, c1).mul(beta);
        x1b = FloatVector.fromArray(FLOAT, c, c1 + LANES).mul(beta);
        x1c = FloatVector.fromArray(FLOAT, c, c1 + 2 * LANES).mul(beta);
        x2a = FloatVector.fromArray(FLOAT, c, c2).mul(beta);
        x2b = FloatVector.fromArray(FLOAT, c, c2 + LANES).mul(beta);
        x2c = FloatVector.fromArray(FLOAT, c, c2 + 2 * LANES).mul(beta);
        x3a = FloatVector.fromArray(FLOAT, c, c3).mul(beta);
        x3b = FloatVector.fromArray(FLOAT, c, c3 + LANES).mul(beta);
        x3c = FloatVector.fromArray(FLOAT, c, c3 + 2 * LANES).mul(beta);
        x4a = FloatVector.fromArray(FLOAT, c, c4).mul(beta);
        x4b = FloatVector.fromArray(FLOAT, c, c4 + LANES).mul(beta);
        x4c = FloatVector.fromArray(FLOAT, c, c4 + 2 * LANES).mul(beta);
        x5a = FloatVector.fromArray(FLOAT, c, c5).mul(beta);
        x5b = FloatVector.fromArray(FLOAT, c, c5 + LANES).mul(beta);
        x5c = FloatVector.fromArray(FLOAT, c, c5 + 2 * LANES).mul(beta);
      }
      int a1 = ao + Math.min(1, last) * ars;
      int a2 = ao + Math.min(2, last) * ars;
      int a3 = ao + Math.min(3, last) * ars;
      int a4 = ao + Math.min(4, last) * ars;
      int a5 = ao + Math.min(5, last) * ars;
      for (int p = 0, bp = bo; p < depth; p++, bp += brs) {
        FloatVector ba = FloatVector.fromArray(FLOAT, b, bp);
        FloatVector bb = FloatVector.fromArray(FLOAT, b, bp + LANES);
        FloatVector bc = FloatVector.fromArray(FLOAT, b, bp + 2 * LANES);
        FloatVector y0 = FloatVector.broadcast(FLOAT, a[ao + p]);
        x0a = y0.fma(ba, x0a);
        x0b = y0.fma(bb, x0b);
        x0c = y0.fma(bc, x0c);
        FloatVector y1 = FloatVector.broadcast(FLOAT, a[a1 + p]);
        x1a = y1.fma(ba, x1a);
        x1b = y1.fma(bb, x1b);
        x1c = y1.fma(bc, x1c);
        FloatVector y2 = FloatVector.broadcast(FLOAT, a[a2 + p]);
        x2a = y2.fma(ba, x2a);
        x2b = y2.fma(bb, x2b);
        x2c = y2.fma(bc, x2c);
        FloatVector y3 = FloatVector.broadcast(FLOAT, a[a3 + p]);
        x3a = y3.fma(ba, x3a);
        x3b = y3.fma(bb, x3b);
        x3c = y3.fma(bc, x3c);
        FloatVector y4 = FloatVector.broadcast(FLOAT, a[a4 + p]);
        x4a = y4.fma(ba, x4a);
        x4b = y4.fma(bb, x4b);
        x4c = y4.fma(bc, x4c);
        FloatVector y5 = FloatVector.broadcast(FLOAT, a[a5 + p]);
        x5a = y5.fma(ba, x5a);
        x5b = y5.fma(bb, x5b);
        x5c = y5.fma(bc, x5c);
      }
      x0a.intoArray(c, co);
      x0b.intoArray(c, co + LANES);
      x0c.intoArray(c, co + 2 * LANES);
      x1a.intoArray(c, c1);
      x1b.intoArray(c, c1 + LANES);
      x1c.intoArray(c, c1 + 2 * LANES);
      x2a.intoArray(c, c2);
      x2b.intoArray(c, c2 + LANES);
      x2c.intoArray(c, c2 + 2 * LANES);
      x3a.intoArray(c, c3);
      x3b.intoArray(c, c3 + LANES);
      x3c.intoArray(c, c3 + 2 * LANES);
      x4a.intoArray(c, c4);
      x4b.intoArray(c, c4 + LANES);
      x4c.intoArray(c, c4 + 2 * LANES);
      x5a.intoArray(c, c5);
      x5b.intoArray(c, c5 + LANES);
      x5c.intoArray(c, c5 + 2 * LANES);
      ao += as;
      bo += bs;
      co += cs;
    }
  }
}
