package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;
import dev.lanewise.kernels.internal.Scratch;

/**
 * Cross-entropy of softmax, computed from the logits: {@code CrossEntropy.MEAN.loss(x, labels)}.
 *
 * <p><b>Formula.</b> The loss of row i is L_i = Σ_c t_ic·(log Σ_k e^(x_ik) - x_ic). Its target t_i
 * is a row of a matrix, or 1 at the row's label and 0 elsewhere; smoothing makes (1 - s)·t + s/n of
 * it. J is the sum of w_i·L_i, or their mean, that sum divided by Σ w_i; without weights w_i = 1. A
 * sample of weight 0, or with the ignored label, is not computed: its loss and gradient are 0.
 *
 * <p><b>Gradient.</b> dx_ic = (softmax(x_i)_c·Σ_k t_ik - t_ic)·w_i, for a mean divided by Σ w_i.
 *
 * <p><b>Order.</b> With M the row's largest logit, L_i = Σ t·(M - x) + (Σ t)·log Σ e^(x - M): terms
 * of one sign for targets that are not negative. Rows and losses add up in the order of a row
 * reduction.
 *
 * <p><b>Shapes.</b> X m×n, any strides, and m labels in [0, n) or m×n targets. In place (dX the
 * very view of X) is allowed; any other overlap is not.
 *
 * <p><b>Special values.</b> A row with NaN or +infinity, or of nothing but -infinity, gives NaN, as
 * does its gradient; a logit of -infinity beside a finite one gives +infinity where its target is
 * not 0. A mean over no rows, or weights that are all 0, is NaN.
 *
 * <p><b>Error.</b> Against labels, without weights or smoothing, |J - exact| ≤ u·(14 + n/64 + (10 +
 * m/64)·J) for a mean, u = 2^-24, for up to 4096 rows and columns; beyond, 64 stands for the
 * quotient, and 2 more for each doubling. Smoothing or targets: u·(14 + n/64 + (22 + (m + n)/64)·J
 * + 3·s·J) beside the rounding of s/n. Weights: u·J more, and u·(6 + m/64)·J for the sum of a
 * mean's weights. A sum has (14 + n/64)·Σ w_i for 14 + n/64. The gradient, before the division by Σ
 * w_i: that of {@link Softmax#forward} plus 3·u, 3·u more with smoothing and (7 + n/64)·u·softmax
 * more against distributions, all times w_i; weights add u of it, and those of a mean (7 + m/64)·u.
 */
public final class CrossEntropy {
  /** The mean of the losses. */
  public static final CrossEntropy MEAN = new CrossEntropy(true, 0, null, null);

  /** The sum of the losses. */
  public static final CrossEntropy SUM = new CrossEntropy(false, 0, null, null);

  private static final String NAME = "CrossEntropy";

  private final boolean mean;
  private final double smoothing;
  private final Integer ignored;
  private final FloatSpan weights;

  private CrossEntropy(boolean mean, double smoothing, Integer ignored, FloatSpan weights) {
    this.mean = mean;
    this.smoothing = smoothing;
    this.ignored = ignored;
    this.weights = weights;
  }

  /**
   * The same with label smoothing (C. Szegedy, V. Vanhoucke, S. Ioffe, J. Shlens and Z. Wojna,
   * Rethinking the Inception architecture for computer vision, 2016).
   *
   * @param smoothing the part s of each target that is spread over all classes, from 0 to 1
   * @return another cross-entropy
   * @throws IllegalArgumentException if it does not lie between 0 and 1
   */
  public CrossEntropy withLabelSmoothing(double smoothing) {
    Checks.fraction(NAME, "label smoothing", smoothing);
    return new CrossEntropy(mean, smoothing, ignored, weights);
  }

  /**
   * The same without the samples that have a certain label, which need not be a class: their loss
   * and gradient are 0, and a mean does not count them. Targets that are distributions have no
   * label to ignore.
   *
   * @param label the label, such as -1
   * @return another cross-entropy
   */
  public CrossEntropy ignoring(int label) {
    return new CrossEntropy(mean, smoothing, label, weights);
  }

  /**
   * The same with a weight for each sample. The elements are read anew by each call.
   *
   * @param weights a weight for each row, finite and at least 0
   * @return another cross-entropy
   * @throws NullPointerException if the weights are null
   */
  public CrossEntropy withWeights(FloatSpan weights) {
    Checks.notNull(NAME, "weights", weights);
    return new CrossEntropy(mean, smoothing, ignored, weights);
  }

  /** Whether all samples count alike, without smoothing. */
  boolean isPlain() {
    return smoothing == 0 && ignored == null && weights == null;
  }

  double smoothing() {
    return smoothing;
  }

  /** The weight of a sample; labels are null where the targets are distributions. */
  float weight(Labels labels, int i) {
    if (labels != null && ignored != null && labels.array()[labels.offset() + i] == ignored) {
      return 0f;
    }
    return weights == null ? 1f : weights.array()[weights.offset() + i * weights.stride()];
  }

  /**
   * J.
   *
   * @param x the logits X
   * @param targets the label of each row, or its distribution
   * @return the loss J
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit, a label is no class or a weight not
   *     finite and at least 0
   */
  public float loss(FloatMatrix x, Targets targets) {
    checkInputs(x, targets);
    return reduce(x, targets, null, null);
  }

  /**
   * J as {@link #loss(FloatMatrix, Targets)}, with the same bits, on several threads: they share
   * the rows, or where these are few and long, each row's blocks.
   *
   * @param x the logits X
   * @param targets the label of each row, or its distribution
   * @param workers the threads
   * @return the loss J
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit, a label is no class or a weight not
   *     finite and at least 0
   * @throws IllegalStateException if the workers are closed
   */
  public float loss(FloatMatrix x, Targets targets, Workers workers) {
    checkInputs(x, targets);
    Operands.open(NAME, workers);
    return reduce(x, targets, null, workers);
  }

  /**
   * J and its gradient in one pass; J has the bits of {@link #loss(FloatMatrix, Targets)}.
   *
   * @param x the logits X
   * @param targets the label of each row, or its distribution
   * @param dx the loss's gradient by the logits
   * @return the loss J
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit, a label is no class, a weight not
   *     finite and at least 0, or dX overlaps another operand or itself; nothing is written then
   */
  public float lossAndGradient(FloatMatrix x, Targets targets, FloatMatrix dx) {
    checkGradient(x, targets, dx);
    checkInputs(x, targets);
    return reduce(x, targets, dx, null);
  }

  /**
   * J and its gradient as {@link #lossAndGradient(FloatMatrix, Targets, FloatMatrix)}, with the
   * same bits, on several threads.
   *
   * @param x the logits X
   * @param targets the label of each row, or its distribution
   * @param dx the loss's gradient by the logits
   * @param workers the threads
   * @return the loss J
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit, a label is no class, a weight not
   *     finite and at least 0, or dX overlaps another operand or itself; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public float lossAndGradient(FloatMatrix x, Targets targets, FloatMatrix dx, Workers workers) {
    checkGradient(x, targets, dx);
    checkInputs(x, targets);
    Operands.open(NAME, workers);
    return reduce(x, targets, dx, workers);
  }

  /**
   * The loss of each row times its weight: no reduction, so that {@link #MEAN} and {@link #SUM}
   * give the same.
   *
   * @param x the logits X
   * @param targets the label of each row, or its distribution
   * @param losses w_i·L_i, one for each row
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit, a label is no class, a weight not
   *     finite and at least 0, or the losses overlap another operand or themselves; nothing is
   *     written then
   */
  public void losses(FloatMatrix x, Targets targets, FloatSpan losses) {
    checkInputs(x, targets);
    checkLosses(x, targets, losses);
    each(x, targets, losses, null, null);
  }

  /**
   * The losses as {@link #losses(FloatMatrix, Targets, FloatSpan)}, with the same bits, on several
   * threads.
   *
   * @param x the logits X
   * @param targets the label of each row, or its distribution
   * @param losses w_i·L_i, one for each row
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit, a label is no class, a weight not
   *     finite and at least 0, or the losses overlap another operand or themselves; nothing is
   *     written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public void losses(FloatMatrix x, Targets targets, FloatSpan losses, Workers workers) {
    checkInputs(x, targets);
    checkLosses(x, targets, losses);
    Operands.open(NAME, workers);
    each(x, targets, losses, null, workers);
  }

  /**
   * The losses as {@link #losses(FloatMatrix, Targets, FloatSpan)}, and row by row their gradient,
   * that of the sum.
   *
   * @param x the logits X
   * @param targets the label of each row, or its distribution
   * @param losses w_i·L_i, one for each row
   * @param dx each loss's gradient by the logits of its row
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit, a label is no class, a weight not
   *     finite and at least 0, or an output overlaps another operand or itself; nothing is written
   *     then
   */
  public void lossesAndGradient(FloatMatrix x, Targets targets, FloatSpan losses, FloatMatrix dx) {
    checkGradient(x, targets, dx);
    checkInputs(x, targets);
    checkLosses(x, targets, losses);
    Operands.disjoint(NAME, "losses", losses, "dX", dx);
    each(x, targets, losses, dx, null);
  }

  /**
   * Losses and gradient as {@link #lossesAndGradient(FloatMatrix, Targets, FloatSpan,
   * FloatMatrix)}, with the same bits, on several threads.
   *
   * @param x the logits X
   * @param targets the label of each row, or its distribution
   * @param losses w_i·L_i, one for each row
   * @param dx each loss's gradient by the logits of its row
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit, a label is no class, a weight not
   *     finite and at least 0, or an output overlaps another operand or itself; nothing is written
   *     then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public void lossesAndGradient(
      FloatMatrix x, Targets targets, FloatSpan losses, FloatMatrix dx, Workers workers) {
    checkGradient(x, targets, dx);
    checkInputs(x, targets);
    checkLosses(x, targets, losses);
    Operands.disjoint(NAME, "losses", losses, "dX", dx);
    Operands.open(NAME, workers);
    each(x, targets, losses, dx, workers);
  }

  private float reduce(FloatMatrix x, Targets targets, FloatMatrix dx, Workers workers) {
    int m = x.rows();
    Labels labels = targets instanceof Labels l ? l : null;
    float[] losses = Scratch.floats(m);
    RowSteps steps = RowSteps.take(null);
    float divisor = 1f;
    if (mean && weights == null && ignored == null) {
      divisor = m;
    } else if (mean) {
      for (int i = 0; i < m; i++) {
        losses[i] = weight(labels, i);
      }
      divisor = steps.sum(m, losses, 0);
    }
    CrossEntropyCall.run(this, x, targets, divisor, losses, dx, workers);
    float loss = steps.sum(m, losses, 0) / divisor;
    steps.give();
    Scratch.give(losses);
    return loss;
  }

  private void each(
      FloatMatrix x, Targets targets, FloatSpan out, FloatMatrix dx, Workers workers) {
    int m = x.rows();
    float[] losses = Scratch.floats(m);
    CrossEntropyCall.run(this, x, targets, 1f, losses, dx, workers);
    for (int i = 0; i < m; i++) {
      out.array()[out.offset() + i * out.stride()] = losses[i];
    }
    Scratch.give(losses);
  }

  private void checkInputs(FloatMatrix x, Targets targets) {
    Checks.notNull(NAME, "X", x);
    Checks.notNull(NAME, "targets", targets);
    if (targets instanceof FloatMatrix distributions) {
      Operands.sameShape(NAME, "X", x, "targets", distributions);
    } else if (targets instanceof Labels labels) {
      Operands.labels(NAME, x, labels, ignored);
    }
    if (weights == null) {
      return;
    }
    Operands.perRow(NAME, "X", x, "weights", weights);
    for (int i = 0; i < weights.length(); i++) {
      float weight = weights.get(i);
      if (!(weight >= 0) || Float.isInfinite(weight)) {
        throw new IllegalArgumentException(
            "%s: weight %d is %s; it must be finite and at least 0".formatted(NAME, i, weight));
      }
    }
  }

  private void checkGradient(FloatMatrix x, Targets targets, FloatMatrix dx) {
    Operands.sameShape(NAME, "X", x, "dX", dx);
    Operands.output(NAME, "dX", dx);
    Operands.inPlaceOrDisjoint(NAME, "dX", dx, "X", x);
    if (targets instanceof FloatMatrix distributions) {
      Operands.disjoint(NAME, "dX", dx, "targets", distributions);
    }
    if (weights != null) {
      Operands.disjoint(NAME, "dX", dx, "weights", weights);
    }
  }

  private void checkLosses(FloatMatrix x, Targets targets, FloatSpan losses) {
    Operands.perRow(NAME, "X", x, "losses", losses);
    Operands.output(NAME, "losses", losses);
    Operands.disjoint(NAME, "losses", losses, "X", x);
    if (targets instanceof FloatMatrix distributions) {
      Operands.disjoint(NAME, "losses", losses, "targets", distributions);
    }
    if (weights != null) {
      Operands.disjoint(NAME, "losses", losses, "weights", weights);
    }
  }
}
