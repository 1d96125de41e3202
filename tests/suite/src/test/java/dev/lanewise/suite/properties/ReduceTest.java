package dev.lanewise.suite.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.RowSumsOracle;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** What reductions are beside each other and beside a naive search. */
class ReduceTest {
  private static final Accuracy TRANSPOSED = new Accuracy("row sums against column sums");

  /** Few different values, so that there are ties, and in some rows NaN. */
  private static FloatMatrix ties(MatrixCase given) {
    Mix mix = new Mix(given.seed());
    float lowest = mix.choose(-1f, Float.NEGATIVE_INFINITY, -0f);
    float highest = mix.choose(1f, 0f, -0f, Float.POSITIVE_INFINITY, -1f);
    int rarity = 1 + mix.below(300);
    return Views.matrix(
        given.input(),
        given.rows(),
        given.columns(),
        () -> mix.below(rarity) == 1 ? Float.NaN : (float) mix.choose(lowest, highest, -0f, -1f));
  }

  private static int argmax(float[] x) {
    int best = x.length == 0 ? -1 : 0;
    for (int i = 1; i < x.length; i++) {
      best = Float.compare(x[i], x[best]) > 0 ? i : best;
    }
    return best;
  }

  @Property
  void argmaxAndMaxAreTheFirstLargest(@ForAll(supplier = Matrices.Medium.class) MatrixCase given) {
    FloatMatrix x = ties(given);
    int m = x.rows();
    int n = x.columns();
    Labels ofRows = Labels.of(new int[m]);
    Labels ofColumns = Labels.of(new int[n]);
    Reduce.rowArgmax(x, ofRows);
    Reduce.columnArgmax(x, ofColumns);
    float[] rows = new float[m];
    float[] columns = new float[n];
    Reduce.rows(Reduction.MAX, x, FloatSpan.of(rows));
    Reduce.columns(Reduction.MAX, x, FloatSpan.of(columns));
    String context = given.toString();
    float[] maxima = new float[m];
    for (int i = 0; i < m; i++) {
      float[] row = Views.dense(x.row(i));
      assertEquals(argmax(row), ofRows.get(i), context);
      maxima[i] = row[argmax(row)];
    }
    Bits.assertEqual("maxima of rows", rows, maxima, context);
    maxima = new float[n];
    for (int j = 0; j < n; j++) {
      float[] column = Views.dense(x.column(j));
      assertEquals(argmax(column), ofColumns.get(j), context);
      maxima[j] = column[argmax(column)];
    }
    Bits.assertEqual("maxima of columns", columns, maxima, context);
    float[] all = Views.dense(x);
    assertEquals(argmax(all), Reduce.argmax(x), context);
    float[] max = {Reduce.all(Reduction.MAX, x)};
    Bits.assertEqual("maximum", max, new float[] {all[argmax(all)]}, context);
  }

  @Property(tries = 300)
  void rowsOfTheTransposedViewAreColumns(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given) {
    Mix mix = new Mix(given.seed());
    int m = given.rows();
    int n = given.columns();
    FloatMatrix x = Views.matrix(given.input(), m, n, () -> 1 + mix.normal());
    FloatSpan rows = Views.span(given.output(), n);
    FloatSpan columns = Views.span(given.output(), n);
    Reduce.rows(Reduction.SUM, x.transpose(), rows);
    Reduce.columns(Reduction.SUM, x, columns);
    double[] wide = Views.wide(x.transpose());
    double[] sums = RowSumsOracle.sums(n, m, wide);
    double[] errors = RowSumsOracle.magnitude(n, m, wide);
    for (int j = 0; j < n; j++) {
      errors[j] = RowFigures.sum(m, errors[j]) + Figures.columnSum(errors[j], sums[j]);
    }
    TRANSPOSED.check(
        Views.dense(rows), Views.wide(columns), Bound.componentwise(errors), given.toString());
    Reduce.rows(Reduction.MAX, x.transpose(), rows);
    Reduce.columns(Reduction.MAX, x, columns);
    Bits.assertEqual("maxima", Views.dense(rows), Views.dense(columns), given.toString());
  }

  @Property(tries = 300)
  void dotsWithItselfAreSumsOfSquares(@ForAll(supplier = Matrices.Medium.class) MatrixCase given) {
    Mix mix = new Mix(given.seed());
    int m = given.rows();
    int n = given.columns();
    FloatMatrix x = Views.matrix(given.input(), m, n, mix::normal);
    String context = given.toString();
    float[] squares = {Reduce.all(Reduction.SUM_OF_SQUARES, x)};
    Bits.assertEqual("dot", new float[] {Reduce.dot(x, x)}, squares, context);
    float[] dots = new float[m];
    squares = new float[m];
    Reduce.rowDots(x, x, FloatSpan.of(dots));
    Reduce.rows(Reduction.SUM_OF_SQUARES, x, FloatSpan.of(squares));
    Bits.assertEqual("row dots", dots, squares, context);
    dots = new float[n];
    squares = new float[n];
    Reduce.columnDots(x, x, FloatSpan.of(dots));
    Reduce.columns(Reduction.SUM_OF_SQUARES, x, FloatSpan.of(squares));
    Bits.assertEqual("column dots", dots, squares, context);
  }

  /** A whole matrix is one row, whatever its layout. */
  @Property(tries = 300)
  void allIsOneRow(@ForAll(supplier = Matrices.Medium.class) MatrixCase given) {
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.input(), given.rows(), given.columns(), mix::normal);
    float[] dense = Views.dense(x);
    FloatMatrix row = FloatMatrix.of(dense, 1, dense.length);
    for (Reduction reduction : Reduction.values()) {
      float[] expected = new float[1];
      Reduce.rows(reduction, row, FloatSpan.of(expected));
      float[] actual = {Reduce.all(reduction, x)};
      Bits.assertEqual("all", actual, expected, given + " " + reduction);
    }
  }

  @Example
  void nothingHasNoLargest() {
    FloatMatrix none = FloatMatrix.zeros(2, 0);
    int[] indices = {7, 7};
    Reduce.rowArgmax(none, Labels.of(indices));
    assertEquals("[-1, -1]", Arrays.toString(indices));
    Reduce.columnArgmax(none.transpose(), Labels.of(indices));
    assertEquals("[-1, -1]", Arrays.toString(indices));
    assertEquals(-1, Reduce.argmax(none));
    assertEquals(Float.NEGATIVE_INFINITY, Reduce.all(Reduction.MAX, none));
    assertEquals(0f, Reduce.all(Reduction.SUM, none));
    assertEquals(0f, Reduce.all(Reduction.SUM_OF_SQUARES, none));
    assertEquals(Float.NaN, Reduce.all(Reduction.MEAN, none));
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(TRANSPOSED);
  }
}
