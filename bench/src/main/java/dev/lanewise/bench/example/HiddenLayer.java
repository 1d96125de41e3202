package dev.lanewise.bench.example;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.RunningAverage;

/** Dense without bias, batch norm, ReLU. */
final class HiddenLayer {
  private static final double EPS = 1e-5;

  final FloatMatrix w;
  final FloatMatrix output = FloatMatrix.zeros(DigitsExample.BATCH, DigitsExample.HIDDEN);
  private final FloatMatrix dw;
  private final BatchNorm norm;
  private final FloatSpan dgamma;
  private final FloatSpan dbeta;
  private final FloatMatrix z = FloatMatrix.zeros(DigitsExample.BATCH, DigitsExample.HIDDEN);
  private final BatchStatistics statistics = new BatchStatistics(DigitsExample.HIDDEN);
  private final FloatSpan runningMean = FloatSpan.zeros(DigitsExample.HIDDEN);
  private final FloatSpan runningVariance = FloatSpan.zeros(DigitsExample.HIDDEN);

  HiddenLayer(Parameters parameters, int inputs, long seed, int purpose) {
    w = parameters.matrix(inputs, DigitsExample.HIDDEN);
    FloatSpan gamma = parameters.span(DigitsExample.HIDDEN);
    FloatSpan beta = parameters.span(DigitsExample.HIDDEN);
    norm = new BatchNorm(gamma, beta, EPS).relu();
    dw = parameters.gradient(w);
    dgamma = parameters.gradient(gamma);
    dbeta = parameters.gradient(beta);
    Parameters.initialise(w, seed, purpose);
    for (int j = 0; j < DigitsExample.HIDDEN; j++) {
      gamma.set(j, 1);
      runningVariance.set(j, 1);
    }
  }

  static int size(int inputs) {
    return (inputs + 2) * DigitsExample.HIDDEN;
  }

  FloatMatrix forward(FloatMatrix x, boolean training) {
    FloatMatrix zs = z.rows(0, x.rows());
    FloatMatrix h = output.rows(0, x.rows());
    Gemm.gemm(1, x, w, 0, zs);
    if (training) {
      norm.forward(zs, statistics, h);
      statistics.updateRunning(runningMean, runningVariance, RunningAverage.PYTORCH);
    } else {
      norm.inference(zs, runningMean, runningVariance, h);
    }
    return h;
  }

  /** Takes dJ/d(output) in d and leaves dJ/dz there, and the gradients in their places. */
  void backward(FloatMatrix x, FloatMatrix d) {
    int m = x.rows();
    norm.backward(z.rows(0, m), d, statistics, d, dgamma, dbeta);
    Gemm.gemm(1, x.transpose(), d, 0, dw);
  }
}
