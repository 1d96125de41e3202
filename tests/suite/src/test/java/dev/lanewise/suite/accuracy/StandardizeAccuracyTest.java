package dev.lanewise.suite.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Standardize;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.suite.properties.Batch;
import dev.lanewise.suite.properties.BatchNormFigures;
import dev.lanewise.suite.properties.MomentFigures;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Standardisation of a training set that arrives in batches of any sizes: statistics within {@link
 * MomentFigures} and the output within {@link BatchNormFigures#forward}, both of the matrix of all
 * rows.
 */
class StandardizeAccuracyTest {
  private static final double EPS = 1e-5;

  private static final Accuracy MEAN = new Accuracy("Standardize mean");
  private static final Accuracy VARIANCE = new Accuracy("Standardize variance");
  private static final Accuracy APPLY = new Accuracy("Standardize.apply");

  @Property
  void standardize(@ForAll(supplier = Batch.Any.class) Batch batch) {
    FloatMatrix x = batch.z();
    int m = x.rows();
    int n = x.columns();
    Standardize standardize = new Standardize(n, EPS);
    Mix mix = new Mix(~batch.seed());
    for (int from = 0, to; from < m; from = to) {
      to = Math.min(m, from + mix.below(150));
      standardize.fit(x.rows(from, to));
    }
    assertEquals(m, standardize.samples());
    double[] wide = Views.wide(x);
    MomentFigures moments = new MomentFigures(m, n, wide);
    float[] mean = new float[n];
    float[] variance = new float[n];
    double[] zero = new double[n];
    for (int j = 0; j < n; j++) {
      // Differences from the oracle, which float holds where it would not hold the statistics.
      mean[j] = (float) (standardize.mean(j) - moments.mean()[j]);
      variance[j] = (float) (standardize.variance(j) - moments.variance()[j]);
    }
    MEAN.check(mean, zero, Bound.componentwise(moments.meanError()), batch.toString());
    VARIANCE.check(variance, zero, Bound.componentwise(moments.varianceError()), batch.toString());

    FloatMatrix y = Views.matrix(batch.layout(), m, n);
    standardize.apply(x, y);
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    APPLY.check(
        m,
        n,
        y::get,
        BatchNormOracle.forward(m, n, wide, ones, zero, EPS),
        Bound.componentwise(new BatchNormFigures(m, n, wide, EPS).forward(ones, zero)),
        batch.toString());
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(MEAN);
    System.out.println(VARIANCE);
    System.out.println(APPLY);
  }
}
