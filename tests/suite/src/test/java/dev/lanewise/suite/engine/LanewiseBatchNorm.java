package dev.lanewise.suite.engine;

import static dev.lanewise.suite.engine.Views.matrix;
import static dev.lanewise.suite.engine.Views.span;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.Samples;
import dev.lanewise.testkit.law.BatchNormEngine;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.operand.Operand;
import java.util.Set;

/** The adapter of {@link BatchNorm} of matrices. */
public class LanewiseBatchNorm implements BatchNormEngine {
  /** The operand as what is normalised. */
  Samples samples(Operand x) {
    return matrix(x);
  }

  @Override
  public void forward(
      Operand x,
      Operand gamma,
      Operand beta,
      float eps,
      Operand y,
      Operand mean,
      Operand variance) {
    BatchStatistics statistics = new BatchStatistics(x.columns());
    new BatchNorm(span(gamma), span(beta), eps).forward(samples(x), statistics, samples(y));
    for (int j = 0; j < x.columns(); j++) {
      mean.set(0, j, (float) statistics.mean(j));
      variance.set(0, j, (float) statistics.variance(j));
    }
  }

  @Override
  public void inference(
      Operand x,
      Operand gamma,
      Operand beta,
      Operand mean,
      Operand variance,
      float eps,
      Operand y) {
    new BatchNorm(span(gamma), span(beta), eps)
        .inference(samples(x), span(mean), span(variance), samples(y));
  }

  @Override
  public void backward(
      Operand x, Operand dy, Operand gamma, float eps, Operand dx, Operand dgamma, Operand dbeta) {
    BatchStatistics statistics = new BatchStatistics(x.columns());
    statistics.compute(samples(x));
    new BatchNorm(span(gamma), span(gamma), eps)
        .backward(samples(x), samples(dy), statistics, samples(dx), span(dgamma), span(dbeta));
  }

  @Override
  public Set<Capability> capabilities() {
    return Capability.everyLayoutAnd(
        Capability.EMPTY,
        Capability.IN_PLACE,
        Capability.NON_FINITE,
        Capability.ILL_CONDITIONED,
        Capability.BACKWARD,
        Capability.INFERENCE);
  }
}
