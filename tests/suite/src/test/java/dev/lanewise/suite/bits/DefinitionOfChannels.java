package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.internal.scalar.ScalarChannels;
import dev.lanewise.kernels.internal.scalar.ScalarColumns;
import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import dev.lanewise.kernels.internal.scalar.ScalarRowMoments;
import dev.lanewise.suite.engine.Views;

/**
 * The definitions of batch normalisation with channels first, called on a copy of each row; row r
 * belongs to channel r mod C.
 */
record DefinitionOfChannels(int size, int channels) implements BatchNormForm {
  private long samples(FloatMatrix x) {
    return (long) size * x.columns();
  }

  private static float[] row(FloatMatrix x, int r) {
    return Views.dense(x.row(r));
  }

  private static void store(float[] row, FloatMatrix y, int r) {
    for (int j = 0; j < row.length; j++) {
      y.set(r, j, row[j]);
    }
  }

  private static float most(Setting setting) {
    return setting.relu() ? 0f : Float.NaN;
  }

  @Override
  public Moments moments(FloatMatrix x) {
    Moments moments = Moments.zeros(channels);
    float[] lanes = new float[ScalarReduce.WORK];
    float[] sums = new float[3];
    for (int r = 0; r < x.rows(); r++) {
      float[] a = row(x, r);
      for (int j = 0; j < a.length; j += ScalarReduce.BLOCK) {
        int n = Math.min(ScalarReduce.BLOCK, a.length - j);
        ScalarRowMoments.block(n, a, j, lanes, sums);
        long before = (long) (r / channels) * a.length + j;
        ScalarColumns.merge(
            before,
            n,
            1,
            sums,
            0,
            sums,
            1,
            sums,
            2,
            moments.mean(),
            moments.variance(),
            r % channels);
      }
    }
    ScalarColumns.divide(channels, moments.variance(), samples(x));
    return moments;
  }

  @Override
  public void normalise(Setting setting, FloatMatrix x, Moments s, FloatMatrix y) {
    DefinitionOfBatchNorm.Coefficients c = DefinitionOfBatchNorm.Coefficients.of(setting, s);
    float least = setting.relu() ? 0f : Float.NEGATIVE_INFINITY;
    for (int r = 0; r < x.rows(); r++) {
      int k = r % channels;
      float[] a = row(x, r);
      ScalarChannels.normalise(
          a.length, c.high()[k], c.scale()[k], c.shift()[k], least, a, 0, a, 0);
      store(a, y, r);
    }
  }

  @Override
  public void backward(
      Setting setting, boolean constant, FloatMatrix x, FloatMatrix dy, Moments s, Gradients to) {
    DefinitionOfBatchNorm.Coefficients c = DefinitionOfBatchNorm.Coefficients.of(setting, s);
    double[] sumD = new double[channels];
    double[] sumDt = new double[channels];
    gradientSums(setting, c, x, dy, sumD, sumDt);
    DefinitionOfBatchNorm.Slopes slopes = c.gradients(samples(x), setting, s, sumD, sumDt, to);
    float most = most(setting);
    for (int r = 0; r < x.rows(); r++) {
      int k = r % channels;
      float high = c.high()[k];
      float scale = c.scale()[k];
      float shift = c.shift()[k];
      float[] a = row(x, r);
      float[] d = row(dy, r);
      int n = a.length;
      if (constant) {
        ScalarChannels.constantBackward(n, high, scale, shift, most, a, 0, d, 0, d, 0);
      } else {
        float slope = slopes.slope()[k];
        float offset = slopes.offset()[k];
        ScalarChannels.backward(n, high, scale, shift, most, slope, offset, a, 0, d, 0, d, 0);
      }
      store(d, to.dx(), r);
    }
  }

  private void gradientSums(
      Setting setting,
      DefinitionOfBatchNorm.Coefficients c,
      FloatMatrix x,
      FloatMatrix dy,
      double[] sumD,
      double[] sumDt) {
    float[] lanes = new float[ScalarReduce.WORK];
    float[] sums = new float[2];
    float most = most(setting);
    for (int r = 0; r < x.rows(); r++) {
      int k = r % channels;
      float[] a = row(x, r);
      float[] d = row(dy, r);
      for (int j = 0; j < a.length; j += ScalarReduce.BLOCK) {
        int n = Math.min(ScalarReduce.BLOCK, a.length - j);
        ScalarChannels.gradientSums(
            n, c.high()[k], c.scale()[k], c.shift()[k], most, a, j, d, j, lanes, sums);
        sumD[k] += sums[0];
        sumDt[k] += sums[1];
      }
    }
  }
}
