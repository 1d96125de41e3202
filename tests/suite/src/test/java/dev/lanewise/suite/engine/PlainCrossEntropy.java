package dev.lanewise.suite.engine;

import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.CrossEntropyEngine;
import dev.lanewise.testkit.operand.Operand;
import java.util.Set;

/** Cross-entropy as it is first written: loops over the elements in {@code float}. */
public class PlainCrossEntropy implements CrossEntropyEngine {
  @Override
  public float loss(Operand logits, int[] labels) {
    float loss = 0;
    for (int i = 0; i < logits.rows(); i++) {
      float max = PlainSoftmax.max(logits, i);
      float log = (float) Math.log(PlainSoftmax.sum(logits, i, max));
      loss += log - (logits.get(i, labels[i]) - max);
    }
    return loss / logits.rows();
  }

  @Override
  public float lossAndGradient(Operand logits, int[] labels, Operand gradient) {
    int m = logits.rows();
    float loss = 0;
    for (int i = 0; i < m; i++) {
      float max = PlainSoftmax.max(logits, i);
      float sum = PlainSoftmax.sum(logits, i, max);
      loss += (float) Math.log(sum) - (logits.get(i, labels[i]) - max);
      for (int j = 0; j < logits.columns(); j++) {
        float a = (float) Math.exp(logits.get(i, j) - max) / sum;
        gradient.set(i, j, (a - (j == labels[i] ? 1 : 0)) / m);
      }
    }
    return loss / m;
  }

  @Override
  public float lossAndGradient(Operand logits, Operand targets, Operand gradient) {
    int m = logits.rows();
    float loss = 0;
    for (int i = 0; i < m; i++) {
      float max = PlainSoftmax.max(logits, i);
      float sum = PlainSoftmax.sum(logits, i, max);
      float log = (float) Math.log(sum);
      for (int j = 0; j < logits.columns(); j++) {
        float y = targets.get(i, j);
        if (y > 0) {
          loss -= y * (logits.get(i, j) - max - log);
        }
        gradient.set(i, j, ((float) Math.exp(logits.get(i, j) - max) / sum - y) / m);
      }
    }
    return loss / m;
  }

  @Override
  public Set<Capability> capabilities() {
    return Capability.everyLayoutAnd(
        Capability.IN_PLACE,
        Capability.NON_FINITE,
        Capability.MASKS,
        Capability.SUBNORMALS,
        Capability.ILL_CONDITIONED,
        Capability.DISTRIBUTIONS,
        Capability.BACKWARD);
  }
}
