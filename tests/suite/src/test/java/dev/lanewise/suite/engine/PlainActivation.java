package dev.lanewise.suite.engine;

import dev.lanewise.testkit.law.ActivationEngine;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.oracle.ActivationOracle;
import java.util.List;
import java.util.Set;

/** Activations as they are first written: the textbook's formulas in {@code float}. */
public final class PlainActivation implements ActivationEngine {
  /** A function, or its derivative. */
  @FunctionalInterface
  private interface Curve {
    float at(float x);
  }

  private static final float LEAK = 0.01f;
  private static final float SQRT_HALF = 0.70710678f;
  private static final float SQRT_2_OVER_PI = 0.79788456f;
  private static final float CUBIC = 0.044715f;

  /** The functions. */
  public static final List<PlainActivation> ALL =
      List.of(
          new PlainActivation(ActivationOracle.RELU, 0, 0, x -> x < 0 ? 0 : x, x -> x <= 0 ? 0 : 1),
          new PlainActivation(
              ActivationOracle.leakyRelu(LEAK),
              0.5,
              0,
              x -> x < 0 ? LEAK * x : x,
              x -> x <= 0 ? LEAK : 1),
          new PlainActivation(
              ActivationOracle.SIGMOID,
              4,
              0,
              PlainActivation::sigmoid,
              x -> sigmoid(x) * (1 - sigmoid(x))),
          new PlainActivation(
              ActivationOracle.TANH,
              1,
              0,
              x -> (float) Math.tanh(x),
              x -> 1 - (float) Math.tanh(x) * (float) Math.tanh(x)),
          new PlainActivation(
              ActivationOracle.GELU,
              4,
              1e-6,
              x -> x * normal(x),
              x -> normal(x) + x * 0.5f * SQRT_2_OVER_PI * (float) Math.exp(-0.5f * x * x)),
          new PlainActivation(
              ActivationOracle.GELU_TANH,
              4,
              1e-6,
              x -> 0.5f * x * (1 + inner(x)),
              PlainActivation::geluTanhSlope),
          // exp(-x) overflows at -88.7, where the result is still a normal number.
          new PlainActivation(
              ActivationOracle.SILU,
              4,
              1e-36,
              x -> x * sigmoid(x),
              x -> sigmoid(x) * (1 + x * (1 - sigmoid(x)))),
          new PlainActivation(
              ActivationOracle.SOFTPLUS,
              4,
              0,
              x -> Math.max(x, 0) + (float) Math.log1p(Math.exp(-Math.abs(x))),
              PlainActivation::sigmoid),
          new PlainActivation(
              ActivationOracle.EXP, 1, 0, x -> (float) Math.exp(x), x -> (float) Math.exp(x)));

  private final ActivationOracle function;
  private final double ulps;
  private final double absolute;
  private final Curve value;
  private final Curve derivative;

  private PlainActivation(
      ActivationOracle function, double ulps, double absolute, Curve value, Curve derivative) {
    this.function = function;
    this.ulps = ulps;
    this.absolute = absolute;
    this.value = value;
    this.derivative = derivative;
  }

  private static float sigmoid(float x) {
    return 1 / (1 + (float) Math.exp(-x));
  }

  /** (1 + erf(x/√2)) / 2, erf within 1.5e-7 by Abramowitz and Stegun, 7.1.26. */
  private static float normal(float x) {
    float z = Math.abs(x) * SQRT_HALF;
    float t = 1 / (1 + 0.3275911f * z);
    float p = 1.061405429f * t - 1.453152027f;
    p = p * t + 1.421413741f;
    p = p * t - 0.284496736f;
    p = p * t + 0.254829592f;
    float erf = 1 - p * t * (float) Math.exp(-z * z);
    return 0.5f * (1 + (x < 0 ? -erf : erf));
  }

  private static float inner(float x) {
    return (float) Math.tanh(SQRT_2_OVER_PI * (x + CUBIC * x * x * x));
  }

  private static float geluTanhSlope(float x) {
    float t = inner(x);
    if (Math.abs(t) == 1) {
      return x < 0 ? 0 : 1; // the other factors may overflow
    }
    float slope = SQRT_2_OVER_PI * (1 + 3 * CUBIC * x * x);
    return 0.5f * (1 + t) + 0.5f * x * (1 - t * t) * slope;
  }

  @Override
  public ActivationOracle function() {
    return function;
  }

  @Override
  public double ulps() {
    return ulps;
  }

  @Override
  public double absolute() {
    return absolute;
  }

  @Override
  public void forward(Operand x, Operand y) {
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); j++) {
        y.set(i, j, value.at(x.get(i, j)));
      }
    }
  }

  @Override
  public void backward(Operand x, Operand dy, Operand dx) {
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); j++) {
        dx.set(i, j, derivative.at(x.get(i, j)) * dy.get(i, j));
      }
    }
  }

  @Override
  public Set<Capability> capabilities() {
    return Capability.everyLayoutAnd(
        Capability.EMPTY, Capability.IN_PLACE, Capability.NON_FINITE, Capability.BACKWARD);
  }

  @Override
  public String toString() {
    return function.toString();
  }
}
