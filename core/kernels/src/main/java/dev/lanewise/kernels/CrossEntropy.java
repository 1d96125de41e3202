package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;
import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.scalar.ScalarCrossEntropy;
import dev.lanewise.kernels.internal.vector.VectorCrossEntropy;

/** Cross-entropy of softmax against class labels, computed from the logits. */
public final class CrossEntropy {
  private static final String LOSS = "CrossEntropy.loss";
  private static final String LOSS_AND_GRADIENT = "CrossEntropy.lossAndGradient";

  private CrossEntropy() {}

  /**
   * J = (1/m) Σ_i (log Σ_c e^(x_ic) - x_i,label(i)), the mean over the samples.
   *
   * <p>Each row's loss is (M - x_label) + log Σ_c e^(x_c - M), M the row's largest logit: two terms
   * of one sign. The losses add up in the order of a row reduction.
   *
   * <p><b>Shapes.</b> X m×n, any strides, and m labels in [0, n).
   *
   * <p><b>Special values.</b> A row with NaN or +infinity, or of nothing but -infinity, gives NaN;
   * a label whose logit is -infinity beside a finite one gives +infinity; no rows give NaN.
   *
   * <p><b>Error.</b> |J - exact| ≤ u·(14 + n/64 + (10 + m/64)·J), u = 2^-24, for up to 4096 rows
   * and columns; beyond, 64 stands for the quotient, and 2 more for each doubling.
   *
   * @param x the logits
   * @param labels the class of each row
   * @return the mean loss J
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit or a label is no class
   */
  public static float loss(FloatMatrix x, Labels labels) {
    Checks.notNull(LOSS, "X", x);
    Operands.labels(LOSS, x, labels);
    if (Chooser.vector() && x.columnStride() == 1) {
      return VectorCrossEntropy.loss(
          x.rows(),
          x.columns(),
          x.array(),
          x.offset(),
          x.rowStride(),
          labels.array(),
          labels.offset());
    }
    return ScalarCrossEntropy.loss(
        x.rows(),
        x.columns(),
        x.array(),
        x.offset(),
        x.rowStride(),
        x.columnStride(),
        labels.array(),
        labels.offset());
  }

  /**
   * The loss of {@link #loss}, with the same bits, and its gradient dX = (softmax(X) - Y) / m,
   * where Y has a 1 at each row's label and 0 elsewhere.
   *
   * <p><b>Shapes.</b> X and dX m×n, any strides, and m labels in [0, n). In place (dX the very view
   * of X) is allowed; any other overlap is not.
   *
   * <p><b>Special values.</b> A row whose loss is NaN has a gradient of NaN.
   *
   * <p><b>Error.</b> That of {@link Softmax#forward} plus 3·u, u = 2^-24, all divided by m.
   *
   * @param x the logits
   * @param labels the class of each row
   * @param dx the loss's gradient by the logits
   * @return the mean loss J
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit, a label is no class or dX overlaps X
   *     or itself; nothing is written then
   */
  public static float lossAndGradient(FloatMatrix x, Labels labels, FloatMatrix dx) {
    Operands.sameShape(LOSS_AND_GRADIENT, "X", x, "dX", dx);
    Operands.labels(LOSS_AND_GRADIENT, x, labels);
    Operands.output(LOSS_AND_GRADIENT, "dX", dx);
    Operands.inPlaceOrDisjoint(LOSS_AND_GRADIENT, "dX", dx, "X", x);
    if (Chooser.vector() && x.columnStride() == 1 && dx.columnStride() == 1) {
      return VectorCrossEntropy.lossAndGradient(
          x.rows(),
          x.columns(),
          x.array(),
          x.offset(),
          x.rowStride(),
          labels.array(),
          labels.offset(),
          dx.array(),
          dx.offset(),
          dx.rowStride());
    }
    return ScalarCrossEntropy.lossAndGradient(
        x.rows(),
        x.columns(),
        x.array(),
        x.offset(),
        x.rowStride(),
        x.columnStride(),
        labels.array(),
        labels.offset(),
        dx.array(),
        dx.offset(),
        dx.rowStride(),
        dx.columnStride());
  }
}
