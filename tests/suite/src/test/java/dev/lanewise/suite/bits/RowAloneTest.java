package dev.lanewise.suite.bits;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.testkit.Bits;
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
    FloatMatrix b = layouts.get(2).of(p.k(), p.n(), values, new Mix(~seed));
    RowWise gemm = (a, c) -> Gemm.gemm(1.5f, a, b, beta, c);
    check(gemm, p.m(), p.k(), p.n(), layouts, values, seed);
  }

  @Property
  void gemmOfOneColumn(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape a,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll long seed) {
    FloatMatrix b = layouts.get(2).of(a.n(), 1, Values.WIDE, new Mix(~seed));
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
      spans[i] = layouts.get(i).of(1, n, Values.ORDINARY, mix).row(0);
    }
    RowWise inference =
        (x, y) -> BatchNorm.inference(x, spans[0], spans[1], spans[2], spans[3], 1e-5, y);
    check(inference, shape.m(), n, n, layouts, values, seed);
  }

  private static void check(
      RowWise operation, int m, int from, int to, List<Layout> layouts, Values values, long seed) {
    Mix mix = new Mix(seed);
    FloatMatrix x = layouts.get(0).of(m, from, values, mix);
    FloatMatrix batch = layouts.get(1).distinct().of(m, to, values, mix);
    FloatMatrix alone = Layout.copy(batch);
    operation.run(x, batch);
    for (int i = 0; i < m; i++) {
      operation.run(x.rows(i, i + 1), alone.rows(i, i + 1));
    }
    Bits.assertEqual("rows alone " + alone, alone.array(), batch.array(), "seed=" + seed);
  }
}
