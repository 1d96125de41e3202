package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarBatchNorm;

/** Batch normalisation on operands that have been checked: what all layouts have in common. */
abstract class BatchNormCall extends Ranges {
  /** What is computed. */
  enum Kind {
    STATISTICS,
    FORWARD,
    INFERENCE,
    BACKWARD,
    CONSTANT_BACKWARD
  }

  Kind kind;
  BatchNorm norm;

  double[] mean;
  double[] variance;
  double[] sumD;
  double[] sumDt;
  float[] high;
  float[] scale;
  float[] shift;
  float[] slope;
  float[] offset;
  private long samples;
  private FloatSpan dgamma;
  private FloatSpan dbeta;

  /** The statistics of samples. */
  static void statistics(Samples x, BatchStatistics s, Workers workers) {
    s.computedFrom(0); // unless the pass succeeds
    run(Kind.STATISTICS, null, x, null, s.mean, s.variance, null, null, null, workers);
    s.computedFrom(SampleOperands.samples(x));
  }

  /** y from x by the statistics of x. */
  static void forward(BatchNorm norm, Samples x, BatchStatistics s, Samples y, Workers workers) {
    s.computedFrom(0);
    run(Kind.FORWARD, norm, x, null, s.mean, s.variance, y, null, null, workers);
    s.computedFrom(SampleOperands.samples(x));
  }

  /** y from x by given statistics. */
  static void inference(
      BatchNorm norm, Samples x, FloatSpan mean, FloatSpan variance, Samples y, Workers workers) {
    double[] means = widen(mean);
    double[] variances = widen(variance);
    inference(norm, x, means, variances, y, workers);
    Scratch.give(means);
    Scratch.give(variances);
  }

  static void inference(
      BatchNorm norm, Samples x, double[] mean, double[] variance, Samples y, Workers workers) {
    run(Kind.INFERENCE, norm, x, null, mean, variance, y, null, null, workers);
  }

  /** dx, dgamma and dbeta of {@link #forward}. */
  static void backward(
      BatchNorm norm,
      Samples x,
      Samples dy,
      BatchStatistics s,
      Samples dx,
      FloatSpan dgamma,
      FloatSpan dbeta,
      Workers workers) {
    run(Kind.BACKWARD, norm, x, dy, s.mean, s.variance, dx, dgamma, dbeta, workers);
  }

  /** dx, dgamma and dbeta of {@link #inference}. */
  static void inferenceBackward(
      BatchNorm norm,
      Samples x,
      Samples dy,
      FloatSpan mean,
      FloatSpan variance,
      Samples dx,
      FloatSpan dgamma,
      FloatSpan dbeta,
      Workers workers) {
    double[] means = widen(mean);
    double[] variances = widen(variance);
    run(Kind.CONSTANT_BACKWARD, norm, x, dy, means, variances, dx, dgamma, dbeta, workers);
    Scratch.give(means);
    Scratch.give(variances);
  }

  /** The elements as doubles, in work space. */
  private static double[] widen(FloatSpan span) {
    double[] wide = Scratch.doubles(span.length());
    for (int j = 0; j < span.length(); j++) {
      wide[j] = span.array()[span.offset() + j * span.stride()];
    }
    return wide;
  }

  private static void run(
      Kind kind,
      BatchNorm norm,
      Samples x,
      Samples dy,
      double[] mean,
      double[] variance,
      Samples out,
      FloatSpan dgamma,
      FloatSpan dbeta,
      Workers workers) {
    BatchNormCall call =
        switch (x) {
          case FloatMatrix matrix ->
              ColumnNormCall.take(matrix, (FloatMatrix) dy, (FloatMatrix) out);
          case FloatBatch batch -> ChannelsCall.take(batch, (FloatBatch) dy, (FloatBatch) out);
        };
    call.kind = kind;
    call.norm = norm;
    call.mean = mean;
    call.variance = variance;
    call.samples = SampleOperands.samples(x);
    call.dgamma = dgamma;
    call.dbeta = dbeta;
    call.takeWork(SampleOperands.features(x));
    try {
      call.compute(workers);
    } finally {
      call.giveWork();
      call.norm = null;
      call.mean = null;
      call.variance = null;
      call.dgamma = null;
      call.dbeta = null;
      call.give();
    }
  }

  final boolean isBackward() {
    return kind == Kind.BACKWARD || kind == Kind.CONSTANT_BACKWARD;
  }

  private void takeWork(int n) {
    if (kind == Kind.STATISTICS) {
      return;
    }
    high = Scratch.floats(n);
    scale = Scratch.floats(n);
    shift = Scratch.floats(n);
    if (isBackward()) {
      sumD = Scratch.doubles(n);
      sumDt = Scratch.doubles(n);
      slope = Scratch.floats(n);
      offset = Scratch.floats(n);
    }
  }

  private void giveWork() {
    if (kind == Kind.STATISTICS) {
      return;
    }
    Scratch.give(high);
    Scratch.give(scale);
    Scratch.give(shift);
    if (isBackward()) {
      Scratch.give(sumD);
      Scratch.give(sumDt);
      Scratch.give(slope);
      Scratch.give(offset);
    }
    high = null;
    scale = null;
    shift = null;
    sumD = null;
    sumDt = null;
    slope = null;
    offset = null;
  }

  /** Computes everything. */
  abstract void compute(Workers workers);

  /** Forgets the operands and goes back to its pool. */
  abstract void give();

  /** The coefficients of the forward pass of these features. */
  final void coefficients(int from, int to) {
    FloatSpan gamma = norm.gamma();
    FloatSpan beta = norm.beta();
    ScalarBatchNorm.coefficients(
        from,
        to,
        mean,
        variance,
        norm.eps(),
        gamma.array(),
        gamma.offset(),
        gamma.stride(),
        beta.array(),
        beta.offset(),
        beta.stride(),
        high,
        scale,
        shift);
  }

  /** The gradients by gamma and beta of these features, and what dx needs beside. */
  final void gradients(int from, int to) {
    FloatSpan gamma = norm.gamma();
    ScalarBatchNorm.gradients(
        samples,
        from,
        to,
        mean,
        variance,
        norm.eps(),
        gamma.array(),
        gamma.offset(),
        gamma.stride(),
        sumD,
        sumDt,
        high,
        slope,
        offset,
        dgamma.array(),
        dgamma.offset(),
        dgamma.stride(),
        dbeta.array(),
        dbeta.offset(),
        dbeta.stride());
  }
}
