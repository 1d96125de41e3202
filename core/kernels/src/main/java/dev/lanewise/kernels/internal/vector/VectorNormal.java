package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_0;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_1;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_2;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_3;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_4;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_5;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_6;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_NEAR;
import static dev.lanewise.kernels.internal.scalar.Coefficients.GELU_FLAT;
import static dev.lanewise.kernels.internal.scalar.Coefficients.GELU_NEAR;
import static dev.lanewise.kernels.internal.scalar.Coefficients.NORMAL_0;
import static dev.lanewise.kernels.internal.scalar.Coefficients.NORMAL_1;
import static dev.lanewise.kernels.internal.scalar.Coefficients.NORMAL_2;
import static dev.lanewise.kernels.internal.scalar.Coefficients.NORMAL_3;
import static dev.lanewise.kernels.internal.scalar.Coefficients.NORMAL_4;
import static dev.lanewise.kernels.internal.scalar.Coefficients.NORMAL_5;
import static dev.lanewise.kernels.internal.scalar.Coefficients.NORMAL_6;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ONE_OVER_SQRT_2_PI;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_0;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_1;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_2;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_3;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_4;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_5;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_6;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_7;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_8;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_9;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_MIDDLE;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LOWER;
import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;

import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarFunctions;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The functions of the normal distribution, as {@link ScalarFunctions} has them, in several loops
 * over a block.
 *
 * <p>All their steps in one loop are more than C2 compiles into it. Behind the first loop, whose
 * functions it still takes, the loops call the Vector API alone, which it always takes.
 */
final class VectorNormal {
  /** Elements of a block, whose work space lies in the nearest cache. */
  private static final int BLOCK = 1024;

  private static final int SIGN = Integer.MIN_VALUE;

  private VectorNormal() {}

  static void erf(int n, float[] x, int xo, float[] y, int yo) {
    float[] far = Scratch.floats(BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int block = Math.min(BLOCK, n - i);
      for (int j = 0; j < block; j += LANES) {
        VectorFunctions.erfFar(fromArray(FLOAT, x, xo + i + j)).intoArray(far, j);
      }
      erf(block, x, xo + i, far, y, yo + i);
    }
    Scratch.give(far);
  }

  private static void erf(int n, float[] xs, int xo, float[] far, float[] y, int yo) {
    for (int j = 0; j < n; j += LANES) {
      FloatVector x = fromArray(FLOAT, xs, xo + j);
      FloatVector a = x.abs();
      FloatVector s = a.mul(a);
      FloatVector p = s.fma(ERF_6, ERF_5);
      p = p.fma(s, FloatVector.broadcast(FLOAT, ERF_4));
      p = p.fma(s, FloatVector.broadcast(FLOAT, ERF_3));
      p = p.fma(s, FloatVector.broadcast(FLOAT, ERF_2));
      p = p.fma(s, FloatVector.broadcast(FLOAT, ERF_1));
      p = p.fma(s, FloatVector.broadcast(FLOAT, ERF_0));
      FloatVector absolute = fromArray(FLOAT, far, j).blend(a.fma(p, a), a.lt(ERF_NEAR));
      IntVector sign = x.reinterpretAsInts().and(SIGN);
      absolute.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(y, yo + j);
    }
  }

  static void gelu(int n, float[] x, int xo, float[] y, int yo) {
    float[] gauss = Scratch.floats(BLOCK);
    float[] tail = Scratch.floats(BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int block = Math.min(BLOCK, n - i);
      gauss(block, x, xo + i, gauss);
      tail(block, x, xo + i, gauss, tail);
      gelu(block, x, xo + i, tail, y, yo + i);
    }
    Scratch.give(gauss);
    Scratch.give(tail);
  }

  static void geluBackward(int n, float[] x, int xo, float[] dy, int po, float[] dx, int dxo) {
    float[] gauss = Scratch.floats(BLOCK);
    float[] tail = Scratch.floats(BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int block = Math.min(BLOCK, n - i);
      gauss(block, x, xo + i, gauss);
      tail(block, x, xo + i, gauss, tail);
      geluBackward(block, x, xo + i, gauss, tail, dy, po + i, dx, dxo + i);
    }
    Scratch.give(gauss);
    Scratch.give(tail);
  }

  /** 2^64·e^(-x²/2). */
  private static void gauss(int n, float[] x, int xo, float[] gauss) {
    for (int j = 0; j < n; j += LANES) {
      VectorFunctions.liftedGauss(fromArray(FLOAT, x, xo + j)).intoArray(gauss, j);
    }
  }

  /** 2^64·Φ(-|x|). */
  private static void tail(int n, float[] x, int xo, float[] gauss, float[] tail) {
    for (int j = 0; j < n; j += LANES) {
      FloatVector a = fromArray(FLOAT, x, xo + j).abs();
      FloatVector c = a.blend(GELU_FLAT, a.compare(GT, GELU_FLAT));
      FloatVector reciprocal = FloatVector.broadcast(FLOAT, 1f).div(c.add(TAIL_MIDDLE));
      FloatVector v = c.sub(TAIL_MIDDLE).mul(reciprocal);
      FloatVector p = v.fma(TAIL_9, TAIL_8);
      p = p.fma(v, FloatVector.broadcast(FLOAT, TAIL_7));
      p = p.fma(v, FloatVector.broadcast(FLOAT, TAIL_6));
      p = p.fma(v, FloatVector.broadcast(FLOAT, TAIL_5));
      p = p.fma(v, FloatVector.broadcast(FLOAT, TAIL_4));
      p = p.fma(v, FloatVector.broadcast(FLOAT, TAIL_3));
      p = p.fma(v, FloatVector.broadcast(FLOAT, TAIL_2));
      p = p.fma(v, FloatVector.broadcast(FLOAT, TAIL_1));
      p = p.fma(v, FloatVector.broadcast(FLOAT, TAIL_0));
      fromArray(FLOAT, gauss, j).mul(p.mul(reciprocal)).intoArray(tail, j);
    }
  }

  private static void gelu(int n, float[] xs, int xo, float[] tails, float[] y, int yo) {
    for (int j = 0; j < n; j += LANES) {
      FloatVector x = fromArray(FLOAT, xs, xo + j);
      FloatVector tail = fromArray(FLOAT, tails, j);
      FloatVector a = x.abs();
      FloatVector c = a.blend(GELU_FLAT, a.compare(GT, GELU_FLAT));
      FloatVector s = c.mul(c);
      FloatVector p = s.fma(NORMAL_6, NORMAL_5);
      p = p.fma(s, FloatVector.broadcast(FLOAT, NORMAL_4));
      p = p.fma(s, FloatVector.broadcast(FLOAT, NORMAL_3));
      p = p.fma(s, FloatVector.broadcast(FLOAT, NORMAL_2));
      p = p.fma(s, FloatVector.broadcast(FLOAT, NORMAL_1));
      p = p.fma(s, FloatVector.broadcast(FLOAT, NORMAL_0));
      FloatVector near = p.fma(x, FloatVector.broadcast(FLOAT, 0.5f));
      FloatVector far = FloatVector.broadcast(FLOAT, 1f).sub(tail.mul(LOWER));
      FloatVector below = c.neg().mul(tail).mul(LOWER);
      x.mul(far.blend(near, a.lt(GELU_NEAR)))
          .blend(below, x.compare(LE, -GELU_NEAR))
          .intoArray(y, yo + j);
    }
  }

  private static void geluBackward(
      int n,
      float[] xs,
      int xo,
      float[] gauss,
      float[] tails,
      float[] dy,
      int po,
      float[] dx,
      int dxo) {
    for (int j = 0; j < n; j += LANES) {
      FloatVector x = fromArray(FLOAT, xs, xo + j);
      FloatVector tail = fromArray(FLOAT, tails, j);
      FloatVector a = x.abs();
      FloatVector c = a.blend(GELU_FLAT, a.compare(GT, GELU_FLAT));
      FloatVector s = c.mul(c);
      FloatVector p = s.fma(NORMAL_6, NORMAL_5);
      p = p.fma(s, FloatVector.broadcast(FLOAT, NORMAL_4));
      p = p.fma(s, FloatVector.broadcast(FLOAT, NORMAL_3));
      p = p.fma(s, FloatVector.broadcast(FLOAT, NORMAL_2));
      p = p.fma(s, FloatVector.broadcast(FLOAT, NORMAL_1));
      p = p.fma(s, FloatVector.broadcast(FLOAT, NORMAL_0));
      FloatVector near = p.fma(x, FloatVector.broadcast(FLOAT, 0.5f));
      FloatVector density = fromArray(FLOAT, gauss, j).mul(ONE_OVER_SQRT_2_PI);
      FloatVector below = tail.sub(c.mul(density)).mul(LOWER);
      FloatVector far = FloatVector.broadcast(FLOAT, 1f).sub(below).blend(below, x.lt(0f));
      FloatVector derivative = far.blend(x.fma(density.mul(LOWER), near), a.lt(GELU_NEAR));
      fromArray(FLOAT, dy, po + j).mul(derivative).intoArray(dx, dxo + j);
    }
  }
}
