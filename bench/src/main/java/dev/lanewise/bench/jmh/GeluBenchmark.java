package dev.lanewise.bench.jmh;

import dev.lanewise.kernels.Activation;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.oracle.ActivationOracle;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * GELU, x·(1 + erf(x/√2))/2, of normal deviates with a standard deviation of 3.
 *
 * <p>The JDK has no error function, so {@code naive} takes the textbook's: formula 7.1.26 of M.
 * Abramowitz and I. Stegun, Handbook of Mathematical Functions, 1964, in double, whose absolute
 * error is 1.5·10^-7. It loses all digits of small results below 0, and is checked within an
 * absolute error of 10^-5, the kernel within 8 ulps: {@code naive} does less for its time.
 *
 * <p>What would fool it: arguments far below 0, whose results are subnormal or 0; here they are
 * fewer than one in 100,000.
 *
 * <p>No {@code autovec}: C2 in JDK 25 does not vectorise {@code Math.exp}. No {@code svml}: the
 * Vector API has no error function.
 */
public class GeluBenchmark extends ElementwiseBenchmark {
  private static final double SQRT_HALF = 0.70710678118654752440;

  /** Of {@link Activation#GELU}. */
  public GeluBenchmark() {
    super(Activation.GELU, ActivationOracle.GELU);
  }

  @Override
  Bound bound(String method) {
    return method.equals("naive") ? Bound.absolute(1e-5) : Bound.ulps(8);
  }

  /** One loop of the formula with the textbook's erf. */
  @Benchmark
  public void naive() {
    naive(x, y);
  }

  private static void naive(float[] x, float[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) (0.5 * x[i] * (1 + erf(x[i] * SQRT_HALF)));
    }
  }

  private static double erf(double x) {
    double z = Math.abs(x);
    double t = 1 / (1 + 0.3275911 * z);
    double p =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    return Math.copySign(1 - p * Math.exp(-z * z), x);
  }
}
