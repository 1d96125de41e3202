package dev.lanewise.kernels.internal.scalar;

import static dev.lanewise.kernels.internal.scalar.ScalarReduce.WORK;

import dev.lanewise.kernels.internal.Scratch;

/** Mean cross-entropy of softmax(logits) against class labels, with its gradient. */
public final class ScalarCrossEntropy {
  private ScalarCrossEntropy() {}

  /** (1/m) Σ over the rows of log Σ e^x - x[label]. */
  public static float loss(
      int m, int n, float[] x, int xo, int xrs, int xcs, int[] labels, int lo) {
    float[] losses = Scratch.floats(m);
    float[] row = Scratch.floats(n);
    float[] lanes = Scratch.floats(WORK);
    for (int i = 0; i < m; i++) {
      int xi = xo + i * xrs;
      float max = ScalarSoftmax.max(n, x, xi, xcs);
      ScalarSoftmax.exponentials(n, max, x, xi, xcs, row, 0, 1);
      float sum = ScalarReduce.sum(row, 0, 1, n, lanes);
      losses[i] = rowLoss(max, sum, x[xi + labels[lo + i] * xcs]);
    }
    float mean = ScalarReduce.sum(losses, 0, 1, m, lanes) / m;
    Scratch.give(losses);
    Scratch.give(row);
    Scratch.give(lanes);
    return mean;
  }

  /** The loss as above; g = (softmax(x) - 1[j = label])·(1/m). */
  public static float lossAndGradient(
      int m,
      int n,
      float[] x,
      int xo,
      int xrs,
      int xcs,
      int[] labels,
      int lo,
      float[] g,
      int go,
      int grs,
      int gcs) {
    float[] losses = Scratch.floats(m);
    float[] lanes = Scratch.floats(WORK);
    float scale = 1f / m;
    for (int i = 0; i < m; i++) {
      int xi = xo + i * xrs;
      int gi = go + i * grs;
      int label = labels[lo + i];
      float logit = x[xi + label * xcs]; // read before a gradient in place overwrites it
      float max = ScalarSoftmax.max(n, x, xi, xcs);
      ScalarSoftmax.exponentials(n, max, x, xi, xcs, g, gi, gcs);
      float sum = ScalarReduce.sum(g, gi, gcs, n, lanes);
      losses[i] = rowLoss(max, sum, logit);
      float reciprocal = 1f / sum;
      float labelled = g[gi + label * gcs];
      gradientRow(n, reciprocal, scale, g, gi, gcs);
      g[gi + label * gcs] = labelGradient(labelled, reciprocal, scale);
    }
    float mean = ScalarReduce.sum(losses, 0, 1, m, lanes) / m;
    Scratch.give(losses);
    Scratch.give(lanes);
    return mean;
  }

  /** -log softmax of the label: two terms, both at least 0. */
  public static float rowLoss(float max, float sum, float logit) {
    return (max - logit) + ScalarMath.log(sum);
  }

  /** g ← (g·reciprocal)·scale, g holding the exponentials. */
  public static void gradientRow(int n, float reciprocal, float scale, float[] g, int go, int gs) {
    for (int j = 0; j < n; j++) {
      g[go + j * gs] = g[go + j * gs] * reciprocal * scale;
    }
  }

  /** The gradient of the label's logit from its exponential. */
  public static float labelGradient(float exponential, float reciprocal, float scale) {
    return (exponential * reciprocal - 1f) * scale;
  }
}
