package dev.lanewise.suite.engine;

import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.OptimizerEngine;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.oracle.OptimizerOracle;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Optimizers as they are first written: one loop over dense arrays in {@code float}. */
public final class PlainOptimizer implements OptimizerEngine {
  private static final float RATE = 0.01f;
  private static final float BETA = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPS = 1e-8f;
  private static final float DECAY = 0.01f;

  /** A step over dense arrays. */
  @FunctionalInterface
  private interface Step {
    void run(long t, float[] p, float[] g, float[][] states);
  }

  /** The rules. */
  public static final List<PlainOptimizer> ALL =
      List.of(
          new PlainOptimizer(
              OptimizerOracle.gradientDescent(RATE), PlainOptimizer::gradientDescent),
          new PlainOptimizer(OptimizerOracle.momentum(RATE, BETA), PlainOptimizer::momentum),
          new PlainOptimizer(
              OptimizerOracle.momentumAveraged(RATE, BETA), PlainOptimizer::momentumAveraged),
          new PlainOptimizer(OptimizerOracle.nesterov(RATE, BETA), PlainOptimizer::nesterov),
          new PlainOptimizer(OptimizerOracle.rmsProp(RATE, BETA, EPS), PlainOptimizer::rmsProp),
          new PlainOptimizer(
              OptimizerOracle.adam(RATE, BETA, BETA2, EPS),
              (t, p, g, states) -> adam(t, 0, p, g, states[0], states[1])),
          new PlainOptimizer(
              OptimizerOracle.adamW(RATE, BETA, BETA2, EPS, DECAY),
              (t, p, g, states) -> adam(t, DECAY, p, g, states[0], states[1])));

  private final OptimizerOracle rule;
  private final Step step;

  private PlainOptimizer(OptimizerOracle rule, Step step) {
    this.rule = rule;
    this.step = step;
  }

  private static void gradientDescent(long t, float[] p, float[] g, float[][] states) {
    for (int i = 0; i < p.length; i++) {
      p[i] -= RATE * g[i];
    }
  }

  private static void momentum(long t, float[] p, float[] g, float[][] states) {
    float[] v = states[0];
    for (int i = 0; i < p.length; i++) {
      v[i] = BETA * v[i] + g[i];
      p[i] -= RATE * v[i];
    }
  }

  private static void momentumAveraged(long t, float[] p, float[] g, float[][] states) {
    float[] v = states[0];
    for (int i = 0; i < p.length; i++) {
      v[i] += (1 - BETA) * (g[i] - v[i]);
      p[i] -= RATE * v[i];
    }
  }

  private static void nesterov(long t, float[] p, float[] g, float[][] states) {
    float[] v = states[0];
    for (int i = 0; i < p.length; i++) {
      v[i] = BETA * v[i] + g[i];
      p[i] -= RATE * (g[i] + BETA * v[i]);
    }
  }

  private static void rmsProp(long t, float[] p, float[] g, float[][] states) {
    float[] s = states[0];
    for (int i = 0; i < p.length; i++) {
      s[i] = BETA * s[i] + (1 - BETA) * g[i] * g[i];
      p[i] -= RATE * g[i] / ((float) Math.sqrt(s[i]) + EPS);
    }
  }

  private static void adam(long t, float decay, float[] p, float[] g, float[] m, float[] v) {
    float correction1 = (float) (1 - Math.pow(BETA, t));
    float correction2 = (float) (1 - Math.pow(BETA2, t));
    for (int i = 0; i < p.length; i++) {
      m[i] = BETA * m[i] + (1 - BETA) * g[i];
      v[i] = BETA2 * v[i] + (1 - BETA2) * g[i] * g[i];
      float mhat = m[i] / correction1;
      float vhat = v[i] / correction2;
      p[i] *= 1 - RATE * decay;
      p[i] -= RATE * mhat / ((float) Math.sqrt(vhat) + EPS);
    }
  }

  @Override
  public OptimizerOracle rule() {
    return rule;
  }

  @Override
  public void step(long t, Operand parameters, Operand gradient, Operand[] states) {
    float[] p = parameters.toArray();
    float[][] dense = Arrays.stream(states).map(Operand::toArray).toArray(float[][]::new);
    step.run(t, p, gradient.toArray(), dense);
    parameters.assign(p);
    for (int k = 0; k < states.length; k++) {
      states[k].assign(dense[k]);
    }
  }

  @Override
  public Set<Capability> capabilities() {
    return Capability.everyLayoutAnd(Capability.EMPTY, Capability.NON_FINITE);
  }

  @Override
  public String toString() {
    return rule.toString();
  }
}
