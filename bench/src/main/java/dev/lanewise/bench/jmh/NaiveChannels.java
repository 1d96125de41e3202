package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.SampleLayout;

/**
 * Batch normalisation with channels first as the textbook loops on flat arrays: feature by feature,
 * and in it sample by sample along the rows, so that what a feature has is a local variable.
 *
 * <p>C2 in JDK 25 vectorises the last loops, whose arrays share one offset. Of sums it vectorises
 * the terms and adds them one after the other.
 */
final class NaiveChannels {
  private NaiveChannels() {}

  /** y = gamma·(x - mean) / sqrt(variance + eps) + beta with the batch's statistics. */
  static void forward(
      SampleLayout layout, float[] x, float[] gamma, float[] beta, float eps, float[] y) {
    for (int c = 0; c < layout.features(); c++) {
      float mean = sum(layout, c, x) / layout.samples();
      float variance = sumOfSquares(layout, c, x, mean) / layout.samples();
      normalise(layout, c, x, mean, gamma[c] / (float) Math.sqrt(variance + eps), beta[c], y);
    }
  }

  /** The same with given statistics. */
  static void inference(
      SampleLayout layout,
      float[] x,
      float[] gamma,
      float[] beta,
      float[] mean,
      float[] variance,
      float eps,
      float[] y) {
    for (int c = 0; c < layout.features(); c++) {
      float scale = gamma[c] / (float) Math.sqrt(variance[c] + eps);
      normalise(layout, c, x, mean[c], scale, beta[c], y);
    }
  }

  /** dx, dgamma and dbeta, the batch's statistics being given. */
  static void backward(
      SampleLayout layout,
      float[] x,
      float[] dy,
      float[] gamma,
      float[] mean,
      float[] inverse,
      float[] dx,
      float[] dgamma,
      float[] dbeta) {
    float perSample = 1f / layout.samples();
    for (int c = 0; c < layout.features(); c++) {
      float sum = sum(layout, c, dy);
      float product = sumOfProducts(layout, c, x, mean[c], dy) * inverse[c];
      backward(layout, c, x, dy, gamma[c], mean[c], inverse[c], product, sum, perSample, dx);
      dgamma[c] = product;
      dbeta[c] = sum;
    }
  }

  private static void backward(
      SampleLayout layout,
      int c,
      float[] x,
      float[] dy,
      float gamma,
      float mean,
      float inverse,
      float dgamma,
      float dbeta,
      float perSample,
      float[] dx) {
    for (int p = 0; p < layout.size(); p++) {
      int row = row(layout, p, c);
      for (int l = row; l < row + layout.places(); l++) {
        float zhat = (x[l] - mean) * inverse;
        dx[l] = gamma * inverse * (dy[l] - (dbeta + zhat * dgamma) * perSample);
      }
    }
  }

  private static int row(SampleLayout layout, int p, int c) {
    return (p * layout.features() + c) * layout.places();
  }

  private static float sum(SampleLayout layout, int c, float[] x) {
    float sum = 0;
    for (int p = 0; p < layout.size(); p++) {
      int row = row(layout, p, c);
      for (int l = row; l < row + layout.places(); l++) {
        sum += x[l];
      }
    }
    return sum;
  }

  private static float sumOfSquares(SampleLayout layout, int c, float[] x, float mean) {
    float sum = 0;
    for (int p = 0; p < layout.size(); p++) {
      int row = row(layout, p, c);
      for (int l = row; l < row + layout.places(); l++) {
        float deviation = x[l] - mean;
        sum += deviation * deviation;
      }
    }
    return sum;
  }

  private static float sumOfProducts(
      SampleLayout layout, int c, float[] x, float mean, float[] dy) {
    float sum = 0;
    for (int p = 0; p < layout.size(); p++) {
      int row = row(layout, p, c);
      for (int l = row; l < row + layout.places(); l++) {
        sum += dy[l] * (x[l] - mean);
      }
    }
    return sum;
  }

  private static void normalise(
      SampleLayout layout, int c, float[] x, float mean, float scale, float beta, float[] y) {
    for (int p = 0; p < layout.size(); p++) {
      int row = row(layout, p, c);
      for (int l = row; l < row + layout.places(); l++) {
        y[l] = scale * (x[l] - mean) + beta;
      }
    }
  }
}
