package dev.lanewise.suite.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.Samples;
import dev.lanewise.suite.properties.MomentFigures;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Values;
import dev.lanewise.testkit.oracle.Exact;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Statistics of data on which sums in float go wrong, against exact arithmetic. */
class StatisticsAccuracyTest {
  private static final int MANY = 10_000_000;

  private static final Accuracy MEAN = new Accuracy("mean against exact arithmetic");
  private static final Accuracy VARIANCE = new Accuracy("variance against exact arithmetic");

  /** 0.1, numbers next to it, and others of all magnitudes. */
  private static final float[] CONSTANTS = {
    0f, 0.1f, -0.3f, 1 / 3f, 16777215f, 1e30f, -3e38f, 1e-30f, 1e-39f, -Float.MIN_VALUE
  };

  private static BatchStatistics statistics(int features, Samples x) {
    BatchStatistics statistics = new BatchStatistics(features);
    statistics.compute(x);
    return statistics;
  }

  /** Of one feature: both are within the figures, and 2^-149 where squares underflow. */
  private static void check(
      Samples x, BigDecimal mean, BigDecimal variance, MomentFigures figures, String context) {
    BatchStatistics statistics = statistics(1, x);
    double ofMean = Exact.distance(statistics.mean(0), mean);
    double ofVariance = Exact.distance(statistics.variance(0), variance);
    // Distances as multiples of the figures: float holds these of any magnitude.
    float shareOfMean = (float) (ofMean / figures.meanError()[0]);
    float shareOfVariance =
        (float) (ofVariance / (figures.varianceError()[0] + Math.scalb(1.0, -149)));
    MEAN.check(new float[] {shareOfMean}, new double[1], Bound.absolute(1), context);
    VARIANCE.check(new float[] {shareOfVariance}, new double[1], Bound.absolute(1), context);
  }

  private static void checkBoth(float[] x, String context) {
    int m = x.length;
    double[] wide = Elements.widen(x);
    BigDecimal samples = BigDecimal.valueOf(m);
    BigDecimal mean = Exact.sum(wide).divide(samples, MathContext.DECIMAL128);
    BigDecimal squares = BigDecimal.ZERO;
    for (double element : wide) {
      BigDecimal deviation = new BigDecimal(element).subtract(mean);
      squares = squares.add(deviation.multiply(deviation));
    }
    BigDecimal variance = squares.divide(samples, MathContext.DECIMAL128);
    check(
        FloatMatrix.of(x, m, 1),
        mean,
        variance,
        new MomentFigures(m, 1, wide),
        context + ", a column");
    check(
        FloatBatch.of(x, 1, 1, m),
        mean,
        variance,
        MomentFigures.channels(m, m, 1, wide),
        context + ", channels first");
  }

  /**
   * At 10^4 deviations from 0 a square sum in float has no digit of the variance left. The figures
   * are 10^-5 of the variance and of a deviation at most.
   */
  @Test
  void meansFarFromZero() {
    for (double deviation : new double[] {1e-3, 1, 1e3}) {
      for (int m : new int[] {2, 63, 64, 1000, 10_000}) {
        Mix mix = new Mix(m);
        float[] x = new float[m];
        for (int i = 0; i < m; i++) {
          x[i] = (float) (deviation * (10_000 + mix.normal()));
        }
        checkBoth(x, "m=" + m + " deviation=" + deviation);
        double[] wide = Elements.widen(x);
        MomentFigures[] figures = {
          new MomentFigures(m, 1, wide), MomentFigures.channels(m, m, 1, wide)
        };
        for (MomentFigures figure : figures) {
          double variance = figure.variance()[0];
          assertTrue(figure.meanError()[0] < 1e-5 * Math.sqrt(variance));
          assertTrue(figure.varianceError()[0] < (m == 2 ? 1e-4 : 1e-5) * variance);
        }
      }
    }
  }

  /** The mean is as exact as ever; squares are lost, or have few digits. */
  @Test
  void subnormalsAndSquaresThatUnderflow() {
    for (int m : new int[] {1, 2, 65, 5000}) {
      Mix mix = new Mix(m);
      checkBoth(Values.SUBNORMAL.array(m, mix), "m=" + m + " subnormal");
      float[] small = new float[m];
      for (int i = 0; i < m; i++) {
        small[i] = 1e-22f * mix.unit();
      }
      checkBoth(small, "m=" + m + " squares are subnormal");
    }
  }

  /** A constant feature is its own mean, without variance, and gives beta, bit for bit. */
  @Test
  void constantFeatures() {
    int n = CONSTANTS.length;
    float[] betas = new float[n];
    for (int j = 0; j < n; j++) {
      betas[j] = 0.1f * (j - 3);
    }
    for (int m : new int[] {1, 2, 3, 63, 64, 65, 1000, 10_000}) {
      // A row for all, and a column for all.
      checkConstant(FloatMatrix.of(CONSTANTS, 0, m, n, 0, 1), FloatMatrix.zeros(m, n), betas, m);
      for (int size : new int[] {1, 3}) {
        FloatBatch maps = FloatBatch.of(CONSTANTS, 0, size, 0, n, m, 1, 0);
        FloatBatch y = FloatBatch.of(new float[size * n * m], size, n, m);
        checkConstant(maps, y, betas, size * m);
      }
    }
  }

  private static void checkConstant(Samples x, Samples y, float[] betas, int m) {
    int n = CONSTANTS.length;
    BatchStatistics statistics = new BatchStatistics(n);
    float[] gammas = new float[n];
    Arrays.fill(gammas, 1.7f);
    new BatchNorm(FloatSpan.of(gammas), FloatSpan.of(betas), 1e-5).forward(x, statistics, y);
    assertEquals(m, statistics.samples());
    for (int j = 0; j < n; j++) {
      String context = "m=" + m + " " + CONSTANTS[j];
      assertEquals(CONSTANTS[j], statistics.mean(j), context);
      assertEquals(0.0, statistics.variance(j), context);
      float[] elements =
          switch (y) {
            case FloatMatrix matrix -> matrix.array();
            case FloatBatch batch -> batch.array();
          };
      for (int i = 0; i < elements.length / n; i++) {
        int index = y instanceof FloatBatch batch ? at(batch, i, j) : i * n + j;
        assertEquals(betas[j], elements[index], context);
      }
    }
  }

  private static int at(FloatBatch x, int i, int c) {
    return i / x.columns() * x.stride() + c * x.rowStride() + i % x.columns();
  }

  /** Rows of equal elements, and of one, give beta too. */
  @Test
  void constantRows() {
    int m = CONSTANTS.length;
    for (int n : new int[] {1, 2, 63, 65, 5000}) {
      Mix mix = new Mix(n);
      float[] betas = Values.ORDINARY.array(n, mix);
      float[] gammas = Values.ORDINARY.array(n, mix);
      FloatMatrix y = FloatMatrix.zeros(m, n);
      new LayerNorm(FloatSpan.of(gammas), FloatSpan.of(betas), 1e-5)
          .forward(FloatMatrix.of(CONSTANTS, 0, m, n, 1, 0), y);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          assertEquals(betas[j], y.get(i, j), "n=" + n + " " + CONSTANTS[i]);
        }
      }
    }
  }

  /** A row for all of 10^7: no addition may lose it. */
  @Test
  void manyEqualRows() {
    int n = CONSTANTS.length;
    BatchStatistics statistics = statistics(n, FloatMatrix.of(CONSTANTS, 0, MANY, n, 0, 1));
    for (int j = 0; j < n; j++) {
      assertEquals(CONSTANTS[j], statistics.mean(j));
      assertEquals(0.0, statistics.variance(j));
    }
  }

  /**
   * 10^7 rows, two columns of which are one array, a place apart; with a mean of 0 and of 5000
   * deviations. The elements are whole numbers of small units, whose sums are exact. Of so many
   * chunks errors cancel but for a small part of the figures: the mean is within 10^-9 deviations,
   * the variance within 10^-6 of itself.
   */
  @Test
  void manyRows() {
    for (int level : new int[] {0, 10_000}) {
      double unit = level == 0 ? 0x1p-23 : 0x1p-10;
      int most = level == 0 ? 1 << 23 : 1 << 12;
      Mix mix = new Mix(level);
      int[] units = new int[MANY + 1];
      float[] x = new float[MANY + 1];
      for (int i = 0; i <= MANY; i++) {
        units[i] = (int) (mix.unit() * most);
        x[i] = (float) (level + units[i] * unit);
      }
      BatchStatistics statistics = statistics(2, FloatMatrix.of(x, 0, MANY, 2, 1, 1));
      for (int j = 0; j < 2; j++) {
        checkMany(statistics, j, level, unit, units, x);
      }
    }
  }

  private static void checkMany(
      BatchStatistics statistics, int j, int level, double unit, int[] units, float[] x) {
    long sum = 0;
    BigInteger squares = BigInteger.ZERO;
    for (int start = j; start < MANY + j; start += 1000) {
      long ofThousand = 0;
      for (int i = start; i < start + 1000; i++) {
        sum += units[i];
        ofThousand += (long) units[i] * units[i];
      }
      squares = squares.add(BigInteger.valueOf(ofThousand));
    }
    BigDecimal m = BigDecimal.valueOf(MANY);
    BigDecimal mean = BigDecimal.valueOf(sum).divide(m);
    BigDecimal variance = new BigDecimal(squares).divide(m).subtract(mean.multiply(mean));
    BigDecimal scale = new BigDecimal(unit);
    double[] column = new double[MANY];
    Arrays.setAll(column, i -> x[i + j]);
    MomentFigures figures = new MomentFigures(MANY, 1, column);
    double ofMean =
        Exact.distance(statistics.mean(j), mean.multiply(scale).add(BigDecimal.valueOf(level)));
    double ofVariance =
        Exact.distance(statistics.variance(j), variance.multiply(scale).multiply(scale));
    String context = "10^7 rows around " + level;
    float[] shares = {
      (float) (ofMean / figures.meanError()[0]), (float) (ofVariance / figures.varianceError()[0])
    };
    assertTrue(ofMean < 1e-9 * Math.sqrt(figures.variance()[0]), () -> context + ": " + ofMean);
    assertTrue(ofVariance < 1e-6 * figures.variance()[0], () -> context + ": " + ofVariance);
    MEAN.check(new float[] {shares[0]}, new double[1], Bound.absolute(1), context);
    VARIANCE.check(new float[] {shares[1]}, new double[1], Bound.absolute(1), context);
  }

  @AfterAll
  static void printWorst() {
    System.out.println(MEAN);
    System.out.println(VARIANCE);
  }
}
