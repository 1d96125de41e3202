package dev.lanewise.suite.accuracy;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.ActivationOracle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** exp and log of all 2^32 floats within 1 ulp; only on demand, as it takes minutes. */
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
      if (chunk % REPORTED == REPORTED - 1) {
        System.out.printf("%d of %d: %s%n", chunk + 1, CHUNKS, accuracy);
      }
    }
  }
}
