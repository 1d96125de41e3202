package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.internal.scalar.ScalarBatchNorm;
import dev.lanewise.kernels.internal.scalar.ScalarColumns;

/** The definitions of batch normalisation of a matrix, called directly on views. */
final class DefinitionOfBatchNorm implements BatchNormForm {
  /** The coefficients of the forward pass. */
  record Coefficients(float[] high, float[] scale, float[] shift) {
    static Coefficients of(Setting setting, Moments s) {
      int n = s.mean().length;
      FloatMatrix gamma = setting.gamma();
      FloatMatrix beta = setting.beta();
      Coefficients c = new Coefficients(new float[n], new float[n], new float[n]);
      ScalarBatchNorm.coefficients(
          0,
          n,
          s.mean(),
          s.variance(),
          setting.eps(),
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

    /** The gradients of gamma and beta by these sums over m samples, and what dx needs beside. */
    Slopes gradients(
        long m, Setting setting, Moments s, double[] sumD, double[] sumDt, Gradients to) {
      int n = high.length;
      FloatMatrix gamma = setting.gamma();
      FloatMatrix dgamma = to.dgamma();
      FloatMatrix dbeta = to.dbeta();
      Slopes slopes = new Slopes(new float[n], new float[n]);
      ScalarBatchNorm.gradients(
          m,
          0,
          n,
          s.mean(),
          s.variance(),
          setting.eps(),
          gamma.array(),
          gamma.offset(),
          gamma.columnStride(),
          sumD,
          sumDt,
          high,
          slopes.slope,
          slopes.offset,
          dgamma.array(),
          dgamma.offset(),
          dgamma.columnStride(),
          dbeta.array(),
          dbeta.offset(),
          dbeta.columnStride());
      return slopes;
    }
  }

  /** The coefficients of the backward pass. */
  record Slopes(float[] slope, float[] offset) {}

  @Override
  public Moments moments(FloatMatrix x) {
    Moments moments = Moments.zeros(x.columns());
    ScalarColumns.merge(
        0,
        x.rows(),
        x.columns(),
        x.array(),
        x.offset(),
        x.rowStride(),
        x.columnStride(),
        moments.mean(),
        moments.variance());
    ScalarColumns.divide(x.columns(), moments.variance(), x.rows());
    return moments;
  }

  @Override
  public void normalise(Setting setting, FloatMatrix x, Moments s, FloatMatrix y) {
    Coefficients c = Coefficients.of(setting, s);
    ScalarBatchNorm.normalise(
        setting.relu(),
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

  @Override
  public void backward(
      Setting setting, boolean constant, FloatMatrix x, FloatMatrix dy, Moments s, Gradients to) {
    int n = x.columns();
    Coefficients c = Coefficients.of(setting, s);
    double[] sumD = new double[n];
    double[] sumDt = new double[n];
    ScalarBatchNorm.gradientSums(
        setting.relu(),
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
    Slopes slopes = c.gradients(x.rows(), setting, s, sumD, sumDt, to);
    FloatMatrix dx = to.dx();
    ScalarBatchNorm.backward(
        setting.relu(),
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
        slopes.slope,
        slopes.offset,
        dx.array(),
        dx.offset(),
        dx.rowStride(),
        dx.columnStride());
  }
}
