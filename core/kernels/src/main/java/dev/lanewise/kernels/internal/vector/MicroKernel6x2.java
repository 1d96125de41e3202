package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;

import jdk.incubator.vector.FloatVector;

/** The micro-kernel of 6 rows by 2 vectors: 12 accumulators, 2 vectors of B, 1 element of A. */
final class MicroKernel6x2 {
  private MicroKernel6x2() {}

  /**
   * C ← beta·C + A·B for a tile of 6 rows and 2 vectors, beta = 0 not reading C. A is a packed
   * panel of kc columns of 6 elements, B one of kc rows of 2 vectors, C has unit column stride.
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
    FloatVector c40;
    FloatVector c41;
    FloatVector c50;
    FloatVector c51;
    if (beta == 0f) {
      c00 = FloatVector.zero(FLOAT);
      c01 = c00;
      c10 = FloatVector.zero(FLOAT);
      c11 = c10;
      c20 = FloatVector.zero(FLOAT);
      c21 = c20;
      c30 = FloatVector.zero(FLOAT);
      c31 = c30;
      c40 = FloatVector.zero(FLOAT);
      c41 = c40;
      c50 = FloatVector.zero(FLOAT);
      c51 = c50;
    } else {
      c00 = FloatVector.fromArray(FLOAT, c, co).mul(beta);
      c01 = FloatVector.fromArray(FLOAT, c, co + LANES).mul(beta);
      c10 = FloatVector.fromArray(FLOAT, c, co + crs).mul(beta);
      c11 = FloatVector.fromArray(FLOAT, c, co + crs + LANES).mul(beta);
      c20 = FloatVector.fromArray(FLOAT, c, co + 2 * crs).mul(beta);
      c21 = FloatVector.fromArray(FLOAT, c, co + 2 * crs + LANES).mul(beta);
      c30 = FloatVector.fromArray(FLOAT, c, co + 3 * crs).mul(beta);
      c31 = FloatVector.fromArray(FLOAT, c, co + 3 * crs + LANES).mul(beta);
      c40 = FloatVector.fromArray(FLOAT, c, co + 4 * crs).mul(beta);
      c41 = FloatVector.fromArray(FLOAT, c, co + 4 * crs + LANES).mul(beta);
      c50 = FloatVector.fromArray(FLOAT, c, co + 5 * crs).mul(beta);
      c51 = FloatVector.fromArray(FLOAT, c, co + 5 * crs + LANES).mul(beta);
    }
    for (int p = 0; p < kc; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOAT, b, bo + 2 * LANES * p);
      FloatVector b1 = FloatVector.fromArray(FLOAT, b, bo + 2 * LANES * p + LANES);
      FloatVector a0 = FloatVector.broadcast(FLOAT, a[ao + 6 * p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(FLOAT, a[ao + 6 * p + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(FLOAT, a[ao + 6 * p + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(FLOAT, a[ao + 6 * p + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(FLOAT, a[ao + 6 * p + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(FLOAT, a[ao + 6 * p + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + LANES);
    c10.intoArray(c, co + crs);
    c11.intoArray(c, co + crs + LANES);
    c20.intoArray(c, co + 2 * crs);
    c21.intoArray(c, co + 2 * crs + LANES);
    c30.intoArray(c, co + 3 * crs);
    c31.intoArray(c, co + 3 * crs + LANES);
    c40.intoArray(c, co + 4 * crs);
    c41.intoArray(c, co + 4 * crs + LANES);
    c50.intoArray(c, co + 5 * crs);
    c51.intoArray(c, co + 5 * crs + LANES);
  }
}
