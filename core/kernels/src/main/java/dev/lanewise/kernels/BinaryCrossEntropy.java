package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Scratch;

/**
 * Cross-entropy of two classes from the logit of one, element by element: {@code
 * BinaryCrossEntropy.MEAN.loss(x, targets)}.
 *
 * <p><b>Formula.</b> L = log(1 + e^x) - t·x = |x|·(x > 0 ? 1 - t : t) + log(1 + e^-|x|), t being
 * the probability of that class. J is the sum over all elements or their mean: a row's losses add
 * up in the order of a row reduction, and so do the rows' sums. It equals {@link CrossEntropy} of
 * the logits 0 and x.
 *
 * <p><b>Gradient.</b> dx = sigmoid(x) - t, for a mean divided by the number of elements.
 *
 * <p><b>Shapes.</b> X, targets and dX m×n, any strides. In place (dX the very view of X) is
 * allowed; any other overlap is not.
 *
 * <p><b>Special values.</b> NaN gives NaN. +infinity gives 0 where its target is 1, -infinity where
 * it is 0, and both give infinity elsewhere. A mean over no elements is NaN.
 *
 * <p><b>Error.</b> |L - exact| ≤ 3·u·L + 2·u·|x·(1 - t)| + 2^-148 for x > 0 and 3·u·L + u·|x·t| +
 * 2^-148 below, u = 2^-24; a row's losses and the rows' sums as {@link Reduction#SUM} each, and u
 * more for a mean. The gradient: 6·u, divided as it is.
 */
public final class BinaryCrossEntropy {
  /** The mean over all elements. */
  public static final BinaryCrossEntropy MEAN = new BinaryCrossEntropy(true);

  /** The sum over all elements. */
  public static final BinaryCrossEntropy SUM = new BinaryCrossEntropy(false);

  private static final String NAME = "BinaryCrossEntropy";

  private final boolean mean;

  private BinaryCrossEntropy(boolean mean) {
    this.mean = mean;
  }

  /**
   * J.
   *
   * @param x the logits X
   * @param targets the probability of the class, for each logit
   * @return the loss J
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ
   */
  public float loss(FloatMatrix x, FloatMatrix targets) {
    Operands.sameShape(NAME, "X", x, "targets", targets);
    return reduce(x, targets, null, null);
  }

  /**
   * J as {@link #loss(FloatMatrix, FloatMatrix)}, with the same bits, on several threads: they
   * share the rows, and long rows by their blocks.
   *
   * @param x the logits X
   * @param targets the probability of the class, for each logit
   * @param workers the threads
   * @return the loss J
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ
   * @throws IllegalStateException if the workers are closed
   */
  public float loss(FloatMatrix x, FloatMatrix targets, Workers workers) {
    Operands.sameShape(NAME, "X", x, "targets", targets);
    Operands.open(NAME, workers);
    return reduce(x, targets, null, workers);
  }

  /**
   * J and its gradient; J has the bits of {@link #loss(FloatMatrix, FloatMatrix)}.
   *
   * @param x the logits X
   * @param targets the probability of the class, for each logit
   * @param dx the loss's gradient by the logits
   * @return the loss J
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or dX overlaps another operand or itself;
   *     nothing is written then
   */
  public float lossAndGradient(FloatMatrix x, FloatMatrix targets, FloatMatrix dx) {
    check(x, targets, "dX", dx);
    return reduce(x, targets, dx, null);
  }

  /**
   * J and its gradient as {@link #lossAndGradient(FloatMatrix, FloatMatrix, FloatMatrix)}, with the
   * same bits, on several threads.
   *
   * @param x the logits X
   * @param targets the probability of the class, for each logit
   * @param dx the loss's gradient by the logits
   * @param workers the threads
   * @return the loss J
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or dX overlaps another operand or itself;
   *     nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public float lossAndGradient(
      FloatMatrix x, FloatMatrix targets, FloatMatrix dx, Workers workers) {
    check(x, targets, "dX", dx);
    Operands.open(NAME, workers);
    return reduce(x, targets, dx, workers);
  }

  /**
   * The loss of each element, L: no reduction, so that {@link #MEAN} and {@link #SUM} give the
   * same.
   *
   * @param x the logits X
   * @param targets the probability of the class, for each logit
   * @param losses the losses, m×n
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or the losses overlap an operand, unless
   *     they are the very view of X, or themselves; nothing is written then
   */
  public void losses(FloatMatrix x, FloatMatrix targets, FloatMatrix losses) {
    check(x, targets, "losses", losses);
    BinaryCrossEntropyCall.run(x, targets, 0f, null, losses, null);
  }

  /**
   * The losses as {@link #losses(FloatMatrix, FloatMatrix, FloatMatrix)}, with the same bits, on
   * several threads.
   *
   * @param x the logits X
   * @param targets the probability of the class, for each logit
   * @param losses the losses, m×n
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or the losses overlap an operand, unless
   *     they are the very view of X, or themselves; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public void losses(FloatMatrix x, FloatMatrix targets, FloatMatrix losses, Workers workers) {
    check(x, targets, "losses", losses);
    Operands.open(NAME, workers);
    BinaryCrossEntropyCall.run(x, targets, 0f, null, losses, workers);
  }

  private static void check(FloatMatrix x, FloatMatrix targets, String name, FloatMatrix out) {
    Operands.sameShape(NAME, "X", x, "targets", targets);
    Operands.sameShape(NAME, "X", x, name, out);
    Operands.output(NAME, name, out);
    Operands.inPlaceOrDisjoint(NAME, name, out, "X", x);
    Operands.disjoint(NAME, name, out, "targets", targets);
  }

  private float reduce(FloatMatrix x, FloatMatrix targets, FloatMatrix dx, Workers workers) {
    int m = x.rows();
    double divisor = mean ? (double) m * x.columns() : 1;
    float[] sums = Scratch.floats(m);
    BinaryCrossEntropyCall.run(x, targets, (float) (1 / divisor), sums, dx, workers);
    RowSteps steps = RowSteps.take(null);
    float loss = (float) (steps.sum(m, sums, 0) / divisor);
    steps.give();
    Scratch.give(sums);
    return loss;
  }
}
