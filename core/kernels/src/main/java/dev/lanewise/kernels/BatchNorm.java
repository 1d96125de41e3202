package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;
import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarBatchNorm;

/**
 * Batch normalisation with a scale and a shift per feature, in training, for inference and
 * backward; with {@link #relu()} what follows it most often is fused with it.
 *
 * <p>It is built once and holds views of gamma and beta, whose elements are read anew by each
 * operation. It may be shared by any number of threads.
 *
 * <p><b>Shapes.</b> X, Y and their gradients are {@link Samples} of one shape, any strides: all of
 * them matrices, with the features in columns, or all batches, with channels first. Spans and
 * statistics have an element for each feature. Where an operation says in place, its output may be
 * the very view of that operand; any other overlap is refused.
 *
 * <p><b>Threads.</b> With workers, threads share channels where these come first. Of a matrix they
 * share the columns where a pass sums, 32 at a time, and else the rows, 16 at a time.
 *
 * <p><b>Order.</b> With high the mean rounded to a float, low = mean - high, and scale = gamma /
 * sqrt(variance + eps): y = fma(x - high, scale, shift), shift = beta - low·scale. Sums down the
 * columns of a matrix go as {@link Reduce#columns}, with channels first as {@link Reduction} says
 * of a row, blocks added in double from the first to the last. Coefficients are computed in double
 * and each is rounded once.
 *
 * <p><b>Source.</b> S. Ioffe and C. Szegedy, Batch normalization: accelerating deep network
 * training by reducing internal covariate shift, 2015.
 */
public final class BatchNorm {
  private static final String NAME = "BatchNorm";
  private static final String FORWARD = "BatchNorm.forward";
  private static final String INFERENCE = "BatchNorm.inference";
  private static final String BACKWARD = "BatchNorm.backward";
  private static final String INFERENCE_BACKWARD = "BatchNorm.inferenceBackward";
  private static final String FOLD = "BatchNorm.fold";

  private final FloatSpan gamma;
  private final FloatSpan beta;
  private final double eps;
  private final boolean rectified;

  /**
   * Normalisation by these parameters.
   *
   * @param gamma the scale of each feature
   * @param beta the shift of each feature
   * @param eps what keeps the divisor from 0, finite and at least 0; PyTorch has 1e-5, Keras 1e-3
   * @throws NullPointerException if a span is null
   * @throws IllegalArgumentException if the lengths differ or eps is none
   */
  public BatchNorm(FloatSpan gamma, FloatSpan beta, double eps) {
    this(gamma, beta, eps, false);
  }

  private BatchNorm(FloatSpan gamma, FloatSpan beta, double eps, boolean rectified) {
    Operands.sameLength(NAME, "gamma", gamma, "beta", beta);
    Checks.finiteNotNegative(NAME, "eps", eps);
    this.gamma = gamma;
    this.beta = beta;
    this.eps = eps;
    this.rectified = rectified;
  }

  /**
   * The same followed by {@link Activation#RELU}: y &lt; 0 ? 0 : y forward, and backward the
   * gradients of both, with the bits of the two operations one after the other. The backward pass
   * computes the sign of y anew from X and needs no Y.
   *
   * @return batch normalisation and ReLU in one pass
   */
  public BatchNorm relu() {
    return new BatchNorm(gamma, beta, eps, true);
  }

  /**
   * The number of features.
   *
   * @return the length of gamma and beta
   */
  public int features() {
    return gamma.length();
  }

  FloatSpan gamma() {
    return gamma;
  }

  FloatSpan beta() {
    return beta;
  }

  double eps() {
    return eps;
  }

  boolean isRectified() {
    return rectified;
  }

  /**
   * y = gamma·(x - mean) / sqrt(variance + eps) + beta with the batch's own mean and biased
   * variance, which {@link BatchStatistics} describes. At least one sample; in place (Y as X).
   *
   * <p><b>Special values.</b> A constant feature gives beta, as a single sample does and a feature
   * whose variance overflows to infinity; {@link BatchStatistics} says when. Where scale overflows,
   * as that of a constant feature does with eps = 0 or, for gamma = 1, below 8·10^-78, the result
   * is NaN. A feature with NaN or an infinity gives NaN throughout.
   *
   * <p><b>Error.</b> u·(3·|scale·(x - mean)| + 2·|beta|) + 4·u²·|scale·mean| + 2^-148, u = 2^-24,
   * beside what the statistics cause: |gamma|·(meanError/σ + |zhat|·varianceError/(2·σ²)), σ² =
   * variance + eps; all this where scale does not underflow.
   *
   * @param x the input X
   * @param statistics receives mean and variance
   * @param y the output Y
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit, X has no samples, or Y overlaps an
   *     operand or itself; nothing is written then
   */
  public void forward(Samples x, BatchStatistics statistics, Samples y) {
    checkForward(x, statistics, y);
    BatchNormCall.forward(this, x, statistics, y, null);
  }

  /**
   * As {@link #forward(Samples, BatchStatistics, Samples)}, with the same bits, on several threads.
   *
   * @param x the input X
   * @param statistics receives mean and variance
   * @param y the output Y
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit, X has no samples, or Y overlaps an
   *     operand or itself; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public void forward(Samples x, BatchStatistics statistics, Samples y, Workers workers) {
    checkForward(x, statistics, y);
    Operands.open(FORWARD, workers);
    BatchNormCall.forward(this, x, statistics, y, workers);
  }

  private void checkForward(Samples x, BatchStatistics statistics, Samples y) {
    SampleOperands.normalisation(FORWARD, x, y, gamma, beta);
    Checks.notNull(FORWARD, "statistics", statistics);
    statistics.requireFit(FORWARD, x);
  }

  /**
   * y = gamma·(x - mean) / sqrt(variance + eps) + beta with given statistics, such as the running
   * ones, or frozen ones in training. In place (Y as X); X may have no samples, and each depends on
   * itself alone.
   *
   * <p><b>Special values.</b> A feature whose mean or whose scale is not finite gives NaN
   * throughout: where variance + eps is NaN, negative or 0, that is, or gamma / sqrt(variance +
   * eps) overflows. An infinite variance gives beta where x - mean is finite.
   *
   * <p><b>Error.</b> u·(3·|scale·(x - mean)| + |beta|) + 2^-148, u = 2^-24, where scale does not
   * underflow.
   *
   * @param x the input X
   * @param mean the mean of each feature
   * @param variance the variance of each feature
   * @param y the output Y
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit or Y overlaps an operand or itself;
   *     nothing is written then
   */
  public void inference(Samples x, FloatSpan mean, FloatSpan variance, Samples y) {
    checkInference(x, mean, variance, y);
    BatchNormCall.inference(this, x, mean, variance, y, null);
  }

  /**
   * As {@link #inference(Samples, FloatSpan, FloatSpan, Samples)}, with the same bits, on several
   * threads.
   *
   * @param x the input X
   * @param mean the mean of each feature
   * @param variance the variance of each feature
   * @param y the output Y
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit or Y overlaps an operand or itself;
   *     nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public void inference(Samples x, FloatSpan mean, FloatSpan variance, Samples y, Workers workers) {
    checkInference(x, mean, variance, y);
    Operands.open(INFERENCE, workers);
    BatchNormCall.inference(this, x, mean, variance, y, workers);
  }

  private void checkInference(Samples x, FloatSpan mean, FloatSpan variance, Samples y) {
    SampleOperands.normalisation(INFERENCE, x, y, gamma, beta);
    SampleOperands.perFeature(INFERENCE, "X", x, "mean", mean);
    SampleOperands.perFeature(INFERENCE, "X", x, "variance", variance);
    SampleOperands.disjoint(INFERENCE, "Y", y, "mean", mean);
    SampleOperands.disjoint(INFERENCE, "Y", y, "variance", variance);
  }

  /**
   * The backward pass of {@link #forward(Samples, BatchStatistics, Samples) forward}: with zhat =
   * (x - mean) / sqrt(variance + eps), d = dY and m samples, dbeta = Σ d, dgamma = Σ d·zhat, dx =
   * gamma / sqrt(variance + eps)·(d - dbeta/m - zhat·dgamma/m). In place (dX as dY or as X). With
   * ReLU d is 0 where y ≤ 0.
   *
   * <p><b>Order.</b> dx = fma(d, scale, fma(x - high, slope, offset)) with slope = -scale·dgamma /
   * (m·sqrt(variance + eps)) and offset = -scale·dbeta/m - low·slope; Σ d·zhat from sums of d·(x -
   * high), and low·Σ d in double.
   *
   * <p><b>Special values.</b> A feature whose variance is NaN gives dx and dgamma NaN, as one does
   * whose d has NaN or an infinity; else as IEEE 754 gives along the order.
   *
   * <p><b>Error.</b> Of a matrix, where no coefficient underflows, and for exact statistics, with u
   * = 2^-24 and ζ = |zhat| + 2·u·|mean| / sqrt(variance + eps): dbeta within 20·u·Σ|d| + u·|dbeta|,
   * dgamma within 23·u·Σ|d|·ζ and dx within |scale|·u·(2·|d| + 23·Σ|d|/m + 26·ζ·Σ|d|·ζ/m) + 2^-148.
   * With channels first 70 stands for 20, 73 for 23 and 76 for 26.
   *
   * @param x the input of the forward pass
   * @param dy the loss's gradient by the output
   * @param statistics as the forward pass left them
   * @param dx the loss's gradient by the input
   * @param dgamma the loss's gradient by gamma
   * @param dbeta the loss's gradient by beta
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit, the statistics are of another number
   *     of samples, or an output overlaps an operand or itself; nothing is written then
   * @throws IllegalStateException if the statistics hold no batch
   */
  public void backward(
      Samples x,
      Samples dy,
      BatchStatistics statistics,
      Samples dx,
      FloatSpan dgamma,
      FloatSpan dbeta) {
    checkBackward(x, dy, statistics, dx, dgamma, dbeta);
    BatchNormCall.backward(this, x, dy, statistics, dx, dgamma, dbeta, null);
  }

  /**
   * As {@link #backward(Samples, Samples, BatchStatistics, Samples, FloatSpan, FloatSpan)}, with
   * the same bits, on several threads.
   *
   * @param x the input of the forward pass
   * @param dy the loss's gradient by the output
   * @param statistics as the forward pass left them
   * @param dx the loss's gradient by the input
   * @param dgamma the loss's gradient by gamma
   * @param dbeta the loss's gradient by beta
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit, the statistics are of another number
   *     of samples, or an output overlaps an operand or itself; nothing is written then
   * @throws IllegalStateException if the statistics hold no batch or the workers are closed;
   *     nothing is written then
   */
  public void backward(
      Samples x,
      Samples dy,
      BatchStatistics statistics,
      Samples dx,
      FloatSpan dgamma,
      FloatSpan dbeta,
      Workers workers) {
    checkBackward(x, dy, statistics, dx, dgamma, dbeta);
    Operands.open(BACKWARD, workers);
    BatchNormCall.backward(this, x, dy, statistics, dx, dgamma, dbeta, workers);
  }

  private void checkBackward(
      Samples x,
      Samples dy,
      BatchStatistics statistics,
      Samples dx,
      FloatSpan dgamma,
      FloatSpan dbeta) {
    SampleOperands.gradients(BACKWARD, x, dy, dx, gamma, beta, dgamma, dbeta);
    Checks.notNull(BACKWARD, "statistics", statistics);
    statistics.requireBatchOf(BACKWARD, x);
  }

  /**
   * The backward pass of {@link #inference(Samples, FloatSpan, FloatSpan, Samples) inference},
   * where the statistics are constants: dbeta = Σ d, dgamma = Σ d·zhat, dx = d·scale. In place (dX
   * as dY or as X). With ReLU d is 0 where y ≤ 0.
   *
   * <p><b>Special values.</b> Of finite X and dY: a mean that is not finite makes dgamma NaN; where
   * variance + eps is NaN or negative, dgamma and dx are NaN; an infinite variance makes both 0. If
   * variance + eps is 0, both are as IEEE 754 gives with an infinite scale. With ReLU d passes
   * where y is NaN.
   *
   * <p><b>Error.</b> dx within 2·u·|scale·d| + 2^-149, where scale does not underflow; dgamma and
   * dbeta as those of backward.
   *
   * @param x the input of the forward pass
   * @param dy the loss's gradient by the output
   * @param mean the mean of each feature
   * @param variance the variance of each feature
   * @param dx the loss's gradient by the input
   * @param dgamma the loss's gradient by gamma
   * @param dbeta the loss's gradient by beta
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit or an output overlaps an operand or
   *     itself; nothing is written then
   */
  public void inferenceBackward(
      Samples x,
      Samples dy,
      FloatSpan mean,
      FloatSpan variance,
      Samples dx,
      FloatSpan dgamma,
      FloatSpan dbeta) {
    checkInferenceBackward(x, dy, mean, variance, dx, dgamma, dbeta);
    BatchNormCall.inferenceBackward(this, x, dy, mean, variance, dx, dgamma, dbeta, null);
  }

  /**
   * As {@link #inferenceBackward(Samples, Samples, FloatSpan, FloatSpan, Samples, FloatSpan,
   * FloatSpan)}, with the same bits, on several threads.
   *
   * @param x the input of the forward pass
   * @param dy the loss's gradient by the output
   * @param mean the mean of each feature
   * @param variance the variance of each feature
   * @param dx the loss's gradient by the input
   * @param dgamma the loss's gradient by gamma
   * @param dbeta the loss's gradient by beta
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit or an output overlaps an operand or
   *     itself; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public void inferenceBackward(
      Samples x,
      Samples dy,
      FloatSpan mean,
      FloatSpan variance,
      Samples dx,
      FloatSpan dgamma,
      FloatSpan dbeta,
      Workers workers) {
    checkInferenceBackward(x, dy, mean, variance, dx, dgamma, dbeta);
    Operands.open(INFERENCE_BACKWARD, workers);
    BatchNormCall.inferenceBackward(this, x, dy, mean, variance, dx, dgamma, dbeta, workers);
  }

  private void checkInferenceBackward(
      Samples x,
      Samples dy,
      FloatSpan mean,
      FloatSpan variance,
      Samples dx,
      FloatSpan dgamma,
      FloatSpan dbeta) {
    String op = INFERENCE_BACKWARD;
    SampleOperands.gradients(op, x, dy, dx, gamma, beta, dgamma, dbeta);
    SampleOperands.perFeature(op, "X", x, "mean", mean);
    SampleOperands.perFeature(op, "X", x, "variance", variance);
    SampleOperands.disjoint(op, "dX", dx, "mean", mean);
    SampleOperands.disjoint(op, "dX", dx, "variance", variance);
    Operands.disjoint(op, "dgamma", dgamma, "mean", mean);
    Operands.disjoint(op, "dgamma", dgamma, "variance", variance);
    Operands.disjoint(op, "dbeta", dbeta, "mean", mean);
    Operands.disjoint(op, "dbeta", dbeta, "variance", variance);
  }

  /**
   * Folds inference into the dense layer before it: with scale = gamma / sqrt(variance + eps), w_ij
   * ← w_ij·scale_j and b_j ← (b_j - mean_j)·scale_j + beta_j, after which X·W + b is what inference
   * makes of X·W + b before. Gamma, beta and the statistics are no longer needed then. ReLU is no
   * part of what is folded.
   *
   * <p>W and bias are replaced. A layer without bias has one of zeros.
   *
   * <p><b>Special values.</b> As IEEE 754 gives along the formulas: a variance + eps that is NaN or
   * negative makes a column of W and its bias NaN, an infinite one makes the column 0 and the bias
   * beta where the rest is finite.
   *
   * <p><b>Error.</b> In double and rounded once: W within 0.51 ulps, bias within 0.51 ulps +
   * 2^-50·(|b·scale| + |mean·scale| + |beta|).
   *
   * @param w the weights, a row for each input and a column for each feature, any strides
   * @param bias the bias of each feature
   * @param mean the mean of each feature
   * @param variance the variance of each feature
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit, or W or bias overlap an operand or
   *     themselves; nothing is written then
   */
  public void fold(FloatMatrix w, FloatSpan bias, FloatSpan mean, FloatSpan variance) {
    SampleOperands.folding(FOLD, w, bias, gamma, beta, mean, variance);
    int n = features();
    double[] scale = Scratch.doubles(n);
    for (int j = 0; j < n; j++) {
      scale[j] = gamma.get(j) / Math.sqrt(variance.get(j) + eps);
      bias.set(j, (float) ((bias.get(j) - (double) mean.get(j)) * scale[j] + beta.get(j)));
    }
    ScalarBatchNorm.scaleColumns(
        w.rows(), n, w.array(), w.offset(), w.rowStride(), w.columnStride(), scale);
    Scratch.give(scale);
  }

  /**
   * The parameters in one line, for messages.
   *
   * @return for example {@code batch norm of 64 features, eps 1.0E-5, relu}
   */
  @Override
  public String toString() {
    return "batch norm of " + features() + " features, eps " + eps + (rectified ? ", relu" : "");
  }
}
