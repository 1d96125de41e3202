package dev.lanewise.kernels.internal;

/** The functions that are applied element by element; the leaves know their formulas. */
public enum ActivationFunction {
  /** e^x. */
  EXP,
  /** The natural logarithm. */
  LOG,
  /** 1 / (1 + e^-x). */
  SIGMOID,
  /** The hyperbolic tangent. */
  TANH,
  /** The error function. */
  ERF,
  /** x·Φ(x). */
  GELU,
  /** Its approximation by the hyperbolic tangent. */
  GELU_TANH,
  /** x·sigmoid(x). */
  SILU,
  /** log(1 + e^x). */
  SOFTPLUS,
  /** x &lt; 0 ? 0 : x. */
  RELU,
  /** x &lt; 0 ? slope·x : x. */
  LEAKY_RELU
}
