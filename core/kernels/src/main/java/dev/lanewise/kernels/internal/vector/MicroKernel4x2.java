package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;

import jdk.incubator.vector.FloatVector;

/** The micro-kernel of 4 rows by 2 vectors: 8 accumulators, 2 vectors of B, 1 element of A. */
final class MicroKernel4x2 {
  private MicroKernel4x2() {}

  /**
   * C ← beta·C + A·B for a tile of 4 rows and 2 vectors, beta = 0 not reading C. A is a packed
   * panel of kc columns of 4 elements, B one of kc rows of 2 vectors, C has unit column stride.
   */
  static void run(
      int kc, float[] a, int ao, float[] b, int bo, float beta, float[] c, int co, int crs) {
    FloatVector c00;
    FloatVector c01;
    FloatVector c10;
    FloatVector c11;
    FloatVector c20;
    FloatVector c21;
    FloatVector c30;
    FloatVector c31;
    if (beta == 0f) {
      c00 = FloatVector.zero(FLOAT);
      c01 = c00;
      c10 = FloatVector.zero(FLOAT);
      c11 = c10;
      c20 = FloatVector.zero(FLOAT);
      c21 = c20;
      c30 = FloatVector.zero(FLOAT);
      c31 = c30;
    } else {
      c00 = FloatVector.fromArray(FLOAT, c, co).mul(beta);
      c01 = FloatVector.fromArray(FLOAT, c, co + LANES).mul(beta);
      c10 = FloatVector.fromArray(FLOAT, c, co + crs).mul(beta);
      c11 = FloatVector.fromArray(FLOAT, c, co + crs + LANES).mul(beta);
      c20 = FloatVector.fromArray(FLOAT, c, co + 2 * crs).mul(beta);
      c21 = FloatVector.fromArray(FLOAT, c, co + 2 * crs + LANES).mul(beta);
      c30 = FloatVector.fromArray(FLOAT, c, co + 3 * crs).mul(beta);
      c31 = FloatVector.fromArray(FLOAT, c, co + 3 * crs + LANES).mul(beta);
    }
    for (int p = 0; p < kc; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOAT, b, bo + 2 * LANES * p);
      FloatVector b1 = FloatVector.fromArray(FLOAT, b, bo + 2 * LANES * p + LANES);
      FloatVector a0 = FloatVector.broadcast(FLOAT, a[ao + 4 * p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(FLOAT, a[ao + 4 * p + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(FLOAT, a[ao + 4 * p + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(FLOAT, a[ao + 4 * p + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + LANES);
    c10.intoArray(c, co + crs);
    c11.intoArray(c, co + crs + LANES);
    c20.intoArray(c, co + 2 * crs);
    c21.intoArray(c, co + 2 * crs + LANES);
    c30.intoArray(c, co + 3 * crs);
    c31.intoArray(c, co + 3 * crs + LANES);
  }
}
