package dev.lanewise.suite.bits;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.internal.ActivationFunction;

/** The activation functions; what the leaves call them is asked for where leaves are called. */
enum Function {
  EXP,
  LOG,
  SIGMOID,
  TANH,
  ERF,
  GELU,
  GELU_TANH,
  SILU,
  SOFTPLUS,
  RELU,
  LEAKY_RELU;

  static final float SLOPE = 0.125f;

  Activation activation() {
    return switch (this) {
      case EXP -> Activation.EXP;
      case LOG -> Activation.LOG;
      case SIGMOID -> Activation.SIGMOID;
      case TANH -> Activation.TANH;
      case ERF -> Activation.ERF;
      case GELU -> Activation.GELU;
      case GELU_TANH -> Activation.GELU_TANH;
      case SILU -> Activation.SILU;
      case SOFTPLUS -> Activation.SOFTPLUS;
      case RELU -> Activation.RELU;
      case LEAKY_RELU -> Activation.leakyRelu(SLOPE);
    };
  }

  ActivationFunction leaf() {
    return ActivationFunction.valueOf(name());
  }
}
