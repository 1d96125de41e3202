package dev.lanewise.suite.bits;

import static dev.lanewise.suite.engine.Views.matrix;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Values;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A row computed alone has the bits that it has in its batch: the batch never enters. */
@EveryFork
class RowAloneTest {
  @FunctionalInterface
  private interface RowWise {
    void run(FloatMatrix x, FloatMatrix y);
  }

  @Property
  void gemm(
      @ForAll(supplier = Cases.Products.class) Cases.Product p,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll Values values,
      @ForAll long seed) {
    FloatMatrix b = matrix(layouts.get(2).operand(p.k(), p.n(), values, new Mix(~seed)));
    RowWise gemm = (a, c) -> Gemm.gemm(1.5f, a, b, beta, c);
    check(gemm, p.m(), p.k(), p.n(), layouts, values, seed);
  }

  @Property
  void gemmOfOneColumn(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape a,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll long seed) {
    FloatMatrix b = matrix(layouts.get(2).operand(a.n(), 1, Values.WIDE, new Mix(~seed)));
    RowWise gemm = (x, c) -> Gemm.gemm(1.5f, x, b, beta, c);
    check(gemm, a.m(), a.n(), 1, layouts, Values.WIDE, seed);
  }

  @Property
  void softmax(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    check(Softmax::forward, shape.m(), shape.n(), shape.n(), layouts, values, seed);
  }

  @Property
  void batchNormInference(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int n = shape.n();
    Mix mix = new Mix(~seed);
    FloatSpan[] spans = new FloatSpan[4];
    for (int i = 0; i < spans.length; i++) {
      spans[i] = matrix(layouts.get(i).operand(1, n, Values.ORDINARY, mix)).row(0);
    }
    RowWise inference =
        (x, y) -> new BatchNorm(spans[0], spans[1], 1e-5).inference(x, spans[2], spans[3], y);
    check(inference, shape.m(), n, n, layouts, values, seed);
  }

  private static void check(
      RowWise operation, int m, int from, int to, List<Layout> layouts, Values values, long seed) {
    Mix mix = new Mix(seed);
    FloatMatrix x = matrix(layouts.get(0).operand(m, from, values, mix));
    FloatMatrix batch = matrix(layouts.get(1).distinct().operand(m, to, values, mix));
    FloatMatrix alone = Views.copy(batch);
    operation.run(x, batch);
    for (int i = 0; i < m; i++) {
      operation.run(x.rows(i, i + 1), alone.rows(i, i + 1));
    }
    Bits.assertEqual("rows alone " + alone, alone.array(), batch.array(), "seed=" + seed);
  }
}
