package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernel of 6 rows by 4 vectors that also copies what it reads of B into panels: the
 * multiply-adds hide the copying, which alone would wait for B from a farther cache.
 */
final class MicroKernel6x4Packing {
  private MicroKernel6x4Packing() {}

  /** Whole tiles along a row: C ← beta·C + A·B, and a panel of B for each tile. */
  static void run(
      int tiles,
      int depth,
      float[] a,
      int ao,
      int ars,
      float[] b,
      int bo,
      int brs,
      float[] panels,
      int po,
      float beta,
      float[] c,
      int co,
      int crs) {
    for (int t = 0; t < tiles; t++) {
      int c1 = co + crs;
      int c2 = co + 2 * crs;
      int c3 = co + 3 * crs;
      int c4 = co + 4 * crs;
      int c5 = co + 5 * crs;
      FloatVector x0a;
      FloatVector x0b;
      FloatVector x0c;
      FloatVector x0d;
      FloatVector x1a;
      FloatVector x1b;
      FloatVector x1c;
      FloatVector x1d;
      FloatVector x2a;
      FloatVector x2b;
      FloatVector x2c;
      FloatVector x2d;
      FloatVector x3a;
      FloatVector x3b;
      FloatVector x3c;
      FloatVector x3d;
      FloatVector x4a;
      FloatVector x4b;
      FloatVector x4c;
      FloatVector x4d;
      FloatVector x5a;
      FloatVector x5b;
      FloatVector x5c;
      FloatVector x5d;
      if (beta == 0f) {
        x0a = FloatVector.zero(FLOAT);
        x0b = FloatVector.zero(FLOAT);
        x0c = FloatVector.zero(FLOAT);
        x0d = FloatVector.zero(FLOAT);
        x1a = FloatVector.zero(FLOAT);
        x1b = FloatVector.zero(FLOAT);
        x1c = FloatVector.zero(FLOAT);
        x1d = FloatVector.zero(FLOAT);
        x2a = FloatVector.zero(FLOAT);
        x2b = FloatVector.zero(FLOAT);
        x2c = FloatVector.zero(FLOAT);
        x2d = FloatVector.zero(FLOAT);
        x3a = FloatVector.zero(FLOAT);
        x3b = FloatVector.zero(FLOAT);
        x3c = FloatVector.zero(FLOAT);
        x3d = FloatVector.zero(FLOAT);
        x4a = FloatVector.zero(FLOAT);
        x4b = FloatVector.zero(FLOAT);
        x4c = FloatVector.zero(FLOAT);
        x4d = FloatVector.zero(FLOAT);
        x5a = FloatVector.zero(FLOAT);
        x5b = FloatVector.zero(FLOAT);
        x5c = FloatVector.zero(FLOAT);
        x5d = FloatVector.zero(FLOAT);
      } else {
        x0a = FloatVector.fromArray(FLOAT, c, co).mul(beta);
        x0b = FloatVector.fromArray(FLOAT, c, co + LANES).mul(beta);
        x0c = FloatVector.fromArray(FLOAT, c, co + 2 * LANES).mul(beta);
        x0d = FloatVector.fromArray(FLOAT, c, co + 3 * LANES).mul(beta);
        x1a = FloatVector.fromArray(FLOAT, c, c1).mul(beta);
        x1b = FloatVector.fromArray(FLOAT, c, c1 + LANES).mul(beta);
        x1c = FloatVector.fromArray(FLOAT, c, c1 + 2 * LANES).mul(beta);
        x1d = FloatVector.fromArray(FLOAT, c, c1 + 3 * LANES).mul(beta);
        x2a = FloatVector.fromArray(FLOAT, c, c2).mul(beta);
        x2b = FloatVector.fromArray(FLOAT, c, c2 + LANES).mul(beta);
        x2c = FloatVector.fromArray(FLOAT, c, c2 + 2 * LANES).mul(beta);
        x2d = FloatVector.fromArray(FLOAT, c, c2 + 3 * LANES).mul(beta);
        x3a = FloatVector.fromArray(FLOAT, c, c3).mul(beta);
        x3b = FloatVector.fromArray(FLOAT, c, c3 + LANES).mul(beta);
        x3c = FloatVector.fromArray(FLOAT, c, c3 + 2 * LANES).mul(beta);
        x3d = FloatVector.fromArray(FLOAT, c, c3 + 3 * LANES).mul(beta);
        x4a = FloatVector.fromArray(FLOAT, c, c4).mul(beta);
        x4b = FloatVector.fromArray(FLOAT, c, c4 + LANES).mul(beta);
        x4c = FloatVector.fromArray(FLOAT, c, c4 + 2 * LANES).mul(beta);
        x4d = FloatVector.fromArray(FLOAT, c, c4 + 3 * LANES).mul(beta);
        x5a = FloatVector.fromArray(FLOAT, c, c5).mul(beta);
        x5b = FloatVector.fromArray(FLOAT, c, c5 + LANES).mul(beta);
        x5c = FloatVector.fromArray(FLOAT, c, c5 + 2 * LANES).mul(beta);
        x5d = FloatVector.fromArray(FLOAT, c, c5 + 3 * LANES).mul(beta);
      }
      int a1 = ao + ars;
      int a2 = ao + 2 * ars;
      int a3 = ao + 3 * ars;
      int a4 = ao + 4 * ars;
      int a5 = ao + 5 * ars;
      for (int p = 0, bp = bo; p < depth; p++, bp += brs, po += 4 * LANES) {
        FloatVector ba = FloatVector.fromArray(FLOAT, b, bp);
        FloatVector bb = FloatVector.fromArray(FLOAT, b, bp + LANES);
        FloatVector bc = FloatVector.fromArray(FLOAT, b, bp + 2 * LANES);
        FloatVector bd = FloatVector.fromArray(FLOAT, b, bp + 3 * LANES);
        ba.intoArray(panels, po);
        bb.intoArray(panels, po + LANES);
        bc.intoArray(panels, po + 2 * LANES);
        bd.intoArray(panels, po + 3 * LANES);
        FloatVector y0 = FloatVector.broadcast(FLOAT, a[ao + p]);
        x0a = y0.fma(ba, x0a);
        x0b = y0.fma(bb, x0b);
        x0c = y0.fma(bc, x0c);
        x0d = y0.fma(bd, x0d);
        FloatVector y1 = FloatVector.broadcast(FLOAT, a[a1 + p]);
        x1a = y1.fma(ba, x1a);
        x1b = y1.fma(bb, x1b);
        x1c = y1.fma(bc, x1c);
        x1d = y1.fma(bd, x1d);
        FloatVector y2 = FloatVector.broadcast(FLOAT, a[a2 + p]);
        x2a = y2.fma(ba, x2a);
        x2b = y2.fma(bb, x2b);
        x2c = y2.fma(bc, x2c);
        x2d = y2.fma(bd, x2d);
        FloatVector y3 = FloatVector.broadcast(FLOAT, a[a3 + p]);
        x3a = y3.fma(ba, x3a);
        x3b = y3.fma(bb, x3b);
        x3c = y3.fma(bc, x3c);
        x3d = y3.fma(bd, x3d);
        FloatVector y4 = FloatVector.broadcast(FLOAT, a[a4 + p]);
        x4a = y4.fma(ba, x4a);
        x4b = y4.fma(bb, x4b);
        x4c = y4.fma(bc, x4c);
        x4d = y4.fma(bd, x4d);
        FloatVector y5 = FloatVector.broadcast(FLOAT, a[a5 + p]);
        x5a = y5.fma(ba, x5a);
        x5b = y5.fma(bb, x5b);
        x5c = y5.fma(bc, x5c);
        x5d = y5.fma(bd, x5d);
      }
      x0a.intoArray(c, co);
      x0b.intoArray(c, co + LANES);
      x0c.intoArray(c, co + 2 * LANES);
      x0d.intoArray(c, co + 3 * LANES);
      x1a.intoArray(c, c1);
      x1b.intoArray(c, c1 + LANES);
      x1c.intoArray(c, c1 + 2 * LANES);
      x1d.intoArray(c, c1 + 3 * LANES);
      x2a.intoArray(c, c2);
      x2b.intoArray(c, c2 + LANES);
      x2c.intoArray(c, c2 + 2 * LANES);
      x2d.intoArray(c, c2 + 3 * LANES);
      x3a.intoArray(c, c3);
      x3b.intoArray(c, c3 + LANES);
      x3c.intoArray(c, c3 + 2 * LANES);
      x3d.intoArray(c, c3 + 3 * LANES);
      x4a.intoArray(c, c4);
      x4b.intoArray(c, c4 + LANES);
      x4c.intoArray(c, c4 + 2 * LANES);
      x4d.intoArray(c, c4 + 3 * LANES);
      x5a.intoArray(c, c5);
      x5b.intoArray(c, c5 + LANES);
      x5c.intoArray(c, c5 + 2 * LANES);
      x5d.intoArray(c, c5 + 3 * LANES);
      bo += 4 * LANES;
      co += 4 * LANES;
    }
  }
}
