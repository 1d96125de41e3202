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
    ScalarColumns.merge(
        0,
        x.rows(),
        x.columns(),
        x.array(),
        x.offset(),
        x.rowStride(),
        x.columnStride(),
        moments.mean,
        moments.variance);
    ScalarColumns.divide(x.columns(), moments.variance, x.rows());
    return moments;
  }

  static void normalise(
      boolean relu,
      FloatMatrix x,
      FloatMatrix gamma,
      FloatMatrix beta,
      double eps,
      Moments s,
      FloatMatrix y) {
    Coefficients c = Coefficients.of(gamma, beta, eps, s);
    ScalarBatchNorm.normalise(
        relu,
        x.rows(),
        x.columns(),
        x.array(),
        x.offset(),
        x.rowStride(),
        x.columnStride(),
        c.high,
        c.scale,
        c.shift,
        y.array(),
        y.offset(),
        y.rowStride(),
        y.columnStride());
  }

  /** The coefficients of the forward pass. */
  record Coefficients(float[] high, float[] scale, float[] shift) {
    static Coefficients of(FloatMatrix gamma, FloatMatrix beta, double eps, Moments s) {
      int n = s.mean.length;
      Coefficients c = new Coefficients(new float[n], new float[n], new float[n]);
      ScalarBatchNorm.coefficients(
          0,
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
          c.high,
          c.scale,
          c.shift);
      return c;
    }
  }

  static void batchNormBackward(
      boolean relu,
      boolean constant,
      FloatMatrix x,
      FloatMatrix dy,
      FloatMatrix gamma,
      FloatMatrix beta,
      double eps,
      Moments s,
      FloatMatrix dx,
      FloatMatrix dgamma,
      FloatMatrix dbeta) {
    int n = x.columns();
    Coefficients c = Coefficients.of(gamma, beta, eps, s);
    float[] slope = new float[n];
    float[] offset = new float[n];
    double[] sumD = new double[n];
    double[] sumDt = new double[n];
    ScalarBatchNorm.gradientSums(
        relu,
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
        c.high,
        c.scale,
        c.shift,
        0,
        sumD,
        sumDt);
    ScalarBatchNorm.gradients(
        x.rows(),
        0,
        n,
        s.mean,
        s.variance,
        eps,
        gamma.array(),
        gamma.offset(),
        gamma.columnStride(),
        sumD,
        sumDt,
        c.high,
        slope,
        offset,
        dgamma.array(),
        dgamma.offset(),
        dgamma.columnStride(),
        dbeta.array(),
        dbeta.offset(),
        dbeta.columnStride());
    ScalarBatchNorm.backward(
        relu,
        constant,
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
        c.high,
        c.scale,
        c.shift,
        slope,
        offset,
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
