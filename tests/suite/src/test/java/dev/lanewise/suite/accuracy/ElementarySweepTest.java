package dev.lanewise.suite.accuracy;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.ActivationOracle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** exp and log of all 2^32 floats: within 1 ulp, and monotone. On demand, as it takes minutes. */
@Tag("sweep")
class ElementarySweepTest {
  private static final int CHUNK = 1 << 20;
  private static final int CHUNKS = 1 << 12;
  private static final int REPORTED = 1 << 9;

  @Test
  void exp() {
    sweep(Activation.EXP, ActivationOracle.EXP);
  }

  @Test
  void log() {
    sweep(Activation.LOG, ActivationOracle.LOG);
  }

  private static void sweep(Activation function, ActivationOracle oracle) {
    Accuracy accuracy = new Accuracy(function + " of every float");
    float[] x = new float[CHUNK];
    float[] y = new float[CHUNK];
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
      for (int i = 0; i < CHUNK; i++) {
        x[i] = Float.intBitsToFloat(chunk * CHUNK + i);
      }
      function.forward(FloatMatrix.of(x, 1, CHUNK), FloatMatrix.of(y, 1, CHUNK));
      accuracy.check(
          y,
          oracle.forward(Elements.widen(x)),
          Bound.ulps(1),
          "from bits " + Integer.toHexString(chunk * CHUNK));
      checkOrder(function, x, y);
      if (chunk % REPORTED == REPORTED - 1) {
        System.out.printf("%d of %d: %s%n", chunk + 1, CHUNKS, accuracy);
      }
    }
  }

  /** The larger of two neighbours does not give less. */
  private static void checkOrder(Activation function, float[] x, float[] y) {
    for (int i = 1; i < x.length; i++) {
      if (x[i] > x[i - 1] ? y[i] < y[i - 1] : x[i] < x[i - 1] && y[i] > y[i - 1]) {
        throw new AssertionError(
            "%s of %s is %s, of %s %s".formatted(function, x[i - 1], y[i - 1], x[i], y[i]));
      }
    }
  }
}
