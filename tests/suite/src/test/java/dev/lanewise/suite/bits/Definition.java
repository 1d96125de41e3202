package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.internal.FloatEpilogue;
import dev.lanewise.kernels.internal.scalar.ScalarBatchNorm;
import dev.lanewise.kernels.internal.scalar.ScalarColumns;
import dev.lanewise.kernels.internal.scalar.ScalarGemm;
import dev.lanewise.kernels.internal.scalar.ScalarUpdate;

/** The definitions, called directly on views; spans are the one row of their matrix. */
final class Definition {
  /** Mean and variance per column. */
  record Moments(double[] mean, double[] variance) {}

  private Definition() {}

  static void gemm(float alpha, FloatMatrix a, FloatMatrix b, float beta, FloatMatrix c) {
    gemm(alpha, a, b, beta, c, null);
  }

  static void gemm(
      float alpha, FloatMatrix a, FloatMatrix b, float beta, FloatMatrix c, FloatEpilogue e) {
    ScalarGemm.gemm(
        c.columns() == 1,
        c.rows(),
        c.columns(),
        a.columns(),
        alpha,
        a.array(),
        a.offset(),
        a.rowStride(),
        a.columnStride(),
        b.array(),
        b.offset(),
        b.rowStride(),
        b.columnStride(),
        beta,
        c.array(),
        c.offset(),
        c.rowStride(),
        c.columnStride(),
        e,
        0,
        0);
  }

  static Moments moments(FloatMatrix x) {
    Moments moments = new Moments(new double[x.columns()], new double[x.columns()]);
    ScalarColumns.moments(
        x.rows(),
        x.columns(),
        x.array(),
        x.offset(),
        x.rowStride(),
        x.columnStride(),
        moments.mean,
        moments.variance);
    return moments;
  }

  static void normalise(
      FloatMatrix x, FloatMatrix gamma, FloatMatrix beta, double eps, Moments s, FloatMatrix y) {
    int n = x.columns();
    float[] high = new float[n];
    float[] low = new float[n];
    float[] scale = new float[n];
    float[] shift = new float[n];
    ScalarBatchNorm.coefficients(
        n,
        s.mean,
        s.variance,
        eps,
        gamma.array(),
        gamma.offset(),
        gamma.columnStride(),
        beta.array(),
        beta.offset(),
        beta.columnStride(),
        high,
        low,
        scale,
        shift);
    ScalarBatchNorm.normalise(
        x.rows(),
        0,
        n,
        x.array(),
        x.offset(),
        x.rowStride(),
        x.columnStride(),
        high,
        low,
        scale,
        shift,
        y.array(),
        y.offset(),
        y.rowStride(),
        y.columnStride());
  }

  static void batchNormBackward(
      FloatMatrix x,
      FloatMatrix dy,
      FloatMatrix gamma,
      double eps,
      Moments s,
      FloatMatrix dx,
      FloatMatrix dgamma,
      FloatMatrix dbeta) {
    int n = x.columns();
    float[] high = new float[n];
    float[] low = new float[n];
    float[] scale = new float[n];
    float[] mean = new float[n];
    float[] slope = new float[n];
    double[] sumD = new double[n];
    double[] sumDt = new double[n];
    ScalarBatchNorm.split(n, s.mean, high, low);
    ScalarBatchNorm.gradientSums(
        x.rows(),
        n,
        x.array(),
        x.offset(),
        x.rowStride(),
        x.columnStride(),
        dy.array(),
        dy.offset(),
        dy.rowStride(),
        dy.columnStride(),
        high,
        low,
        sumD,
        sumDt);
    ScalarBatchNorm.backwardCoefficients(
        x.rows(),
        n,
        s.variance,
        eps,
        gamma.array(),
        gamma.offset(),
        gamma.columnStride(),
        sumD,
        sumDt,
        scale,
        mean,
        slope,
        dgamma.array(),
        dgamma.offset(),
        dgamma.columnStride(),
        dbeta.array(),
        dbeta.offset(),
        dbeta.columnStride());
    ScalarBatchNorm.backward(
        x.rows(),
        0,
        n,
        x.array(),
        x.offset(),
        x.rowStride(),
        x.columnStride(),
        dy.array(),
        dy.offset(),
        dy.rowStride(),
        dy.columnStride(),
        high,
        low,
        scale,
        mean,
        slope,
        dx.array(),
        dx.offset(),
        dx.rowStride(),
        dx.columnStride());
  }

  static void gradientDescent(FloatMatrix p, FloatMatrix g, float rate) {
    ScalarUpdate.gradientDescent(
        p.columns(),
        rate,
        p.array(),
        p.offset(),
        p.columnStride(),
        g.array(),
        g.offset(),
        g.columnStride());
  }

  static void adam(
      FloatMatrix p, FloatMatrix g, FloatMatrix v, FloatMatrix s, Statement.Adam adam) {
    ScalarUpdate.adam(
        p.columns(),
        adam.correctedRate(),
        (float) adam.beta1(),
        (float) (1 - adam.beta1()),
        (float) adam.beta2(),
        (float) (1 - adam.beta2()),
        adam.correction(),
        (float) adam.eps(),
        p.array(),
        p.offset(),
        p.columnStride(),
        g.array(),
        g.offset(),
        g.columnStride(),
        v.array(),
        v.offset(),
        v.columnStride(),
        s.array(),
        s.offset(),
        s.columnStride());
  }
}
