package dev.lanewise.suite.properties;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.Samples;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Layout;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Layer norm of X is batch norm of X transposed, with gamma = 1 and beta = 0: within the sum of
 * both figures that of the matrix with a row for each column, whose sums go down its columns; and
 * that of the matrix as channels first, whose sums and coefficients are those of layer norm,
 * exactly.
 */
class LayerNormTest {
  private static final Accuracy MATRIX = new Accuracy("layer norm as batch norm of the transposed");
  private static final Accuracy CHANNELS = new Accuracy("layer norm as batch norm of channels");
  private static final double EPS = 1e-5;

  @Property
  void isBatchNormOfTheTransposed(
      @ForAll(supplier = FeatureMaps.OneMatrix.class) FeatureMaps maps) {
    FloatBatch batch = maps.x();
    FloatMatrix x = batch.get(0);
    int m = x.rows();
    int n = x.columns();
    FloatMatrix y = Views.matrix(Layout.DENSE, m, n);
    new LayerNorm(ones(n), FloatSpan.zeros(n), EPS).forward(x, y);
    double[] rows = Views.wide(x);
    double[] ofRows = RowNormFigures.layer(m, n, rows, EPS).forward(wide(n, 1), wide(n, 0));

    FloatMatrix matrix = Views.matrix(Layout.DENSE, n, m);
    double[] columns = Views.wide(x.transpose());
    double[] errors = new BatchNormFigures(n, m, columns, EPS).forward(wide(m, 1), wide(m, 0));
    Arrays.setAll(errors, ij -> errors[ij] + ofRows[ij % m * n + ij / m]);
    check(MATRIX, x.transpose(), matrix, y, Bound.componentwise(errors), maps.toString());

    FloatBatch channels = maps.layout().batch(1, m, n);
    check(CHANNELS, batch, channels, y, Bound.absolute(0), maps.toString());
  }

  /** Batch norm of m features with n samples each against y, m×n. */
  private static void check(
      Accuracy accuracy, Samples x, Samples output, FloatMatrix y, Bound bound, String context) {
    int m = y.rows();
    int n = y.columns();
    new BatchNorm(ones(m), FloatSpan.zeros(m), EPS).forward(x, new BatchStatistics(m), output);
    accuracy.check(n, m, SampleShape.elements(output), Views.wide(y.transpose()), bound, context);
  }

  private static FloatSpan ones(int n) {
    return Views.span(Layout.DENSE, n, () -> 1);
  }

  private static double[] wide(int n, double value) {
    double[] values = new double[n];
    Arrays.fill(values, value);
    return values;
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(MATRIX);
    System.out.println(CHANNELS);
  }
}
