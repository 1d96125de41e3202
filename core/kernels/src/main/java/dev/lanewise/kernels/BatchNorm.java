package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;
import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarBatchNorm;
import dev.lanewise.kernels.internal.scalar.ScalarColumns;
import dev.lanewise.kernels.internal.vector.VectorBatchNorm;
import dev.lanewise.kernels.internal.vector.VectorColumns;

/**
 * Batch normalisation of (samples, features) matrices: training, inference and backward.
 *
 * <p><b>Source.</b> S. Ioffe and C. Szegedy, Batch normalization: accelerating deep network
 * training by reducing internal covariate shift, 2015.
 */
public final class BatchNorm {
  private static final String FORWARD = "BatchNorm.forward";
  private static final String INFERENCE = "BatchNorm.inference";
  private static final String BACKWARD = "BatchNorm.backward";

  private BatchNorm() {}

  /**
   * y = gamma·(x - mean) / sqrt(variance + eps) + beta with the batch's own mean and biased
   * variance per feature.
   *
   * <p><b>Order.</b> Statistics: chunks of 64 rows; inside, sums of x - pivot and of its square in
   * float, the pivot being the chunk's first row, groups of 8 rows as balanced trees; chunks merged
   * first to last in double. Then, with high + low = mean in two floats and scale = gamma /
   * sqrt(variance + eps) rounded once, y = fma((x - high) - low, scale, beta).
   *
   * <p><b>Shapes.</b> X and Y m×n, any strides, m ≥ 1; gamma, beta and the statistics of n
   * features. In place (Y the very view of X) is allowed; any other overlap is not.
   *
   * <p><b>Special values.</b> A constant feature has variance exactly 0 and gives beta, as a single
   * sample does (with eps = 0 it gives NaN). A feature with NaN or an infinity gives NaN
   * throughout. Differences beyond 10^18 overflow the variance to infinity; below 10^-19 their
   * squares underflow.
   *
   * <p><b>Error.</b> With u = 2^-24 and the means over a feature A of |x - pivot|, Q of (x -
   * pivot)² and P of |x - pivot|·|pivot - mean|, which is large where chunks differ in level, and W
   * = u²·max|x|·(1 + m/1000): the mean is within 18·u·A + W, the variance within u·(20·Q + 36·P) +
   * 2·W·sqrt(variance), and y within u·(4·|scale·(x - mean)| + |beta|) + 2^-148 beside what these
   * two cause: |gamma|·(meanError/σ + |zhat|·varianceError/(2·σ²)), σ² = variance + eps; all this
   * where scale does not underflow.
   *
   * @param x the input X
   * @param gamma the scale
   * @param beta the shift
   * @param eps what keeps the divisor from 0, finite and at least 0
   * @param statistics receives mean and variance
   * @param y the output Y
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit, X has no rows, Y overlaps an operand
   *     or itself, or eps is none; nothing is written then
   */
  public static void forward(
      FloatMatrix x,
      FloatSpan gamma,
      FloatSpan beta,
      double eps,
      BatchStatistics statistics,
      FloatMatrix y) {
    Operands.sameShape(FORWARD, "X", x, "Y", y);
    Operands.perColumn(FORWARD, "X", x, "gamma", gamma);
    Operands.perColumn(FORWARD, "X", x, "beta", beta);
    checkBatch(FORWARD, x, statistics);
    checkOutput(FORWARD, x, gamma, beta, eps, y);
    int m = x.rows();
    int n = x.columns();
    if (Chooser.vector() && x.columnStride() == 1) {
      VectorColumns.moments(
          m, n, x.array(), x.offset(), x.rowStride(), statistics.mean, statistics.variance);
    } else {
      ScalarColumns.moments(
          m,
          n,
          x.array(),
          x.offset(),
          x.rowStride(),
          x.columnStride(),
          statistics.mean,
          statistics.variance);
    }
    statistics.computedFrom(m);
    normalise(x, gamma, beta, eps, statistics.mean, statistics.variance, y);
  }

  /**
   * y = gamma·(x - mean) / sqrt(variance + eps) + beta with given statistics, such as the running
   * ones.
   *
   * <p>The steps, shapes, aliasing and special values are those of {@link #forward}; X may have no
   * rows, and each row depends on itself alone. The error is u·(4·|scale·(x - mean)| + |beta|) +
   * 2^-148, u = 2^-24, where scale does not underflow.
   *
   * @param x the input X
   * @param gamma the scale
   * @param beta the shift
   * @param mean the mean of each feature
   * @param variance the variance of each feature
   * @param eps what keeps the divisor from 0, finite and at least 0
   * @param y the output Y
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit, Y overlaps an operand or itself, or
   *     eps is none; nothing is written then
   */
  public static void inference(
      FloatMatrix x,
      FloatSpan gamma,
      FloatSpan beta,
      FloatSpan mean,
      FloatSpan variance,
      double eps,
      FloatMatrix y) {
    Operands.sameShape(INFERENCE, "X", x, "Y", y);
    Operands.perColumn(INFERENCE, "X", x, "gamma", gamma);
    Operands.perColumn(INFERENCE, "X", x, "beta", beta);
    Operands.perColumn(INFERENCE, "X", x, "mean", mean);
    Operands.perColumn(INFERENCE, "X", x, "variance", variance);
    checkOutput(INFERENCE, x, gamma, beta, eps, y);
    Operands.disjoint(INFERENCE, "Y", y, "mean", mean);
    Operands.disjoint(INFERENCE, "Y", y, "variance", variance);
    double[] means = widen(mean);
    double[] variances = widen(variance);
    normalise(x, gamma, beta, eps, means, variances, y);
    Scratch.give(means);
    Scratch.give(variances);
  }

  private static double[] widen(FloatSpan span) {
    double[] wide = Scratch.doubles(span.length());
    for (int j = 0; j < span.length(); j++) {
      wide[j] = span.array()[span.offset() + j * span.stride()];
    }
    return wide;
  }

  private static void checkBatch(String operation, FloatMatrix x, BatchStatistics statistics) {
    Checks.notNull(operation, "statistics", statistics);
    if (statistics.features() != x.columns()) {
      throw Checks.shape(
          operation,
          "X",
          Operands.shape(x),
          "statistics' features",
          statistics.features(),
          "they must equal X's columns");
    }
    if (x.rows() == 0) {
      throw new IllegalArgumentException(
          operation + ": X is " + Operands.shape(x) + "; statistics need at least one row");
    }
  }

  private static void checkOutput(
      String operation, FloatMatrix x, FloatSpan gamma, FloatSpan beta, double eps, FloatMatrix y) {
    Checks.finiteNotNegative(operation, "eps", eps);
    Operands.output(operation, "Y", y);
    Operands.inPlaceOrDisjoint(operation, "Y", y, "X", x);
    Operands.disjoint(operation, "Y", y, "gamma", gamma);
    Operands.disjoint(operation, "Y", y, "beta", beta);
  }

  private static void normalise(
      FloatMatrix x,
      FloatSpan gamma,
      FloatSpan beta,
      double eps,
      double[] mean,
      double[] variance,
      FloatMatrix y) {
    int m = x.rows();
    int n = x.columns();
    float[] high = Scratch.floats(n);
    float[] low = Scratch.floats(n);
    float[] scale = Scratch.floats(n);
    float[] shift = Scratch.floats(n);
    ScalarBatchNorm.coefficients(
        n,
        mean,
        variance,
        eps,
        gamma.array(),
        gamma.offset(),
        gamma.stride(),
        beta.array(),
        beta.offset(),
        beta.stride(),
        high,
        low,
        scale,
        shift);
    if (Chooser.vector() && x.columnStride() == 1 && y.columnStride() == 1) {
      VectorBatchNorm.normalise(
          m,
          n,
          x.array(),
          x.offset(),
          x.rowStride(),
          high,
          low,
          scale,
          shift,
          y.array(),
          y.offset(),
          y.rowStride());
    } else {
      ScalarBatchNorm.normalise(
          m,
          0,
          n,
          x.array(),
          x.offset(),
          x.rowStride(),
          x.columnStride(),
          high,
          low,
          scale,
          shift,
          y.array(),
          y.offset(),
          y.rowStride(),
          y.columnStride());
    }
    Scratch.give(high);
    Scratch.give(low);
    Scratch.give(scale);
    Scratch.give(shift);
  }

  /**
   * The backward pass of {@link #forward}: with zhat = (x - mean) / sqrt(variance + eps) and d =
   * dY, dbeta = Σ d, dgamma = Σ d·zhat, dx = gamma / sqrt(variance + eps)·(d - dbeta/m -
   * zhat·dgamma/m).
   *
   * <p><b>Order.</b> The sums as {@link Reduce#columns}, the products of d·((x - high) - low); the
   * coefficients in double, rounded once; dx = scale·fma(-t, slope, d - dbeta/m), t = (x - high) -
   * low.
   *
   * <p><b>Shapes.</b> X, dY and dX m×n, any strides, m ≥ 1; the spans and the statistics, which
   * must be those of X, of n features. In place (dX the very view of dY or of X) is allowed; any
   * other overlap is not.
   *
   * <p><b>Special values.</b> A feature whose statistics are NaN gives dx and dgamma NaN; else as
   * IEEE 754 gives along the formula.
   *
   * <p><b>Error.</b> dbeta as {@link Reduce#columns}; where no coefficient underflows, and for
   * exact statistics, dgamma within 20·u·Σ|d·zhat| and dx within |scale|·u·(4·|d| + 21·Σ|d|/m +
   * 25·|zhat|·Σ|d·zhat|/m), u = 2^-24.
   *
   * @param x the input of the forward pass
   * @param dy the loss's gradient by the output
   * @param gamma the scale
   * @param eps as in the forward pass
   * @param statistics as the forward pass left them
   * @param dx the loss's gradient by the input
   * @param dgamma the loss's gradient by gamma
   * @param dbeta the loss's gradient by beta
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit, the statistics are of another number
   *     of samples, an output overlaps an operand or itself, or eps is none; nothing is written
   *     then
   * @throws IllegalStateException if the statistics hold no batch
   */
  public static void backward(
      FloatMatrix x,
      FloatMatrix dy,
      FloatSpan gamma,
      double eps,
      BatchStatistics statistics,
      FloatMatrix dx,
      FloatSpan dgamma,
      FloatSpan dbeta) {
    checkBackward(x, dy, gamma, eps, statistics, dx, dgamma, dbeta);
    int m = x.rows();
    int n = x.columns();
    boolean vector =
        Chooser.vector()
            && x.columnStride() == 1
            && dy.columnStride() == 1
            && dx.columnStride() == 1;
    float[] high = Scratch.floats(n);
    float[] low = Scratch.floats(n);
    float[] scale = Scratch.floats(n);
    float[] meanD = Scratch.floats(n);
    float[] slope = Scratch.floats(n);
    double[] sumD = Scratch.doubles(n);
    double[] sumDt = Scratch.doubles(n);
    ScalarBatchNorm.split(n, statistics.mean, high, low);
    if (vector) {
      VectorBatchNorm.gradientSums(
          m,
          n,
          x.array(),
          x.offset(),
          x.rowStride(),
          dy.array(),
          dy.offset(),
          dy.rowStride(),
          high,
          low,
          sumD,
          sumDt);
    } else {
      ScalarBatchNorm.gradientSums(
          m,
          n,
          x.array(),
          x.offset(),
          x.rowStride(),
          x.columnStride(),
          dy.array(),
          dy.offset(),
          dy.rowStride(),
          dy.columnStride(),
          high,
          low,
          sumD,
          sumDt);
    }
    ScalarBatchNorm.backwardCoefficients(
        m,
        n,
        statistics.variance,
        eps,
        gamma.array(),
        gamma.offset(),
        gamma.stride(),
        sumD,
        sumDt,
        scale,
        meanD,
        slope,
        dgamma.array(),
        dgamma.offset(),
        dgamma.stride(),
        dbeta.array(),
        dbeta.offset(),
        dbeta.stride());
    if (vector) {
      VectorBatchNorm.backward(
          m,
          n,
          x.array(),
          x.offset(),
          x.rowStride(),
          dy.array(),
          dy.offset(),
          dy.rowStride(),
          high,
          low,
          scale,
          meanD,
          slope,
          dx.array(),
          dx.offset(),
          dx.rowStride());
    } else {
      ScalarBatchNorm.backward(
          m,
          0,
          n,
          x.array(),
          x.offset(),
          x.rowStride(),
          x.columnStride(),
          dy.array(),
          dy.offset(),
          dy.rowStride(),
          dy.columnStride(),
          high,
          low,
          scale,
          meanD,
          slope,
          dx.array(),
          dx.offset(),
          dx.rowStride(),
          dx.columnStride());
    }
    Scratch.give(high);
    Scratch.give(low);
    Scratch.give(scale);
    Scratch.give(meanD);
    Scratch.give(slope);
    Scratch.give(sumD);
    Scratch.give(sumDt);
  }

  private static void checkBackward(
      FloatMatrix x,
      FloatMatrix dy,
      FloatSpan gamma,
      double eps,
      BatchStatistics statistics,
      FloatMatrix dx,
      FloatSpan dgamma,
      FloatSpan dbeta) {
    Operands.sameShape(BACKWARD, "X", x, "dY", dy);
    Operands.sameShape(BACKWARD, "X", x, "dX", dx);
    Operands.perColumn(BACKWARD, "X", x, "gamma", gamma);
    Operands.perColumn(BACKWARD, "X", x, "dgamma", dgamma);
    Operands.perColumn(BACKWARD, "X", x, "dbeta", dbeta);
    checkBatch(BACKWARD, x, statistics);
    statistics.requireBatch(BACKWARD);
    if (statistics.samples() != x.rows()) {
      throw Checks.shape(
          BACKWARD,
          "X",
          Operands.shape(x),
          "statistics' samples",
          statistics.samples(),
          "they must equal X's rows");
    }
    Checks.finiteNotNegative(BACKWARD, "eps", eps);
    Operands.output(BACKWARD, "dX", dx);
    Operands.output(BACKWARD, "dgamma", dgamma);
    Operands.output(BACKWARD, "dbeta", dbeta);
    Operands.inPlaceOrDisjoint(BACKWARD, "dX", dx, "X", x);
    Operands.inPlaceOrDisjoint(BACKWARD, "dX", dx, "dY", dy);
    Operands.disjoint(BACKWARD, "dX", dx, "gamma", gamma);
    Operands.disjoint(BACKWARD, "dgamma", dgamma, "X", x);
    Operands.disjoint(BACKWARD, "dgamma", dgamma, "dY", dy);
    Operands.disjoint(BACKWARD, "dgamma", dgamma, "dX", dx);
    Operands.disjoint(BACKWARD, "dbeta", dbeta, "X", x);
    Operands.disjoint(BACKWARD, "dbeta", dbeta, "dY", dy);
    Operands.disjoint(BACKWARD, "dbeta", dbeta, "dX", dx);
    Operands.disjoint(BACKWARD, "dgamma", dgamma, "gamma", gamma);
    Operands.disjoint(BACKWARD, "dbeta", dbeta, "gamma", gamma);
    Operands.disjoint(BACKWARD, "dgamma", dgamma, "dbeta", dbeta);
  }
}
