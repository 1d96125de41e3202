package dev.lanewise.suite.properties;

import static dev.lanewise.suite.properties.Figures.U;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** The moments of what batch normalisation gives, and its indifference to a shift. */
class BatchNormMomentsTest {
  private static final Accuracy MEAN = new Accuracy("batch norm's output mean");
  private static final Accuracy VARIANCE = new Accuracy("batch norm's output variance");
  private static final Accuracy SHIFT = new Accuracy("batch norm of a shifted input");

  /**
   * With gamma = 1 and beta = 0 the output has mean 0 within 4·u + (error of the mean) /
   * sqrt(variance + eps), because each zhat is off by 4·u of itself, and mean |zhat| ≤ 1; and
   * variance v = variance / (variance + eps) within v·(8·u + (error of the variance) / (variance +
   * eps)).
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

  /**
   * A constant that float adds without rounding leaves the chunks' sums as they are, bit for bit,
   * and so moves the output by its own roundings alone, twice u·(4·|gamma·zhat| + |beta|), and by
   * those of the mean in double and in two floats, twice u²·|scale|·max|z|.
   */
  @Property
  void shiftChangesNothing(
      @ForAll(supplier = Batch.Any.class) Batch batch,
      @ForAll @IntRange(min = -512, max = 512) int shift) {
    int rows = batch.rows();
    int columns = batch.columns();
    Layout layout = batch.layout();
    Mix mix = new Mix(batch.seed());
    FloatMatrix z = Views.matrix(layout, rows, columns, () -> (mix.below(513) - 256) / 64.0);
    FloatMatrix shifted = Views.matrix(layout, rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        shifted.set(i, j, z.get(i, j) + 16 * shift);
      }
    }
    double eps = 1e-3;
    FloatSpan gamma = Views.span(layout, columns, () -> 1 + mix.normal());
    FloatSpan beta = Views.span(layout, columns, mix::normal);
    FloatMatrix y = Views.matrix(layout, rows, columns);
    FloatMatrix moved = Views.matrix(layout, rows, columns);
    BatchStatistics statistics = new BatchStatistics(columns);
    new BatchNorm(gamma, beta, eps).forward(z, statistics, y);
    new BatchNorm(gamma, beta, eps).forward(shifted, new BatchStatistics(columns), moved);
    double[] errors = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double scale = Math.abs(gamma.get(j)) / Math.sqrt(statistics.variance(j) + eps);
        double t = Math.abs(z.get(i, j) - statistics.mean(j));
        double roundings = U * (4 * scale * t + Math.abs(beta.get(j)));
        double largest = 16.0 * Math.abs(shift) + 4;
        errors[i * columns + j] = 2 * (roundings + U * U * scale * largest);
      }
    }
    Bound figure = Bound.componentwise(errors);
    SHIFT.check(rows, columns, moved::get, Views.wide(y), figure, batch + " shift=" + shift);
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
    System.out.println(SHIFT);
  }
}
