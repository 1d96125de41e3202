package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;

import jdk.incubator.vector.FloatVector;

/** The micro-kernel of 12 rows by 2 vectors: 24 accumulators, 2 vectors of B, 1 element of A. */
final class MicroKernel12x2 {
  private MicroKernel12x2() {}

  /**
   * C ← beta·C + A·B for a tile of 12 rows and 2 vectors, beta = 0 not reading C. A is a packed
   * panel of kc columns of 12 elements, B one of kc rows of 2 vectors, C has unit column stride.
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
    FloatVector c60;
    FloatVector c61;
    FloatVector c70;
    FloatVector c71;
    FloatVector c80;
    FloatVector c81;
    FloatVector c90;
    FloatVector c91;
    FloatVector c100;
    FloatVector c101;
    FloatVector c110;
    FloatVector c111;
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
      c60 = FloatVector.zero(FLOAT);
      c61 = c60;
      c70 = FloatVector.zero(FLOAT);
      c71 = c70;
      c80 = FloatVector.zero(FLOAT);
      c81 = c80;
      c90 = FloatVector.zero(FLOAT);
      c91 = c90;
      c100 = FloatVector.zero(FLOAT);
      c101 = c100;
      c110 = FloatVector.zero(FLOAT);
      c111 = c110;
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
      c60 = FloatVector.fromArray(FLOAT, c, co + 6 * crs).mul(beta);
      c61 = FloatVector.fromArray(FLOAT, c, co + 6 * crs + LANES).mul(beta);
      c70 = FloatVector.fromArray(FLOAT, c, co + 7 * crs).mul(beta);
      c71 = FloatVector.fromArray(FLOAT, c, co + 7 * crs + LANES).mul(beta);
      c80 = FloatVector.fromArray(FLOAT, c, co + 8 * crs).mul(beta);
      c81 = FloatVector.fromArray(FLOAT, c, co + 8 * crs + LANES).mul(beta);
      c90 = FloatVector.fromArray(FLOAT, c, co + 9 * crs).mul(beta);
      c91 = FloatVector.fromArray(FLOAT, c, co + 9 * crs + LANES).mul(beta);
      c100 = FloatVector.fromArray(FLOAT, c, co + 10 * crs).mul(beta);
      c101 = FloatVector.fromArray(FLOAT, c, co + 10 * crs + LANES).mul(beta);
      c110 = FloatVector.fromArray(FLOAT, c, co + 11 * crs).mul(beta);
      c111 = FloatVector.fromArray(FLOAT, c, co + 11 * crs + LANES).mul(beta);
    }
    for (int p = 0; p < kc; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOAT, b, bo + 2 * LANES * p);
      FloatVector b1 = FloatVector.fromArray(FLOAT, b, bo + 2 * LANES * p + LANES);
      FloatVector a0 = FloatVector.broadcast(FLOAT, a[ao + 12 * p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(FLOAT, a[ao + 12 * p + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(FLOAT, a[ao + 12 * p + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(FLOAT, a[ao + 12 * p + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(FLOAT, a[ao + 12 * p + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(FLOAT, a[ao + 12 * p + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      FloatVector a6 = FloatVector.broadcast(FLOAT, a[ao + 12 * p + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      FloatVector a7 = FloatVector.broadcast(FLOAT, a[ao + 12 * p + 7]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      FloatVector a8 = FloatVector.broadcast(FLOAT, a[ao + 12 * p + 8]);
      c80 = a8.fma(b0, c80);
      c81 = a8.fma(b1, c81);
      FloatVector a9 = FloatVector.broadcast(FLOAT, a[ao + 12 * p + 9]);
      c90 = a9.fma(b0, c90);
      c91 = a9.fma(b1, c91);
      FloatVector a10 = FloatVector.broadcast(FLOAT, a[ao + 12 * p + 10]);
      c100 = a10.fma(b0, c100);
      c101 = a10.fma(b1, c101);
      FloatVector a11 = FloatVector.broadcast(FLOAT, a[ao + 12 * p + 11]);
      c110 = a11.fma(b0, c110);
      c111 = a11.fma(b1, c111);
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
    c60.intoArray(c, co + 6 * crs);
    c61.intoArray(c, co + 6 * crs + LANES);
    c70.intoArray(c, co + 7 * crs);
    c71.intoArray(c, co + 7 * crs + LANES);
    c80.intoArray(c, co + 8 * crs);
    c81.intoArray(c, co + 8 * crs + LANES);
    c90.intoArray(c, co + 9 * crs);
    c91.intoArray(c, co + 9 * crs + LANES);
    c100.intoArray(c, co + 10 * crs);
    c101.intoArray(c, co + 10 * crs + LANES);
    c110.intoArray(c, co + 11 * crs);
    c111.intoArray(c, co + 11 * crs + LANES);
  }
}
