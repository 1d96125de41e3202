package dev.lanewise.suite.accuracy;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.suite.properties.Batch;
import dev.lanewise.suite.properties.Figures;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.oracle.ColumnSumsOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Column sums within 17·u·Σ|x| + u·|s|: in a chunk of 63 rows an element passes through 3 roundings
 * in its group's tree and those of 6 groups and 7 single rows behind it; one more unit stands for
 * double's roundings between the chunks.
 */
class ReduceAccuracyTest {
  private static final Accuracy SUMS = new Accuracy("Reduce.columnSums");

  @Property
  void columnSums(@ForAll(supplier = Batch.Any.class) Batch batch) {
    FloatMatrix x = batch.z();
    int n = x.columns();
    FloatSpan sums = Views.span(batch.layout(), n);
    Reduce.columns(Reduction.SUM, x, sums);
    double[] wide = Views.wide(x);
    double[] expected = ColumnSumsOracle.sums(x.rows(), n, wide);
    double[] errors = ColumnSumsOracle.magnitude(x.rows(), n, wide);
    for (int j = 0; j < n; j++) {
      errors[j] = Figures.columnSum(errors[j], expected[j]);
    }
    SUMS.check(Views.dense(sums), expected, Bound.componentwise(errors), batch.toString());
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(SUMS);
  }
}
