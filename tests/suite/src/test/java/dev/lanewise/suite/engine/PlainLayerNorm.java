package dev.lanewise.suite.engine;

import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.LayerNormEngine;
import dev.lanewise.testkit.operand.Operand;
import java.util.Set;

/** Layer normalisation as one writes it first: row by row, in two passes, in float. */
public class PlainLayerNorm implements LayerNormEngine {
  private static float mean(Operand x, int i) {
    float sum = 0;
    for (int j = 0; j < x.columns(); j++) {
      sum += x.get(i, j);
    }
    return sum / x.columns();
  }

  private static float inverseDeviation(Operand x, int i, float mean, float eps) {
    float sum = 0;
    for (int j = 0; j < x.columns(); j++) {
      float deviation = x.get(i, j) - mean;
      sum += deviation * deviation;
    }
    return 1 / (float) Math.sqrt(sum / x.columns() + eps);
  }

  @Override
  public void forward(Operand x, Operand gamma, Operand beta, float eps, Operand y) {
    for (int i = 0; i < x.rows(); i++) {
      float mean = mean(x, i);
      float inverse = inverseDeviation(x, i, mean, eps);
      for (int j = 0; j < x.columns(); j++) {
        float normalised = (x.get(i, j) - mean) * inverse;
        y.set(i, j, gamma.get(0, j) * normalised + beta.get(0, j));
      }
    }
  }

  @Override
  public void backward(
      Operand x, Operand dy, Operand gamma, float eps, Operand dx, Operand dgamma, Operand dbeta) {
    int n = x.columns();
    for (int j = 0; j < n; j++) {
      dgamma.set(0, j, 0);
      dbeta.set(0, j, 0);
    }
    for (int i = 0; i < x.rows(); i++) {
      float mean = mean(x, i);
      float inverse = inverseDeviation(x, i, mean, eps);
      float sum = 0;
      float products = 0;
      for (int j = 0; j < n; j++) {
        float normalised = (x.get(i, j) - mean) * inverse;
        dgamma.set(0, j, dgamma.get(0, j) + dy.get(i, j) * normalised);
        dbeta.set(0, j, dbeta.get(0, j) + dy.get(i, j));
        sum += gamma.get(0, j) * dy.get(i, j);
        products += gamma.get(0, j) * dy.get(i, j) * normalised;
      }
      for (int j = 0; j < n; j++) {
        float normalised = (x.get(i, j) - mean) * inverse;
        float gradient = gamma.get(0, j) * dy.get(i, j) - sum / n - normalised * products / n;
        dx.set(i, j, inverse * gradient);
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
        Capability.BACKWARD);
  }
}
