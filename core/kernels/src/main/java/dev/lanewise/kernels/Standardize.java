package dev.lanewise.kernels;

import static dev.lanewise.kernels.internal.scalar.ScalarColumns.CHUNK;

import dev.lanewise.kernels.internal.Checks;
import dev.lanewise.kernels.internal.scalar.ScalarColumns;
import java.util.Arrays;

/**
 * The normalisation of inputs: mean and variance of each feature over a training set, applied to
 * any data. The training set is seen once, in batches as they arrive, and their sizes change no
 * bit.
 *
 * <p><b>Order.</b> Statistics, special values and error as {@link BatchStatistics} has them of the
 * matrix of all rows. Rows that fill no chunk wait for those of the next batch.
 *
 * <p>Fitting and anything else must not run at the same time; any number of threads may apply.
 *
 * <p><b>Source.</b> T. F. Chan, G. H. Golub and R. J. LeVeque, Updating formulae and a pairwise
 * algorithm for computing sample variances, 1979.
 */
public final class Standardize {
  private static final String NAME = "Standardize";
  private static final String FIT = "Standardize.fit";
  private static final String APPLY = "Standardize.apply";

  private final int features;
  private final BatchNorm norm;

  // Of the whole chunks so far.
  private long merged;
  private final double[] mergedMean;
  private final double[] mergedSquares;

  /** Room for a chunk, which begins with the rows behind them. */
  private final FloatMatrix waiting;

  private int waitingRows;

  // Of all rows, once they are asked for.
  private boolean settled;
  private final double[] mean;
  private final double[] variance;

  /**
   * Statistics of no rows yet.
   *
   * @param features the number of features
   * @param eps what keeps the divisor from 0, finite and at least 0
   * @throws IllegalArgumentException if the number is negative or 64 rows of so many features are
   *     beyond an array's length, or eps is none
   */
  public Standardize(int features, double eps) {
    Checks.notNegative(NAME, "features", features);
    Checks.finiteNotNegative(NAME, "eps", eps);
    this.features = features;
    waiting = FloatMatrix.of(new float[Checks.size(NAME, CHUNK, features)], CHUNK, features);
    mergedMean = new double[features];
    mergedSquares = new double[features];
    mean = new double[features];
    variance = new double[features];
    float[] ones = new float[features];
    Arrays.fill(ones, 1f);
    norm = new BatchNorm(FloatSpan.of(ones), FloatSpan.zeros(features), eps);
  }

  /**
   * The number of features.
   *
   * @return the number of features
   */
  public int features() {
    return features;
  }

  /**
   * The number of rows so far.
   *
   * @return the number of rows that were given to {@link #fit(FloatMatrix)}
   */
  public long samples() {
    return merged + waitingRows;
  }

  /**
   * Adds rows to the training set.
   *
   * @param x any number of rows with a feature in each column, any strides
   * @throws NullPointerException if X is null
   * @throws IllegalArgumentException if it has another number of features; nothing is added then
   */
  public void fit(FloatMatrix x) {
    SampleOperands.features(FIT, "X", x, "the number of features", features);
    add(x, null);
  }

  /**
   * As {@link #fit(FloatMatrix)}, with the same bits, on several threads: they share the features.
   *
   * @param x any number of rows with a feature in each column, any strides
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if X has another number of features; nothing is added then
   * @throws IllegalStateException if the workers are closed; nothing is added then
   */
  public void fit(FloatMatrix x, Workers workers) {
    SampleOperands.features(FIT, "X", x, "the number of features", features);
    Operands.open(FIT, workers);
    add(x, workers);
  }

  private void add(FloatMatrix x, Workers workers) {
    settled = false;
    int from = 0;
    if (waitingRows > 0) {
      from = Math.min(CHUNK - waitingRows, x.rows());
      keep(x, 0, from);
      if (waitingRows < CHUNK) {
        return;
      }
      merge(waiting, 0, CHUNK, workers);
      waitingRows = 0;
    }
    int end = x.rows() - (x.rows() - from) % CHUNK;
    if (from < end) {
      merge(x, from, end, workers);
    }
    keep(x, end, x.rows());
  }

  private void merge(FloatMatrix x, int from, int to, Workers workers) {
    ColumnNormCall.merge(x, from, to, merged, mergedMean, mergedSquares, workers);
    merged += to - from;
  }

  private void keep(FloatMatrix x, int from, int to) {
    for (int i = from; i < to; i++) {
      for (int j = 0; j < features; j++) {
        waiting.set(waitingRows, j, x.get(i, j));
      }
      waitingRows++;
    }
  }

  /**
   * The mean of a feature.
   *
   * @param feature the feature
   * @return the mean over all rows so far, 0 without rows
   * @throws IndexOutOfBoundsException if there is no such feature
   */
  public double mean(int feature) {
    Checks.index("feature", feature, features);
    settle();
    return mean[feature];
  }

  /**
   * The biased variance of a feature.
   *
   * @param feature the feature
   * @return the variance over all rows so far, 0 without rows
   * @throws IndexOutOfBoundsException if there is no such feature
   */
  public double variance(int feature) {
    Checks.index("feature", feature, features);
    settle();
    return variance[feature];
  }

  private synchronized void settle() {
    if (settled) {
      return;
    }
    System.arraycopy(mergedMean, 0, mean, 0, features);
    System.arraycopy(mergedSquares, 0, variance, 0, features);
    if (waitingRows > 0) {
      ColumnNormCall.merge(waiting, 0, waitingRows, merged, mean, variance, null);
    }
    if (samples() > 0) {
      ScalarColumns.divide(features, variance, samples());
    }
    settled = true;
  }

  /**
   * y = (x - mean) / sqrt(variance + eps), with the order and the error of {@link BatchNorm}'s
   * forward pass with gamma = 1 and beta = 0. In place (Y the very view of X) is allowed; any other
   * overlap is not. A feature that is constant in the training set has variance 0, and gives NaN
   * with eps = 0.
   *
   * @param x the input X, any number of rows, any strides
   * @param y the output Y
   * @throws NullPointerException if a matrix is null
   * @throws IllegalArgumentException if the shapes do not fit or Y overlaps X or itself; nothing is
   *     written then
   * @throws IllegalStateException if there is no training set yet
   */
  public void apply(FloatMatrix x, FloatMatrix y) {
    check(x, y);
    settle();
    BatchNormCall.inference(norm, x, mean, variance, y, null);
  }

  /**
   * As {@link #apply(FloatMatrix, FloatMatrix)}, with the same bits, on several threads: they share
   * the rows.
   *
   * @param x the input X, any number of rows, any strides
   * @param y the output Y
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit or Y overlaps X or itself; nothing is
   *     written then
   * @throws IllegalStateException if there is no training set yet or the workers are closed;
   *     nothing is written then
   */
  public void apply(FloatMatrix x, FloatMatrix y, Workers workers) {
    check(x, y);
    Operands.open(APPLY, workers);
    settle();
    BatchNormCall.inference(norm, x, mean, variance, y, workers);
  }

  private void check(FloatMatrix x, FloatMatrix y) {
    Operands.sameShape(APPLY, "X", x, "Y", y);
    SampleOperands.features(APPLY, "X", x, "the number of features", features);
    Operands.output(APPLY, "Y", y);
    Operands.inPlaceOrDisjoint(APPLY, "Y", y, "X", x);
    if (samples() == 0) {
      throw new IllegalStateException(APPLY + ": there is no training set yet; run fit first");
    }
  }
}
