package dev.lanewise.bench.jmh;

import java.util.Arrays;

/**
 * Batch normalisation with channels first on an array for each row: row p·C + c is that of feature
 * c in matrix p.
 *
 * <p>C2 in JDK 25 vectorises every loop over a row. Sums, which it would add one after the other,
 * are gathered in an array of a row's length over all rows of a feature, and that is summed once.
 */
final class AutovecChannels {
  private AutovecChannels() {}

  /** y = gamma·(x - mean) / sqrt(variance + eps) + beta with the batch's statistics. */
  static void forward(
      float[][] x,
      float[] gamma,
      float[] beta,
      float eps,
      float[] sums,
      float[] squares,
      float[][] y) {
    int features = gamma.length;
    float perSample = 1 / ((float) x.length / features * sums.length);
    for (int c = 0; c < features; c++) {
      Arrays.fill(sums, 0);
      Arrays.fill(squares, 0);
      float pivot = x[c][0];
      for (int row = c; row < x.length; row += features) {
        addMoments(x[row], pivot, sums, squares);
      }
      float shift = AutovecRow.sum(sums) * perSample;
      float variance = Math.max(AutovecRow.sum(squares) * perSample - shift * shift, 0);
      float scale = gamma[c] / (float) Math.sqrt(variance + eps);
      for (int row = c; row < x.length; row += features) {
        normalise(x[row], pivot + shift, scale, beta[c], y[row]);
      }
    }
  }

  private static void addMoments(float[] x, float pivot, float[] sums, float[] squares) {
    for (int l = 0; l < sums.length; l++) {
      float difference = x[l] - pivot;
      sums[l] += difference;
      squares[l] += difference * difference;
    }
  }

  private static void normalise(float[] x, float mean, float scale, float beta, float[] y) {
    for (int l = 0; l < y.length; l++) {
      y[l] = scale * (x[l] - mean) + beta;
    }
  }

  /** The same with given statistics. */
  static void inference(
      float[][] x,
      float[] gamma,
      float[] beta,
      float[] mean,
      float[] variance,
      float eps,
      float[][] y) {
    int features = gamma.length;
    for (int c = 0; c < features; c++) {
      float scale = gamma[c] / (float) Math.sqrt(variance[c] + eps);
      for (int row = c; row < x.length; row += features) {
        normalise(x[row], mean[c], scale, beta[c], y[row]);
      }
    }
  }

  /** dx, dgamma and dbeta, the batch's statistics being given. */
  static void backward(
      float[][] x,
      float[][] dy,
      float[] gamma,
      float[] mean,
      float[] inverse,
      float[] products,
      float[] sums,
      float[][] dx,
      float[] dgamma,
      float[] dbeta) {
    int features = gamma.length;
    float perSample = 1 / ((float) x.length / features * sums.length);
    for (int c = 0; c < features; c++) {
      Arrays.fill(products, 0);
      Arrays.fill(sums, 0);
      for (int row = c; row < x.length; row += features) {
        addSums(x[row], mean[c], dy[row], products, sums);
      }
      dgamma[c] = AutovecRow.sum(products) * inverse[c];
      dbeta[c] = AutovecRow.sum(sums);
      float slope = dgamma[c] * inverse[c] * perSample;
      float offset = dbeta[c] * perSample;
      float scale = gamma[c] * inverse[c];
      for (int row = c; row < x.length; row += features) {
        backwardRow(x[row], mean[c], dy[row], slope, offset, scale, dx[row]);
      }
    }
  }

  private static void addSums(float[] x, float mean, float[] dy, float[] products, float[] sums) {
    for (int l = 0; l < sums.length; l++) {
      products[l] += dy[l] * (x[l] - mean);
      sums[l] += dy[l];
    }
  }

  private static void backwardRow(
      float[] x, float mean, float[] dy, float slope, float offset, float scale, float[] dx) {
    for (int l = 0; l < dx.length; l++) {
      dx[l] = scale * (dy[l] - (offset + (x[l] - mean) * slope));
    }
  }
}
