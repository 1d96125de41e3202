package dev.lanewise.suite.learn.tune;

import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Space;

/** The field's test functions, with their known minima. */
final class Benchmarks {
  /** Branin's x and y, between two parameters that do not matter. */
  static final Space BRANIN =
      Space.empty()
          .uniform("idle 1", 0, 1)
          .uniform("x", -5, 10)
          .uniform("y", 0, 15)
          .uniform("idle 2", 0, 1);

  static final double BRANIN_MINIMUM = 0.39788735772973816;

  static final Space HARTMANN =
      Space.empty()
          .uniform("x1", 0, 1)
          .uniform("x2", 0, 1)
          .uniform("x3", 0, 1)
          .uniform("x4", 0, 1)
          .uniform("x5", 0, 1)
          .uniform("x6", 0, 1);

  static final double HARTMANN_MINIMUM = -3.32236801141551;

  private static final double[] ALPHA = {1, 1.2, 3, 3.2};

  private static final double[][] A = {
    {10, 3, 17, 3.5, 1.7, 8},
    {0.05, 10, 17, 0.1, 8, 14},
    {3, 3.5, 1.7, 10, 17, 8},
    {17, 8, 0.05, 10, 0.1, 14}
  };

  private static final double[][] P = {
    {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
    {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
    {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
    {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
  };

  private Benchmarks() {}

  static double branin(Assignment a) {
    return branin(a.number("x"), a.number("y"));
  }

  static double branin(double x, double y) {
    double parabola = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
    return parabola * parabola + 10 * (1 - 1 / (8 * Math.PI)) * StrictMath.cos(x) + 10;
  }

  static double hartmann(Assignment a) {
    return hartmann(a.values().values().stream().mapToDouble(v -> (Double) v).toArray());
  }

  static double hartmann(double... x) {
    double sum = 0;
    for (int i = 0; i < ALPHA.length; i++) {
      double distance = 0;
      for (int j = 0; j < x.length; j++) {
        double d = x[j] - P[i][j];
        distance += A[i][j] * d * d;
      }
      sum += ALPHA[i] * StrictMath.exp(-distance);
    }
    return -sum;
  }
}
