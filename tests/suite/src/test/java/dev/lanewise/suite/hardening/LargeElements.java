package dev.lanewise.suite.hardening;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.Arithmetic;
import dev.lanewise.kernels.Dropout;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Philox;
import dev.lanewise.kernels.Update;
import dev.lanewise.kernels.Workers;

/** Operations on each element of long arrays. */
final class LargeElements {
  private static final double RATE = 0.5;

  private LargeElements() {}

  /** A sum as a row, ReLU as a column, dropout as two columns, and exp from one half to another. */
  static long elementwise(int longest) {
    float[] array = new float[longest];
    Terrain.fill(array);
    FloatMatrix row = FloatMatrix.of(array, 1, longest);
    FloatMatrix number = FloatMatrix.of(new float[] {0.25f}, 1, 1).broadcast(1, longest);
    int half = longest / 2;
    FloatMatrix pairs = FloatMatrix.of(array, longest - 2 * half, half, 2, 2, 1);
    try (Workers workers = Workers.of(2)) {
      Arithmetic.add(row, number, row);
      Activation.RELU.forward(row.transpose(), row.transpose(), workers);
      Dropout.apply(pairs, pairs, RATE, 7, 3, 5, workers);
    }
    int[] places = Terrain.places(2 * half);
    for (int i : places) {
      int at = longest - 2 * half + i;
      boolean kept = Philox.uniform(7, 3, 5, i) >= RATE;
      float sum = Terrain.value(at) + 0.25f;
      Terrain.equal(kept ? 2 * Math.max(sum, 0f) : 0f, array[at], "dropout", i);
    }
    long checked = places.length;
    FloatMatrix to = FloatMatrix.of(array, longest - half, 1, half, half, 1);
    Activation.EXP.forward(FloatMatrix.of(array, 1, half), to);
    for (int i : Terrain.places(half)) {
      double expected = StrictMath.exp(array[i]);
      Terrain.near(
          expected, array[longest - half + i], 1.01 * Math.ulp((float) expected), "exp", i);
      checked++;
    }
    return checked;
  }

  /** Each rule on more than 2^30 parameters, for a length of 2^31 - 9. */
  static long updates(int longest) {
    int n = longest / 2 + 4096;
    float[][] arrays = new float[4][n];
    int[] places = Terrain.places(n);
    float[][] some = new float[4][places.length];
    for (int k = 0; k < 4; k++) {
      for (int i = 0; i < n; i++) {
        float x = Terrain.value(4L * i + k);
        arrays[k][i] = k == 3 ? x * x : x;
      }
      for (int i = 0; i < places.length; i++) {
        some[k][i] = arrays[k][places[i]];
      }
    }
    step(arrays, null);
    try (Workers workers = Workers.of(2)) {
      step(arrays, workers);
    }
    step(some, null);
    step(some, null);
    for (int k = 0; k < 4; k++) {
      for (int i = 0; i < places.length; i++) {
        Terrain.equal(some[k][i], arrays[k][places[i]], "operand " + k, places[i]);
      }
    }
    return 4L * places.length;
  }

  private static void step(float[][] arrays, Workers workers) {
    FloatSpan p = FloatSpan.of(arrays[0]);
    FloatSpan g = FloatSpan.of(arrays[1]);
    FloatSpan v = FloatSpan.of(arrays[2]);
    FloatSpan s = FloatSpan.of(arrays[3]);
    if (workers == null) {
      Update.gradientDescent(p, g, 0.1f);
      Update.momentum(p, g, v, 0.1, 0.9);
      Update.nesterov(p, g, v, 0.1, 0.9);
      Update.rmsProp(p, g, s, 0.01, 0.9, 1e-7);
      Update.adam(p, g, v, s, 3, 0.01, 0.9, 0.999, 1e-8);
      Update.adamW(p, g, v, s, 3, 0.01, 0.9, 0.999, 1e-8, 0.1);
    } else {
      Update.gradientDescent(p, g, 0.1f, workers);
      Update.momentum(p, g, v, 0.1, 0.9, workers);
      Update.nesterov(p, g, v, 0.1, 0.9, workers);
      Update.rmsProp(p, g, s, 0.01, 0.9, 1e-7, workers);
      Update.adam(p, g, v, s, 3, 0.01, 0.9, 0.999, 1e-8, workers);
      Update.adamW(p, g, v, s, 3, 0.01, 0.9, 0.999, 1e-8, 0.1, workers);
    }
  }
}
