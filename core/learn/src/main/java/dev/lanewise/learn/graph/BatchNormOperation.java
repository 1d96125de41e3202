package dev.lanewise.learn.graph;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.RunningAverage;
import dev.lanewise.learn.internal.Checks;

/** Batch norm of the columns, with a ReLU or without. */
final class BatchNormOperation extends Operation {
  private final RunningStatistics running;
  private final double eps;
  private final boolean rectified;

  BatchNormOperation(
      Node x, Node gamma, Node beta, RunningStatistics running, double eps, boolean rectified) {
    super(
        "batchNorm",
        x.shape(),
        x,
        Checks.notNull("batchNorm", "gamma", gamma),
        Checks.notNull("batchNorm", "beta", beta));
    this.running = Checks.notNull("batchNorm", "running statistics", running);
    this.eps = eps;
    this.rectified = rectified;
    requireRow("batchNorm", x, gamma);
    requireRow("batchNorm", x, beta);
    if (running.features() != x.shape().columns()) {
      throw mismatch(
          "batchNorm",
          "running statistics %s have %d features".formatted(running, running.features()),
          x);
    }
    Checks.finiteNotNegative("batchNorm", "eps", eps);
  }

  RunningStatistics running() {
    return running;
  }

  @Override
  Operation rectified() {
    return rectified
        ? null
        : new BatchNormOperation(
            inputs().get(0), inputs().get(1), inputs().get(2), running, eps, true);
  }

  @Override
  Kernel bind(Binding binding) {
    FloatMatrix x = binding.input(0);
    FloatMatrix y = binding.output();
    FloatMatrix d = binding.gradient();
    FloatMatrix dx = binding.wantedGradient(0);
    FloatSpan dgamma = d == null ? null : binding.wantedGradient(1).row(0);
    FloatSpan dbeta = d == null ? null : binding.wantedGradient(2).row(0);
    BatchNorm plain = new BatchNorm(binding.input(1).row(0), binding.input(2).row(0), eps);
    BatchNorm norm = rectified ? plain.relu() : plain;
    BatchStatistics statistics = binding.statistics(x.columns());
    FloatSpan mean = binding.runningMean(running);
    FloatSpan variance = binding.runningVariance(running);
    RunningAverage average = binding.average(running);
    Run run = binding.run();
    return new Kernel() {
      @Override
      public void forward() {
        if (run.mode() == Mode.TRAINING) {
          norm.forward(x, statistics, y, binding.workers());
        } else {
          norm.inference(x, mean, variance, y, binding.workers());
        }
      }

      @Override
      public void backward() {
        norm.backward(x, d, statistics, dx, dgamma, dbeta, binding.workers());
      }

      @Override
      public void keep() {
        statistics.updateRunning(mean, variance, average);
      }
    };
  }
}
