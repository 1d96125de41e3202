package dev.lanewise.kernels.internal.scalar;

import dev.lanewise.kernels.internal.ActivationFunction;

/** Functions of each element of a contiguous row, with their backward passes. */
public final class ScalarActivation {
  private ScalarActivation() {}

  /** y = f(x). */
  public static void forward(
      ActivationFunction f, float slope, int n, float[] x, int xo, float[] y, int yo) {
    switch (f) {
      case RELU -> relu(n, x, xo, y, yo);
      case LEAKY_RELU -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = leakyRelu(x[xo + i], slope);
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = value(f, x[xo + i]);
        }
      }
    }
  }

  private static float value(ActivationFunction f, float x) {
    return switch (f) {
      case EXP -> ScalarMath.exp(x);
      case LOG -> ScalarMath.log(x);
      case SIGMOID -> ScalarFunctions.sigmoid(x);
      case TANH -> ScalarFunctions.tanh(x);
      case ERF -> ScalarFunctions.erf(x);
      case GELU -> ScalarFunctions.gelu(x);
      case GELU_TANH -> ScalarFunctions.geluTanh(x);
      case SILU -> ScalarFunctions.silu(x);
      case SOFTPLUS -> ScalarFunctions.softplus(x);
      case RELU, LEAKY_RELU -> throw new AssertionError(f);
    };
  }

  private static void relu(int n, float[] x, int xo, float[] y, int yo) {
    if (xo == yo) {
      for (int i = xo; i < xo + n; i++) { // one index for both arrays, which C2 vectorises
        y[i] = relu(x[i]);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = relu(x[xo + i]);
    }
  }

  /**
   * x < 0 ? 0 : x without a branch, which random signs would mispredict and C2 would not vectorise.
   *
   * <p>The maximum turns x < 0 into -0. The second term adds +0 there, as s is -1, -0 to x = -0,
   * and a zero that changes nothing elsewhere.
   */
  static float relu(float x) {
    float s = Math.signum(x);
    return Math.max(x, -0f) + s * -(s * s - 1f);
  }

  private static float leakyRelu(float x, float slope) {
    return x < 0f ? slope * x : x;
  }

  /** dx = f'(x)·dy; ReLU's derivatives do not multiply where they are 0 or 1. */
  public static void backward(
      ActivationFunction f,
      float slope,
      int n,
      float[] x,
      int xo,
      float[] dy,
      int po,
      float[] dx,
      int dxo) {
    switch (f) {
      case RELU -> reluBackward(n, x, xo, dy, po, dx, dxo);
      case LEAKY_RELU -> {
        for (int i = 0; i < n; i++) {
          float d = dy[po + i];
          dx[dxo + i] = x[xo + i] <= 0f ? slope * d : d;
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          dx[dxo + i] = dy[po + i] * derivative(f, x[xo + i]);
        }
      }
    }
  }

  private static float derivative(ActivationFunction f, float x) {
    return switch (f) {
      case EXP -> ScalarMath.exp(x);
      case LOG -> 1f / x;
      case SIGMOID -> ScalarFunctions.sigmoidDerivative(x);
      case TANH -> ScalarFunctions.tanhDerivative(x);
      case ERF -> ScalarFunctions.erfDerivative(x);
      case GELU -> ScalarFunctions.geluDerivative(x);
      case GELU_TANH -> ScalarFunctions.geluTanhDerivative(x);
      case SILU -> ScalarFunctions.siluDerivative(x);
      case SOFTPLUS -> ScalarFunctions.sigmoid(x);
      case RELU, LEAKY_RELU -> throw new AssertionError(f);
    };
  }

  private static void reluBackward(
      int n, float[] x, int xo, float[] dy, int po, float[] dx, int dxo) {
    if (xo == po && xo == dxo) {
      for (int i = xo; i < xo + n; i++) {
        dx[i] = x[i] <= 0f ? 0f : dy[i];
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      float d = dy[po + i];
      dx[dxo + i] = x[xo + i] <= 0f ? 0f : d;
    }
  }
}
