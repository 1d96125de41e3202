package dev.lanewise.suite.properties;

import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Standardize;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Standardised columns have mean 0 and variance 1, in whichever batches they were seen. */
class StandardizeTest {
  private static final Accuracy MEAN = new Accuracy("Standardize's output mean");
  private static final Accuracy VARIANCE = new Accuracy("Standardize's output variance");
  private static final Accuracy BATCHES = new Accuracy("Standardize by batches of other sizes");
  private static final double EPS = 1e-5;

  /**
   * The mean is 0 within 3·u + 2·u²·|mean|/σ + (error of the mean)/σ, because each zhat is off by
   * 3·u of itself and mean |zhat| ≤ 1; the variance is v = variance/(variance + eps) within v·(6·u
   * + (error of the variance)/σ²) and the square of the mean's.
   */
  @Property
  void columnsHaveMeanZeroAndVarianceOne(
      @ForAll(supplier = Batch.Any.class) Batch batch,
      @ForAll @IntRange(min = 1, max = 200) int largest) {
    FloatMatrix x = batch.z();
    int m = x.rows();
    int n = x.columns();
    FloatMatrix y = standardized(x, largest, batch);
    BATCHES.checkBits(m, n, y::get, standardized(x, m, batch)::get, batch + " up to " + largest);

    MomentFigures moments = new MomentFigures(m, n, Views.wide(x));
    double[] output = Views.wide(y);
    double[] means = BatchNormOracle.mean(m, n, output);
    double[] variances = BatchNormOracle.variance(m, n, output);
    float[] mean = new float[n];
    float[] variance = new float[n];
    double[] ofMean = new double[n];
    double[] ofVariance = new double[n];
    for (int j = 0; j < n; j++) {
      double v = moments.variance()[j] / (moments.variance()[j] + EPS);
      ofMean[j] = 3 * U + U * moments.low(j, EPS) + moments.shift(j, EPS);
      ofVariance[j] = v * (6 * U + 2 * moments.relative(j, EPS)) + ofMean[j] * ofMean[j];
      mean[j] = (float) means[j];
      variance[j] = (float) (variances[j] - v);
    }
    MEAN.check(mean, new double[n], Bound.componentwise(ofMean), batch.toString());
    VARIANCE.check(variance, new double[n], Bound.componentwise(ofVariance), batch.toString());
  }

  /** Fitted in batches of 0 to so many rows. */
  private static FloatMatrix standardized(FloatMatrix x, int largest, Batch batch) {
    Standardize standardize = new Standardize(x.columns(), EPS);
    Mix mix = new Mix(batch.seed() + largest);
    for (int from = 0, to; from < x.rows(); from = to) {
      to = Math.min(x.rows(), from + mix.below(largest + 1));
      standardize.fit(x.rows(from, to));
    }
    FloatMatrix y = Views.matrix(batch.layout(), x.rows(), x.columns());
    standardize.apply(x, y);
    return y;
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(MEAN);
    System.out.println(VARIANCE);
    System.out.println(BATCHES);
  }
}
