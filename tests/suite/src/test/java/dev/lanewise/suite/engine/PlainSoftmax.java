package dev.lanewise.suite.engine;

import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.SoftmaxEngine;
import dev.lanewise.testkit.operand.Operand;
import java.util.Set;

/** Softmax as it is first written: loops over the elements in {@code float}. */
public class PlainSoftmax implements SoftmaxEngine {
  @Override
  public void softmax(Operand x, Operand y) {
    for (int i = 0; i < x.rows(); i++) {
      float max = max(x, i);
      float sum = 0;
      for (int j = 0; j < x.columns(); j++) {
        float e = (float) Math.exp(x.get(i, j) - max);
        y.set(i, j, e);
        sum += e;
      }
      for (int j = 0; j < x.columns(); j++) {
        y.set(i, j, y.get(i, j) / sum);
      }
    }
  }

  @Override
  public void logSoftmax(Operand x, Operand y) {
    for (int i = 0; i < x.rows(); i++) {
      float max = max(x, i);
      float log = (float) Math.log(sum(x, i, max));
      for (int j = 0; j < x.columns(); j++) {
        y.set(i, j, x.get(i, j) - max - log);
      }
    }
  }

  @Override
  public void backward(Operand y, Operand dy, Operand dx) {
    for (int i = 0; i < y.rows(); i++) {
      float dot = 0;
      for (int j = 0; j < y.columns(); j++) {
        dot += dy.get(i, j) * y.get(i, j);
      }
      for (int j = 0; j < y.columns(); j++) {
        dx.set(i, j, y.get(i, j) * (dy.get(i, j) - dot));
      }
    }
  }

  /** The largest element of a row; NaN if one is NaN. */
  static float max(Operand x, int row) {
    float max = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < x.columns(); j++) {
      max = Math.max(max, x.get(row, j));
    }
    return max;
  }

  /** Σ exp(x - max) of a row. */
  static float sum(Operand x, int row, float max) {
    float sum = 0;
    for (int j = 0; j < x.columns(); j++) {
      sum += (float) Math.exp(x.get(row, j) - max);
    }
    return sum;
  }

  @Override
  public Set<Capability> capabilities() {
    return Capability.everyLayoutAnd(
        Capability.EMPTY,
        Capability.IN_PLACE,
        Capability.NON_FINITE,
        Capability.MASKS,
        Capability.SUBNORMALS,
        Capability.ILL_CONDITIONED,
        Capability.LOGARITHM,
        Capability.BACKWARD);
  }
}
