package dev.lanewise.suite.learn.train;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Philox;
import dev.lanewise.learn.data.Dataset;
import java.util.List;

/** Data sets that a test draws: points of three noisy spirals. */
public final class Shapes {
  private Shapes() {}

  /** A third of them on each. */
  public static Dataset spirals(int samples, long seed) {
    FloatMatrix inputs = FloatMatrix.zeros(samples, 2);
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      labels[i] = i % 3;
      double r = Philox.uniform(seed, 1, 0, i);
      double angle = 4 * r + 2 * Math.PI / 3 * labels[i] + 0.15 * Philox.normal(seed, 2, 0, i);
      inputs.set(i, 0, (float) (r * StrictMath.cos(angle)));
      inputs.set(i, 1, (float) (r * StrictMath.sin(angle)));
    }
    return new Dataset(inputs, Labels.of(labels), List.of("red", "green", "blue"));
  }
}
