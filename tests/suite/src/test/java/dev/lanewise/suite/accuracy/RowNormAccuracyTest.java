package dev.lanewise.suite.accuracy;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.suite.properties.Batch;
import dev.lanewise.suite.properties.FeatureMaps;
import dev.lanewise.suite.properties.Figures;
import dev.lanewise.suite.properties.RowNormFigures;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.ColumnSumsOracle;
import dev.lanewise.testkit.oracle.LayerNormOracle;
import dev.lanewise.testkit.oracle.RmsNormOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** Layer and RMS normalisation and their gradients within {@link RowNormFigures}. */
class RowNormAccuracyTest {
  private static final double EPS = 1e-5;

  private static final Accuracy LAYER = new Accuracy("LayerNorm.forward");
  private static final Accuracy LAYER_DX = new Accuracy("LayerNorm.backward dx");
  private static final Accuracy LAYER_DGAMMA = new Accuracy("LayerNorm.backward dgamma");
  private static final Accuracy LAYER_DBETA = new Accuracy("LayerNorm.backward dbeta");
  private static final Accuracy RMS = new Accuracy("RmsNorm.forward");
  private static final Accuracy RMS_DX = new Accuracy("RmsNorm.backward dx");
  private static final Accuracy RMS_DGAMMA = new Accuracy("RmsNorm.backward dgamma");

  /** Operands of rows, one of them an input. */
  private record Rows(FloatMatrix x, Layout layout, FloatSpan gamma, FloatSpan beta) {
    static Rows of(FeatureMaps maps) {
      Mix mix = new Mix(~maps.seed());
      Layout layout = maps.seed() % 2 == 0 ? Layout.DENSE : Layout.STRIDED_COLUMNS;
      int n = maps.length();
      FloatSpan gamma = Views.span(layout, n, mix::normal);
      return new Rows(maps.x().get(0), layout, gamma, Views.span(layout, n, mix::normal));
    }

    int m() {
      return x.rows();
    }

    int n() {
      return x.columns();
    }

    FloatMatrix output() {
      return Views.matrix(layout, m(), n());
    }

    FloatMatrix gradient(FeatureMaps maps, Batch.Pattern pattern) {
      return new Batch(m(), n(), layout, pattern, 0, 1, ~maps.seed()).z();
    }
  }

  @Property
  void layerForward(@ForAll(supplier = FeatureMaps.OneMatrix.class) FeatureMaps maps) {
    Rows rows = Rows.of(maps);
    FloatMatrix y = rows.output();
    new LayerNorm(rows.gamma, rows.beta, EPS).forward(rows.x, y);
    double[] x = Views.wide(rows.x);
    double[] g = Views.wide(rows.gamma);
    double[] b = Views.wide(rows.beta);
    LAYER.check(
        rows.m(),
        rows.n(),
        y::get,
        LayerNormOracle.forward(rows.m(), rows.n(), x, g, b, EPS),
        Bound.componentwise(RowNormFigures.layer(rows.m(), rows.n(), x, EPS).forward(g, b)),
        maps.toString());
  }

  @Property
  void layerBackward(
      @ForAll(supplier = FeatureMaps.OneMatrix.class) FeatureMaps maps,
      @ForAll Batch.Pattern pattern) {
    Rows rows = Rows.of(maps);
    int m = rows.m();
    int n = rows.n();
    FloatMatrix dy = rows.gradient(maps, pattern);
    FloatMatrix dx = rows.output();
    FloatSpan dgamma = Views.span(rows.layout, n);
    FloatSpan dbeta = Views.span(rows.layout, n);
    new LayerNorm(rows.gamma, rows.beta, EPS).backward(rows.x, dy, dx, dgamma, dbeta);
    double[] x = Views.wide(rows.x);
    double[] d = Views.wide(dy);
    double[] g = Views.wide(rows.gamma);
    RowNormFigures figures = RowNormFigures.layer(m, n, x, EPS);
    String context = maps + " dY=" + pattern;
    LAYER_DX.check(
        m,
        n,
        dx::get,
        LayerNormOracle.dx(m, n, x, g, EPS, d),
        Bound.componentwise(figures.dx(g, d)),
        context);
    LAYER_DGAMMA.check(
        Views.dense(dgamma),
        LayerNormOracle.dgamma(m, n, x, EPS, d),
        Bound.componentwise(figures.dgamma(d)),
        context);
    double[] sums = LayerNormOracle.dbeta(m, n, d);
    double[] errors = ColumnSumsOracle.magnitude(m, n, d);
    for (int j = 0; j < n; j++) {
      errors[j] = Figures.columnSum(errors[j], sums[j]);
    }
    LAYER_DBETA.check(Views.dense(dbeta), sums, Bound.componentwise(errors), context);
  }

  @Property
  void rmsForward(@ForAll(supplier = FeatureMaps.OneMatrix.class) FeatureMaps maps) {
    Rows rows = Rows.of(maps);
    FloatMatrix y = rows.output();
    new RmsNorm(rows.gamma, EPS).forward(rows.x, y);
    double[] x = Views.wide(rows.x);
    double[] g = Views.wide(rows.gamma);
    double[] none = new double[rows.n()];
    RMS.check(
        rows.m(),
        rows.n(),
        y::get,
        RmsNormOracle.forward(rows.m(), rows.n(), x, g, EPS),
        Bound.componentwise(RowNormFigures.rms(rows.m(), rows.n(), x, EPS).forward(g, none)),
        maps.toString());
  }

  @Property
  void rmsBackward(
      @ForAll(supplier = FeatureMaps.OneMatrix.class) FeatureMaps maps,
      @ForAll Batch.Pattern pattern) {
    Rows rows = Rows.of(maps);
    int m = rows.m();
    int n = rows.n();
    FloatMatrix dy = rows.gradient(maps, pattern);
    FloatMatrix dx = rows.output();
    FloatSpan dgamma = Views.span(rows.layout, n);
    new RmsNorm(rows.gamma, EPS).backward(rows.x, dy, dx, dgamma);
    double[] x = Views.wide(rows.x);
    double[] d = Views.wide(dy);
    double[] g = Views.wide(rows.gamma);
    RowNormFigures figures = RowNormFigures.rms(m, n, x, EPS);
    String context = maps + " dY=" + pattern;
    RMS_DX.check(
        m,
        n,
        dx::get,
        RmsNormOracle.dx(m, n, x, g, EPS, d),
        Bound.componentwise(figures.dx(g, d)),
        context);
    RMS_DGAMMA.check(
        Views.dense(dgamma),
        RmsNormOracle.dgamma(m, n, x, EPS, d),
        Bound.componentwise(figures.dgamma(d)),
        context);
  }

  @AfterContainer
  static void printWorst() {
    Accuracy[] all = {LAYER, LAYER_DX, LAYER_DGAMMA, LAYER_DBETA, RMS, RMS_DX, RMS_DGAMMA};
    for (Accuracy accuracy : all) {
      System.out.println(accuracy);
    }
  }
}
