package dev.lanewise.suite.engine;

import dev.lanewise.testkit.law.BatchNormEngine;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.operand.Operand;
import java.util.Set;

/** Batch normalisation as one writes it first: feature by feature, in two passes, in float. */
public class PlainBatchNorm implements BatchNormEngine {
  private static float mean(Operand x, int j) {
    float sum = 0;
    for (int i = 0; i < x.rows(); i++) {
      sum += x.get(i, j);
    }
    return sum / x.rows();
  }

  private static float variance(Operand x, int j, float mean) {
    float sum = 0;
    for (int i = 0; i < x.rows(); i++) {
      float deviation = x.get(i, j) - mean;
      sum += deviation * deviation;
    }
    return sum / x.rows();
  }

  private static float inverseDeviation(float variance, float eps) {
    return 1 / (float) Math.sqrt(variance + eps);
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
    for (int j = 0; j < x.columns(); j++) {
      mean.set(0, j, mean(x, j));
      variance.set(0, j, variance(x, j, mean.get(0, j)));
    }
    inference(x, gamma, beta, mean, variance, eps, y);
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
    for (int j = 0; j < x.columns(); j++) {
      float inverse = inverseDeviation(variance.get(0, j), eps);
      for (int i = 0; i < x.rows(); i++) {
        float normalised = (x.get(i, j) - mean.get(0, j)) * inverse;
        y.set(i, j, gamma.get(0, j) * normalised + beta.get(0, j));
      }
    }
  }

  @Override
  public void backward(
      Operand x, Operand dy, Operand gamma, float eps, Operand dx, Operand dgamma, Operand dbeta) {
    int m = x.rows();
    for (int j = 0; j < x.columns(); j++) {
      float mean = mean(x, j);
      float inverse = inverseDeviation(variance(x, j, mean), eps);
      float sum = 0;
      float products = 0;
      for (int i = 0; i < m; i++) {
        sum += dy.get(i, j);
        products += dy.get(i, j) * (x.get(i, j) - mean) * inverse;
      }
      dbeta.set(0, j, sum);
      dgamma.set(0, j, products);
      for (int i = 0; i < m; i++) {
        float normalised = (x.get(i, j) - mean) * inverse;
        float gradient = dy.get(i, j) - sum / m - normalised * products / m;
        dx.set(i, j, gamma.get(0, j) * inverse * gradient);
      }
    }
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
