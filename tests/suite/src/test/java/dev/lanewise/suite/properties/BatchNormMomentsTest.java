package dev.lanewise.suite.properties;

import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** The moments of what batch normalisation gives. */
class BatchNormMomentsTest {
  private static final Accuracy MEAN = new Accuracy("batch norm's output mean");
  private static final Accuracy VARIANCE = new Accuracy("batch norm's output variance");

  /**
   * With gamma = 1 and beta = 0 the output has mean 0 within 4·u + (error of the mean) /
   * sqrt(variance + eps), and variance v = variance / (variance + eps) within v·(8·u + (error of
   * the variance) / (variance + eps)): mean |zhat| ≤ 1, and each zhat is off by 3·u of itself, of
   * the difference, the scale and the sum. The fourth u stands for 4·u²·|mean| / sqrt(variance +
   * eps), which shift and the mean in two floats are off by, and for what is of second order.
   */
  @Property
  void outputHasMeanZeroAndVarianceOne(@ForAll(supplier = Batch.Any.class) Batch batch) {
    FloatMatrix z = batch.z();
    int m = z.rows();
    int n = z.columns();
    double eps = 1e-5;
    FloatSpan gamma = Views.span(batch.layout(), n, () -> 1);
    FloatMatrix y = Views.matrix(batch.layout(), m, n);
    new BatchNorm(gamma, FloatSpan.zeros(n), eps).forward(z, new BatchStatistics(n), y);
    MomentFigures moments = new MomentFigures(m, n, Views.wide(z));
    double[] meanError = new double[n];
    double[] variance = new double[n];
    double[] varianceError = new double[n];
    for (int j = 0; j < n; j++) {
      double squared = moments.variance()[j] + eps;
      meanError[j] = 4 * U + moments.meanError()[j] / Math.sqrt(squared);
      variance[j] = moments.variance()[j] / squared;
      varianceError[j] = variance[j] * (8 * U + moments.varianceError()[j] / squared);
    }
    double[] output = Views.wide(y);
    MEAN.check(
        rounded(BatchNormOracle.mean(m, n, output)),
        new double[n],
        Bound.componentwise(meanError),
        batch.toString());
    // A difference, because float would round it.
    double[] difference = BatchNormOracle.variance(m, n, output);
    for (int j = 0; j < n; j++) {
      difference[j] -= variance[j];
    }
    VARIANCE.check(
        rounded(difference), new double[n], Bound.componentwise(varianceError), batch.toString());
  }

  private static float[] rounded(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(MEAN);
    System.out.println(VARIANCE);
  }
}
