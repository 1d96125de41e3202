package dev.lanewise.suite.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.testkit.operand.Mix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The noise that the other samples of a batch give to one, by which batch normalisation regularises
 * slightly: the deviation of its output over random batches falls as m^-1/2.
 */
class BatchNoiseTest {
  private static final int BATCHES = 2000;
  private static final double SAMPLE = 0.7;

  /**
   * A feature stands for a batch: all have the same first sample. Its output is (x - mean) / sigma,
   * whose variance is (1 + x²/2)/m to first order, with terms of order 1/m² beside it, 1/32 of it
   * for the smallest batches. The exponent is a least-squares fit over seven sizes.
   *
   * <p>Tolerance: a deviation over 2000 batches is off by 1/sqrt(2·2000) of itself, which makes the
   * exponent's deviation 1.6 % / (ln 2·sqrt(28)) = 0.004; 0.03 covers five of these and the terms
   * of second order. 0.1 at the deviations themselves covers five times 1.6 % likewise.
   */
  @Test
  void fallsWithTheRootOfTheBatch() {
    int[] sizes = {32, 64, 128, 256, 512, 1024, 2048};
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (int m : sizes) {
      double deviation = deviation(m);
      assertEquals(1, deviation / Math.sqrt((1 + SAMPLE * SAMPLE / 2) / m), 0.1, "m=" + m);
      double x = Math.log(m);
      double y = Math.log(deviation);
      sumX += x;
      sumY += y;
      sumXx += x * x;
      sumXy += x * y;
    }
    int k = sizes.length;
    double exponent = (k * sumXy - sumX * sumY) / (k * sumXx - sumX * sumX);
    System.out.println("noise of batch norm: exponent " + exponent);
    assertEquals(-0.5, exponent, 0.03);
  }

  private static double deviation(int m) {
    Mix mix = new Mix(m);
    float[] x = new float[m * BATCHES];
    for (int i = 0; i < x.length; i++) {
      x[i] = i < BATCHES ? (float) SAMPLE : (float) mix.normal();
    }
    float[] ones = new float[BATCHES];
    Arrays.fill(ones, 1);
    FloatMatrix z = FloatMatrix.of(x, m, BATCHES);
    BatchNorm norm = new BatchNorm(FloatSpan.of(ones), FloatSpan.zeros(BATCHES), 1e-5);
    norm.forward(z, new BatchStatistics(BATCHES), z);
    double sum = 0;
    double squares = 0;
    for (int j = 0; j < BATCHES; j++) {
      sum += z.get(0, j);
      squares += (double) z.get(0, j) * z.get(0, j);
    }
    double mean = sum / BATCHES;
    double variance = squares / BATCHES - mean * mean;
    assertTrue(variance > 0);
    return Math.sqrt(variance);
  }
}
