package dev.lanewise.suite.engine;

import static dev.lanewise.suite.engine.Views.matrix;

import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.Labels;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.CrossEntropyEngine;
import dev.lanewise.testkit.operand.Operand;
import java.util.Set;

/** The adapter of {@link CrossEntropy}. */
public class LanewiseCrossEntropy implements CrossEntropyEngine {
  @Override
  public float loss(Operand logits, int[] labels) {
    return CrossEntropy.MEAN.loss(matrix(logits), Labels.of(labels));
  }

  @Override
  public float lossAndGradient(Operand logits, int[] labels, Operand gradient) {
    return CrossEntropy.MEAN.lossAndGradient(matrix(logits), Labels.of(labels), matrix(gradient));
  }

  @Override
  public float lossAndGradient(Operand logits, Operand targets, Operand gradient) {
    return CrossEntropy.MEAN.lossAndGradient(matrix(logits), matrix(targets), matrix(gradient));
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
