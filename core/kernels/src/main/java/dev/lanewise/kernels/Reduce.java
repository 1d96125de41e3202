package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;
import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarColumns;
import dev.lanewise.kernels.internal.vector.VectorColumns;

/** Reductions. */
public final class Reduce {
  private static final String COLUMN_SUMS = "Reduce.columnSums";

  private Reduce() {}

  /**
   * s_j = Σ_i X[i][j], the sums down the columns, such as the gradient of a bias.
   *
   * <p><b>Order.</b> Chunks of 64 rows; inside, groups of 8 rows as balanced trees added one after
   * the other in float; chunks added first to last in double, rounded once at the end.
   *
   * <p><b>Shapes.</b> X m×n, s of n elements, which must not overlap X.
   *
   * <p><b>Special values.</b> As IEEE 754 gives along that order; no rows give +0.
   *
   * <p><b>Error.</b> |s - exact| ≤ 17·u·Σ|x| + u·|s|, u = 2^-24, without overflow.
   *
   * @param x the matrix X
   * @param sums the sums s
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit or the sums overlap X or themselves;
   *     nothing is written then
   */
  public static void columnSums(FloatMatrix x, FloatSpan sums) {
    Checks.notNull(COLUMN_SUMS, "X", x);
    Operands.perColumn(COLUMN_SUMS, "X", x, "sums", sums);
    Operands.output(COLUMN_SUMS, "sums", sums);
    Operands.disjoint(COLUMN_SUMS, "sums", sums, "X", x);
    int n = x.columns();
    double[] total = Scratch.doubles(n);
    if (Chooser.vector() && x.columnStride() == 1) {
      VectorColumns.sums(x.rows(), n, x.array(), x.offset(), x.rowStride(), total);
    } else {
      ScalarColumns.sums(
          x.rows(), n, x.array(), x.offset(), x.rowStride(), x.columnStride(), total);
    }
    float[] array = sums.array();
    for (int j = 0; j < n; j++) {
      array[sums.offset() + j * sums.stride()] = (float) total[j];
    }
    Scratch.give(total);
  }
}
