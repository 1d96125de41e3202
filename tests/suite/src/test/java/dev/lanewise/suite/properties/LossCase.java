package dev.lanewise.suite.properties;

import static dev.lanewise.suite.properties.Figures.SUBNORMAL;
import static dev.lanewise.suite.properties.Figures.alongRow;
import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Targets;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.CrossEntropyOracle;
import dev.lanewise.testkit.oracle.SoftmaxOracle;

/** A cross-entropy with options, what it is to be computed of, and what it should give. */
public final class LossCase {
  /** The options are the bits of a number below this. */
  public static final int OPTIONS = 32;

  /** The label that is ignored; no class. */
  public static final int IGNORED = -1;

  private static final int DISTRIBUTIONS = 1;
  private static final int SMOOTHED = 2;
  private static final int WEIGHTED = 4;
  private static final int IGNORING = 8;
  private static final int MEAN = 16;

  private final int m;
  private final int n;
  private final int options;
  private final double smoothing;
  private final double[] weights;
  private final double[] targets;
  private final FloatMatrix x;
  private final Targets given;
  private final CrossEntropy loss;

  /** Of logits, with options. */
  public LossCase(Logits logits, int options) {
    this.options = options;
    x = logits.x();
    m = x.rows();
    n = x.columns();
    smoothing = has(SMOOTHED) ? 0.1 : 0;
    Mix mix = new Mix(logits.seed() + 1);
    weights = new double[m];
    FloatSpan floats =
        Views.span(logits.layout(), m, () -> mix.below(8) == 0 ? 0 : 2 * Math.abs(mix.unit()));
    int[] labels = logits.labels().array().clone();
    for (int i = 0; i < m; i++) {
      weights[i] = has(WEIGHTED) ? floats.get(i) : 1;
      if (has(IGNORING) && !has(DISTRIBUTIONS) && mix.below(4) == 0) {
        labels[i] = IGNORED;
        weights[i] = 0;
      }
    }
    FloatMatrix distributions = distributions(logits.layout(), m, n, mix);
    targets = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double t = has(DISTRIBUTIONS) ? distributions.get(i, j) : labels[i] == j ? 1 : 0;
        targets[i * n + j] = (1 - smoothing) * t + smoothing / n;
      }
    }
    given = has(DISTRIBUTIONS) ? distributions : Labels.of(labels);
    CrossEntropy chosen = has(MEAN) ? CrossEntropy.MEAN : CrossEntropy.SUM;
    chosen = has(SMOOTHED) ? chosen.withLabelSmoothing(smoothing) : chosen;
    chosen = has(WEIGHTED) ? chosen.withWeights(floats) : chosen;
    loss = has(IGNORING) ? chosen.ignoring(IGNORED) : chosen;
  }

  private boolean has(int option) {
    return (options & option) != 0;
  }

  /** Rows of numbers of at least 0, some of them 0, that add up to 1 but for their rounding. */
  public static FloatMatrix distributions(Layout layout, int m, int n, Mix mix) {
    FloatMatrix t = Views.matrix(layout, m, n);
    double[] row = new double[n];
    for (int i = 0; i < m; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        row[j] = j > 0 && mix.below(4) == 0 ? 0 : Math.abs(mix.unit()) + 0x1p-20;
        sum += row[j];
      }
      for (int j = 0; j < n; j++) {
        t.set(i, j, (float) (row[j] / sum));
      }
    }
    return t;
  }

  /** The operation. */
  public CrossEntropy loss() {
    return loss;
  }

  /** The logits. */
  public FloatMatrix x() {
    return x;
  }

  /** Labels or distributions. */
  public Targets targets() {
    return given;
  }

  /** The weight of a row in effect: 0 of an ignored one. */
  public double weight(int i) {
    return weights[i];
  }

  /** What the sum is divided by. */
  public double divisor() {
    return has(MEAN) ? weight() : 1;
  }

  private double weight() {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    return sum;
  }

  /** w·L of each row, of logits in double. */
  public double[] expectedLosses(double[] z) {
    double[] losses = CrossEntropyOracle.losses(m, n, z, targets);
    for (int i = 0; i < m; i++) {
      losses[i] = weights[i] == 0 ? 0 : weights[i] * losses[i];
    }
    return losses;
  }

  /** J of logits in double. */
  public double expected(double[] z) {
    double sum = 0;
    for (double each : expectedLosses(z)) {
      sum += each;
    }
    return sum / divisor();
  }

  /** The gradient of J by logits in double. */
  public double[] expectedGradient(double[] z) {
    double[] gradient = SoftmaxOracle.forward(m, n, z);
    for (int i = 0; i < m; i++) {
      double total = 0;
      for (int j = 0; j < n; j++) {
        total += targets[i * n + j];
      }
      for (int j = i * n; j < (i + 1) * n; j++) {
        double slope = gradient[j] * total - targets[j];
        gradient[j] = weights[i] == 0 ? 0 : slope * weights[i] / divisor();
      }
    }
    return gradient;
  }

  /** The roundings of targets and of their sums, in proportion to a loss. */
  private double own() {
    boolean plain = !has(DISTRIBUTIONS) && !has(SMOOTHED);
    return plain ? 10 : 22 + alongRow(n) + 3 * smoothing;
  }

  /** That of each row's loss by itself. */
  public double[] lossFigures(double[] z) {
    double[] errors = expectedLosses(z);
    for (int i = 0; i < m; i++) {
      errors[i] = U * (weights[i] * (14 + alongRow(n)) + (own() + 1) * errors[i]);
    }
    return errors;
  }

  /**
   * u·(14 + n/64 + (10 + m/64)·J) for a mean, 22 + (m + n)/64 + 3·s for distributions or smoothing;
   * weights add 1 for the product and to a mean 6 + m/64 for their sum.
   */
  public double figure(double[] z) {
    double factor = own() + alongRow(m);
    if (has(WEIGHTED)) {
      factor += 1 + (has(MEAN) ? 6 + alongRow(m) : 0);
    }
    double rows = has(MEAN) ? 1 : weight();
    return U * (rows * (14 + alongRow(n)) + factor * expected(z));
  }

  /**
   * That of softmax and 3·u, times w and divided as the loss is; 3 more for smoothed targets, those
   * of their sum for distributions, and those of weights and their sum.
   */
  public double[] gradientFigures(double[] z) {
    double[] errors = Figures.softmax(m, n, z);
    double[] softmax = SoftmaxOracle.forward(m, n, z);
    double more = 3 + (has(SMOOTHED) ? 3 : 0);
    if (has(WEIGHTED)) {
      more += 1 + (has(MEAN) ? 7 + alongRow(m) : 0);
    }
    for (int i = 0; i < errors.length; i++) {
      double total = has(DISTRIBUTIONS) ? (7 + alongRow(n)) * softmax[i] : 0;
      double weight = weights[i / n];
      errors[i] =
          weight == 0 ? 0 : (errors[i] + U * (more + total)) * weight / divisor() + SUBNORMAL;
    }
    return errors;
  }

  @Override
  public String toString() {
    return (has(MEAN) ? "mean" : "sum")
        + (has(DISTRIBUTIONS) ? " of distributions" : " of labels")
        + (has(SMOOTHED) ? " smoothed" : "")
        + (has(WEIGHTED) ? " weighted" : "")
        + (has(IGNORING) ? " ignoring" : "");
  }
}
