package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_0;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_1;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_2;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_3;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_4;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_5;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LN2_HIGH;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LN2_LOW;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LOG2_E;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.ROUND;
import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernels.internal.ActivationFunction;
import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarActivation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link ScalarActivation} on vectors.
 *
 * <p>Each function has a loop of its own, because C2 compiles a function into the loop that calls
 * it only where it is always the same, and only up to a certain number of steps: long ones are two
 * loops. Loops take whole vectors; the rest of a row goes through work space, where it is one.
 */
public final class VectorActivation {
  /** Elements between two loops, or behind a look ahead: a fraction of the nearest cache. */
  private static final int BLOCK = 1024;

  private VectorActivation() {}

  /** As {@link ScalarActivation#forward}. */
  public static void forward(
      ActivationFunction f, float slope, int n, float[] x, int xo, float[] y, int yo) {
    int whole = n - n % LANES;
    loop(f, slope, whole, x, xo, y, yo);
    if (whole < n) {
      float[] rest = Scratch.floats(LANES);
      System.arraycopy(x, xo + whole, rest, 0, n - whole);
      loop(f, slope, LANES, rest, 0, rest, 0);
      System.arraycopy(rest, 0, y, yo + whole, n - whole);
      Scratch.give(rest);
    }
  }

  private static void loop(
      ActivationFunction f, float slope, int n, float[] x, int xo, float[] y, int yo) {
    switch (f) {
      case EXP -> exp(n, x, xo, y, yo);
      case LOG -> log(n, x, xo, y, yo);
      case SIGMOID -> sigmoid(n, x, xo, y, yo);
      case TANH -> tanh(n, x, xo, y, yo);
      case ERF -> VectorNormal.erf(n, x, xo, y, yo);
      case GELU -> VectorNormal.gelu(n, x, xo, y, yo);
      case GELU_TANH -> geluTanh(n, x, xo, y, yo);
      case SILU -> silu(n, x, xo, y, yo);
      case SOFTPLUS -> softplus(n, x, xo, y, yo);
      case RELU -> relu(n, x, xo, y, yo);
      case LEAKY_RELU -> leakyRelu(slope, n, x, xo, y, yo);
    }
  }

  private static void exp(int n, float[] x, int xo, float[] y, int yo) {
    for (int i = 0; i < n; i += BLOCK) {
      int block = Math.min(BLOCK, n - i);
      if (VectorScan.isWithin(VectorMath.EXP_NORMAL, block, x, xo + i)) {
        normalExp(block, x, xo + i, y, yo + i);
      } else {
        anyExp(block, x, xo + i, y, yo + i);
      }
    }
  }

  /**
   * As {@link VectorMath#exp} where all results are normal: the exponent is added to the bits.
   * Calls of the Vector API alone are always compiled in.
   */
  private static void normalExp(int n, float[] x, int xo, float[] y, int yo) {
    FloatVector round = FloatVector.broadcast(FLOAT, ROUND);
    for (int j = 0; j < n; j += LANES) {
      FloatVector t = fromArray(FLOAT, x, xo + j);
      FloatVector shifted = t.fma(FloatVector.broadcast(FLOAT, LOG2_E), round);
      FloatVector k = shifted.sub(round);
      FloatVector r = k.fma(FloatVector.broadcast(FLOAT, -LN2_HIGH), t);
      r = k.fma(FloatVector.broadcast(FLOAT, -LN2_LOW), r);
      FloatVector square = r.mul(r);
      FloatVector q = square.fma(FloatVector.broadcast(FLOAT, EXP_5), r.fma(EXP_4, EXP_3));
      q = q.fma(square, r.fma(EXP_2, EXP_1)).fma(r, FloatVector.broadcast(FLOAT, EXP_0));
      FloatVector e = q.fma(square, r).add(1f);
      IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      e.reinterpretAsInts().add(exponent).reinterpretAsFloats().intoArray(y, yo + j);
    }
  }

  private static void anyExp(int n, float[] x, int xo, float[] y, int yo) {
    for (int j = 0; j < n; j += LANES) {
      VectorMath.exp(fromArray(FLOAT, x, xo + j)).intoArray(y, yo + j);
    }
  }

  private static void log(int n, float[] x, int xo, float[] y, int yo) {
    for (int i = 0; i < n; i += BLOCK) {
      int block = Math.min(BLOCK, n - i);
      if (VectorScan.isPositiveNormal(block, x, xo + i)) {
        normalLog(block, x, xo + i, y, yo + i);
      } else {
        anyLog(block, x, xo + i, y, yo + i);
      }
    }
  }

  private static void normalLog(int n, float[] x, int xo, float[] y, int yo) {
    for (int j = 0; j < n; j += LANES) {
      VectorMath.normalLog(fromArray(FLOAT, x, xo + j)).intoArray(y, yo + j);
    }
  }

  private static void anyLog(int n, float[] x, int xo, float[] y, int yo) {
    for (int j = 0; j < n; j += LANES) {
      VectorMath.log(fromArray(FLOAT, x, xo + j)).intoArray(y, yo + j);
    }
  }

  private static void sigmoid(int n, float[] x, int xo, float[] y, int yo) {
    for (int j = 0; j < n; j += LANES) {
      VectorFunctions.sigmoid(fromArray(FLOAT, x, xo + j)).intoArray(y, yo + j);
    }
  }

  private static void tanh(int n, float[] x, int xo, float[] y, int yo) {
    for (int j = 0; j < n; j += LANES) {
      VectorFunctions.tanh(fromArray(FLOAT, x, xo + j)).intoArray(y, yo + j);
    }
  }

  private static void geluTanh(int n, float[] x, int xo, float[] y, int yo) {
    for (int j = 0; j < n; j += LANES) {
      VectorFunctions.geluTanh(fromArray(FLOAT, x, xo + j)).intoArray(y, yo + j);
    }
  }

  private static void silu(int n, float[] x, int xo, float[] y, int yo) {
    for (int j = 0; j < n; j += LANES) {
      VectorFunctions.silu(fromArray(FLOAT, x, xo + j)).intoArray(y, yo + j);
    }
  }

  private static void softplus(int n, float[] x, int xo, float[] y, int yo) {
    for (int j = 0; j < n; j += LANES) {
      VectorFunctions.softplus(fromArray(FLOAT, x, xo + j)).intoArray(y, yo + j);
    }
  }

  private static void relu(int n, float[] x, int xo, float[] y, int yo) {
    for (int j = 0; j < n; j += LANES) {
      FloatVector v = fromArray(FLOAT, x, xo + j);
      v.blend(0f, v.lt(0f)).intoArray(y, yo + j);
    }
  }

  private static void leakyRelu(float slope, int n, float[] x, int xo, float[] y, int yo) {
    for (int j = 0; j < n; j += LANES) {
      FloatVector v = fromArray(FLOAT, x, xo + j);
      v.blend(v.mul(slope), v.lt(0f)).intoArray(y, yo + j);
    }
  }

  /** As {@link ScalarActivation#backward}. */
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
    int whole = n - n % LANES;
    backwardLoop(f, slope, whole, x, xo, dy, po, dx, dxo);
    if (whole < n) {
      float[] rest = Scratch.floats(2 * LANES);
      System.arraycopy(x, xo + whole, rest, 0, n - whole);
      System.arraycopy(dy, po + whole, rest, LANES, n - whole);
      backwardLoop(f, slope, LANES, rest, 0, rest, LANES, rest, 0);
      System.arraycopy(rest, 0, dx, dxo + whole, n - whole);
      Scratch.give(rest);
    }
  }

  private static void backwardLoop(
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
      case EXP -> expBackward(n, x, xo, dy, po, dx, dxo);
      case LOG -> logBackward(n, x, xo, dy, po, dx, dxo);
      case SIGMOID -> sigmoidBackward(n, x, xo, dy, po, dx, dxo);
      case TANH -> tanhBackward(n, x, xo, dy, po, dx, dxo);
      case ERF -> erfBackward(n, x, xo, dy, po, dx, dxo);
      case GELU -> VectorNormal.geluBackward(n, x, xo, dy, po, dx, dxo);
      case GELU_TANH -> geluTanhBackward(n, x, xo, dy, po, dx, dxo);
      case SILU -> siluBackward(n, x, xo, dy, po, dx, dxo);
      case SOFTPLUS -> softplusBackward(n, x, xo, dy, po, dx, dxo);
      case RELU -> reluBackward(n, x, xo, dy, po, dx, dxo);
      case LEAKY_RELU -> leakyReluBackward(slope, n, x, xo, dy, po, dx, dxo);
    }
  }

  private static void expBackward(
      int n, float[] x, int xo, float[] dy, int po, float[] dx, int dxo) {
    for (int j = 0; j < n; j += LANES) {
      FloatVector derivative = VectorMath.exp(fromArray(FLOAT, x, xo + j));
      fromArray(FLOAT, dy, po + j).mul(derivative).intoArray(dx, dxo + j);
    }
  }

  private static void logBackward(
      int n, float[] x, int xo, float[] dy, int po, float[] dx, int dxo) {
    for (int j = 0; j < n; j += LANES) {
      FloatVector derivative = FloatVector.broadcast(FLOAT, 1f).div(fromArray(FLOAT, x, xo + j));
      fromArray(FLOAT, dy, po + j).mul(derivative).intoArray(dx, dxo + j);
    }
  }

  private static void sigmoidBackward(
      int n, float[] x, int xo, float[] dy, int po, float[] dx, int dxo) {
    for (int j = 0; j < n; j += LANES) {
      FloatVector derivative = VectorFunctions.sigmoidDerivative(fromArray(FLOAT, x, xo + j));
      fromArray(FLOAT, dy, po + j).mul(derivative).intoArray(dx, dxo + j);
    }
  }

  private static void tanhBackward(
      int n, float[] x, int xo, float[] dy, int po, float[] dx, int dxo) {
    for (int j = 0; j < n; j += LANES) {
      FloatVector derivative = VectorFunctions.tanhDerivative(fromArray(FLOAT, x, xo + j));
      fromArray(FLOAT, dy, po + j).mul(derivative).intoArray(dx, dxo + j);
    }
  }

  private static void erfBackward(
      int n, float[] x, int xo, float[] dy, int po, float[] dx, int dxo) {
    for (int j = 0; j < n; j += LANES) {
      FloatVector derivative = VectorFunctions.erfDerivative(fromArray(FLOAT, x, xo + j));
      fromArray(FLOAT, dy, po + j).mul(derivative).intoArray(dx, dxo + j);
    }
  }

  private static void geluTanhBackward(
      int n, float[] x, int xo, float[] dy, int po, float[] dx, int dxo) {
    for (int j = 0; j < n; j += LANES) {
      FloatVector derivative = VectorFunctions.geluTanhDerivative(fromArray(FLOAT, x, xo + j));
      fromArray(FLOAT, dy, po + j).mul(derivative).intoArray(dx, dxo + j);
    }
  }

  private static void siluBackward(
      int n, float[] x, int xo, float[] dy, int po, float[] dx, int dxo) {
    for (int j = 0; j < n; j += LANES) {
      FloatVector derivative = VectorFunctions.siluDerivative(fromArray(FLOAT, x, xo + j));
      fromArray(FLOAT, dy, po + j).mul(derivative).intoArray(dx, dxo + j);
    }
  }

  private static void softplusBackward(
      int n, float[] x, int xo, float[] dy, int po, float[] dx, int dxo) {
    for (int j = 0; j < n; j += LANES) {
      FloatVector derivative = VectorFunctions.sigmoid(fromArray(FLOAT, x, xo + j));
      fromArray(FLOAT, dy, po + j).mul(derivative).intoArray(dx, dxo + j);
    }
  }

  private static void reluBackward(
      int n, float[] x, int xo, float[] dy, int po, float[] dx, int dxo) {
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> flat = fromArray(FLOAT, x, xo + j).compare(VectorOperators.LE, 0f);
      fromArray(FLOAT, dy, po + j).blend(0f, flat).intoArray(dx, dxo + j);
    }
  }

  private static void leakyReluBackward(
      float slope, int n, float[] x, int xo, float[] dy, int po, float[] dx, int dxo) {
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> below = fromArray(FLOAT, x, xo + j).compare(VectorOperators.LE, 0f);
      FloatVector d = fromArray(FLOAT, dy, po + j);
      d.blend(d.mul(slope), below).intoArray(dx, dxo + j);
    }
  }
}
