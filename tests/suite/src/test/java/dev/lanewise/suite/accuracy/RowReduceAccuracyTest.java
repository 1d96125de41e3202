package dev.lanewise.suite.accuracy;

import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.suite.properties.Batch;
import dev.lanewise.suite.properties.Figures;
import dev.lanewise.suite.properties.Logits;
import dev.lanewise.suite.properties.RowFigures;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.ColumnSumsOracle;
import dev.lanewise.testkit.oracle.RowSumsOracle;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Every reduction of rows, of columns and of a whole matrix within the figures of its
 * documentation, of which a sum of products has one u more than a sum, and a mean the rounding of
 * its quotient.
 *
 * <p>Along a row of up to 4096 elements a term passes through the n/64 additions to its lane, the
 * first of which is exact but for a product's rounding, and 6 folds; beyond, through 69 or 70 and a
 * fold for each doubling. Down a column a product is rounded once, fused with its neighbour once,
 * and goes on the way that {@link ReduceAccuracyTest} describes.
 */
class RowReduceAccuracyTest {
  private static final Accuracy ROWS = new Accuracy("Reduce.rows");
  private static final Accuracy COLUMNS = new Accuracy("Reduce.columns");
  private static final Accuracy ALL = new Accuracy("Reduce.all");
  private static final Accuracy ROW_DOTS = new Accuracy("Reduce.rowDots");
  private static final Accuracy COLUMN_DOTS = new Accuracy("Reduce.columnDots");
  private static final Accuracy DOT = new Accuracy("Reduce.dot");

  private static final int LANES = 64;

  /** In one of the logits' shapes, whose patterns have another meaning here. */
  private static FloatMatrix elements(Logits shape, int period, boolean squared) {
    Mix mix = new Mix(shape.seed());
    double centre = shape.shift() / 100;
    int[] next = {0};
    return Views.matrix(
        shape.layout(),
        shape.rows(),
        shape.columns(),
        () -> {
          int place = next[0]++ % period;
          return shape.pattern() == Logits.Pattern.NORMAL
              ? shape.spread() * (centre + mix.normal())
              : swamped(place, squared);
        });
  }

  /**
   * A 1, and in its lane elements just small enough, or whose squares are, to be lost in each
   * addition: the largest error of a sum.
   */
  private static double swamped(int place, boolean squared) {
    double lost = squared ? 0.99 * 0x1p-12 : 0.98 * U;
    return place == 0 ? 1 : place % LANES == 0 ? lost : 0;
  }

  private static FloatMatrix factors(Logits shape) {
    Mix mix = new Mix(~shape.seed());
    boolean normal = shape.pattern() == Logits.Pattern.NORMAL;
    return Views.matrix(
        shape.layout(), shape.rows(), shape.columns(), () -> normal ? mix.normal() : 1);
  }

  /** What is added: elements, or of a sum of squares theirs. */
  private static double[] terms(Reduction reduction, double[] x) {
    return reduction == Reduction.SUM_OF_SQUARES ? RowSumsOracle.products(x, x) : x;
  }

  private static double[] divided(double[] sums, int count) {
    return Arrays.stream(sums).map(sum -> sum / count).toArray();
  }

  private static double[] maxima(int m, int n, double[] x) {
    double[] maxima = new double[m];
    for (int i = 0; i < m; i++) {
      maxima[i] = Arrays.stream(x, i * n, (i + 1) * n).max().orElseThrow();
    }
    return maxima;
  }

  @Property
  void rows(@ForAll(supplier = Logits.Any.class) Logits shape) {
    int m = shape.rows();
    int n = shape.columns();
    for (Reduction reduction : Reduction.values()) {
      FloatMatrix x = elements(shape, n, reduction == Reduction.SUM_OF_SQUARES);
      FloatSpan result = Views.span(shape.layout(), m);
      Reduce.rows(reduction, x, result);
      checkRows(ROWS, reduction, m, n, Views.wide(x), Views.dense(result), shape);
    }
  }

  @Property
  void all(@ForAll(supplier = Logits.Any.class) Logits shape) {
    int size = shape.rows() * shape.columns();
    for (Reduction reduction : Reduction.values()) {
      FloatMatrix x = elements(shape, size, reduction == Reduction.SUM_OF_SQUARES);
      float[] result = {Reduce.all(reduction, x)};
      checkRows(ALL, reduction, 1, size, Views.wide(x), result, shape);
    }
  }

  private static void checkRows(
      Accuracy accuracy,
      Reduction reduction,
      int m,
      int n,
      double[] x,
      float[] actual,
      Logits shape) {
    double[] terms = terms(reduction, x);
    double[] sums = RowSumsOracle.sums(m, n, terms);
    double[] exact =
        switch (reduction) {
          case SUM, SUM_OF_SQUARES -> sums;
          case MEAN -> divided(sums, n);
          case MAX -> maxima(m, n, x);
        };
    double[] errors = RowSumsOracle.magnitude(m, n, terms);
    for (int i = 0; i < m; i++) {
      double error = RowFigures.sum(n, errors[i]);
      errors[i] =
          switch (reduction) {
            case SUM -> error;
            case MEAN -> error / n + U * Math.abs(exact[i]);
            case SUM_OF_SQUARES -> error + U * errors[i];
            case MAX -> 0;
          };
    }
    accuracy.check(actual, exact, Bound.componentwise(errors), reduction + ", " + shape);
  }

  @Property
  void columns(@ForAll(supplier = Batch.Any.class) Batch batch) {
    FloatMatrix x = batch.z();
    int m = x.rows();
    int n = x.columns();
    for (Reduction reduction : Reduction.values()) {
      FloatSpan result = Views.span(batch.layout(), n);
      Reduce.columns(reduction, x, result);
      double[] terms = terms(reduction, Views.wide(x));
      double[] sums = ColumnSumsOracle.sums(m, n, terms);
      double[] exact =
          switch (reduction) {
            case SUM, SUM_OF_SQUARES -> sums;
            case MEAN -> divided(sums, m);
            case MAX -> maxima(n, m, Views.wide(x.transpose()));
          };
      double[] errors = ColumnSumsOracle.magnitude(m, n, terms);
      for (int j = 0; j < n; j++) {
        double error = Figures.columnSum(errors[j], sums[j]);
        errors[j] =
            switch (reduction) {
              case SUM -> error;
              case MEAN -> error / m + U * Math.abs(exact[j]);
              case SUM_OF_SQUARES -> error + U * errors[j];
              case MAX -> 0;
            };
      }
      String context = reduction + ", " + batch;
      COLUMNS.check(Views.dense(result), exact, Bound.componentwise(errors), context);
    }
  }

  @Property
  void rowDots(@ForAll(supplier = Logits.Any.class) Logits shape) {
    int m = shape.rows();
    int n = shape.columns();
    FloatMatrix x = elements(shape, n, false);
    FloatMatrix y = factors(shape);
    FloatSpan result = Views.span(shape.layout(), m);
    Reduce.rowDots(x, y, result);
    double[] products = RowSumsOracle.products(Views.wide(x), Views.wide(y));
    checkDots(ROW_DOTS, m, n, products, Views.dense(result), shape);
  }

  @Property
  void dot(@ForAll(supplier = Logits.Any.class) Logits shape) {
    int size = shape.rows() * shape.columns();
    FloatMatrix x = elements(shape, size, false);
    FloatMatrix y = factors(shape);
    float[] result = {Reduce.dot(x, y)};
    checkDots(DOT, 1, size, RowSumsOracle.products(Views.wide(x), Views.wide(y)), result, shape);
  }

  private static void checkDots(
      Accuracy accuracy, int m, int n, double[] products, float[] actual, Logits shape) {
    double[] exact = RowSumsOracle.sums(m, n, products);
    double[] errors = RowSumsOracle.magnitude(m, n, products);
    for (int i = 0; i < m; i++) {
      errors[i] = RowFigures.sum(n, errors[i]) + U * errors[i];
    }
    accuracy.check(actual, exact, Bound.componentwise(errors), shape.toString());
  }

  @Property
  void columnDots(@ForAll(supplier = Batch.Any.class) Batch batch) {
    FloatMatrix x = batch.z();
    int m = x.rows();
    int n = x.columns();
    Mix mix = new Mix(~batch.seed());
    boolean swamped = batch.pattern() == Batch.Pattern.SWAMPED;
    FloatMatrix y = Views.matrix(batch.layout(), m, n, () -> swamped ? 1 : mix.normal());
    FloatSpan result = Views.span(batch.layout(), n);
    Reduce.columnDots(x, y, result);
    double[] products = RowSumsOracle.products(Views.wide(x), Views.wide(y));
    double[] exact = ColumnSumsOracle.sums(m, n, products);
    double[] errors = ColumnSumsOracle.magnitude(m, n, products);
    for (int j = 0; j < n; j++) {
      errors[j] = Figures.columnSum(errors[j], exact[j]) + U * errors[j];
    }
    COLUMN_DOTS.check(Views.dense(result), exact, Bound.componentwise(errors), batch.toString());
  }

  @AfterContainer
  static void printWorst() {
    for (Accuracy accuracy : new Accuracy[] {ROWS, COLUMNS, ALL, ROW_DOTS, COLUMN_DOTS, DOT}) {
      System.out.println(accuracy);
    }
  }
}
