package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;

import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarCrossEntropy;
import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import jdk.incubator.vector.FloatVector;

/** {@link ScalarCrossEntropy} for rows of unit column stride. */
public final class VectorCrossEntropy {
  private VectorCrossEntropy() {}

  /** As {@link ScalarCrossEntropy#loss}. */
  public static float loss(int m, int n, float[] x, int xo, int xrs, int[] labels, int lo) {
    float[] losses = Scratch.floats(m);
    float[] row = Scratch.floats(n);
    float[] lanes = Scratch.floats(ScalarReduce.WORK);
    for (int i = 0; i < m; i++) {
      int xi = xo + i * xrs;
      float max = VectorMaximum.max(x, xi, n);
      float sum = VectorSoftmax.exponentials(n, max, x, xi, row, 0, lanes);
      losses[i] = ScalarCrossEntropy.rowLoss(max, sum, x[xi + labels[lo + i]]);
    }
    float mean = VectorReduce.sum(losses, 0, m, lanes) / m;
    Scratch.give(losses);
    Scratch.give(row);
    Scratch.give(lanes);
    return mean;
  }

  /** As {@link ScalarCrossEntropy#lossAndGradient}. */
  public static float lossAndGradient(
      int m, int n, float[] x, int xo, int xrs, int[] labels, int lo, float[] g, int go, int grs) {
    float[] losses = Scratch.floats(m);
    float[] lanes = Scratch.floats(ScalarReduce.WORK);
    float scale = 1f / m;
    for (int i = 0; i < m; i++) {
      int xi = xo + i * xrs;
      int gi = go + i * grs;
      int label = labels[lo + i];
      float logit = x[xi + label]; // read before a gradient in place overwrites it
      float max = VectorMaximum.max(x, xi, n);
      float sum = VectorSoftmax.exponentials(n, max, x, xi, g, gi, lanes);
      losses[i] = ScalarCrossEntropy.rowLoss(max, sum, logit);
      float reciprocal = 1f / sum;
      float labelled = g[gi + label];
      gradientRow(n, reciprocal, scale, g, gi);
      g[gi + label] = ScalarCrossEntropy.labelGradient(labelled, reciprocal, scale);
    }
    float mean = VectorReduce.sum(losses, 0, m, lanes) / m;
    Scratch.give(losses);
    Scratch.give(lanes);
    return mean;
  }

  private static void gradientRow(int n, float reciprocal, float scale, float[] g, int go) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector e = FloatVector.fromArray(FLOAT, g, go + j);
      e.mul(reciprocal).mul(scale).intoArray(g, go + j);
    }
    ScalarCrossEntropy.gradientRow(n - j, reciprocal, scale, g, go + j, 1);
  }
}
