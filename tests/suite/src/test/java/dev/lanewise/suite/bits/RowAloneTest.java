package dev.lanewise.suite.bits;

import static dev.lanewise.suite.engine.Views.matrix;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.kernels.Standardize;
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
      @ForAll boolean relu,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int n = shape.n();
    FloatSpan[] spans = spans(4, n, layouts, seed);
    BatchNorm norm = new BatchNorm(spans[0], spans[1], 1e-5);
    BatchNorm used = relu ? norm.relu() : norm;
    RowWise inference = (x, y) -> used.inference(x, spans[2], spans[3], y);
    check(inference, shape.m(), n, n, layouts, values, seed);
  }

  /** dX in the place of dY. */
  @Property(tries = 100)
  void batchNormInferenceBackward(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll boolean relu,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int n = shape.n();
    FloatSpan[] spans = spans(4, n, layouts, seed);
    BatchNorm norm = new BatchNorm(spans[0], spans[1], 1e-5);
    BatchNorm used = relu ? norm.relu() : norm;
    FloatSpan dgamma = FloatSpan.zeros(n);
    FloatSpan dbeta = FloatSpan.zeros(n);
    RowWise backward = (x, d) -> used.inferenceBackward(x, d, spans[2], spans[3], d, dgamma, dbeta);
    check(backward, shape.m(), n, n, layouts, values, seed);
  }

  /** A matrix of a batch of them, with a channel in each row. */
  @Property(tries = 100)
  void channelsInference(
      @ForAll(supplier = Cases.ShortChannels.class) Cases.Channels c,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Mix mix = new Mix(seed);
    int rows = c.size() * c.channels();
    FloatSpan[] spans = spans(4, c.channels(), layouts, seed);
    BatchNorm norm = new BatchNorm(spans[0], spans[1], 1e-5);
    FloatMatrix x = matrix(layouts.get(0).operand(rows, c.length(), values, mix));
    FloatMatrix batch = matrix(layouts.get(1).distinct().operand(rows, c.length(), values, mix));
    FloatMatrix alone = Views.copy(batch);
    Arrangement all = new Arrangement.ChannelsFirst(c.size(), c.channels());
    norm.inference(all.of(x), spans[2], spans[3], all.of(batch));
    Arrangement one = new Arrangement.ChannelsFirst(1, c.channels());
    for (int from = 0; from < rows; from += c.channels()) {
      int to = from + c.channels();
      norm.inference(one.of(x.rows(from, to)), spans[2], spans[3], one.of(alone.rows(from, to)));
    }
    Bits.assertEqual("matrices alone " + c, alone.array(), batch.array(), "seed=" + seed);
  }

  @Property(tries = 100)
  void layerNorm(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int n = shape.n();
    FloatSpan[] spans = spans(2, n, layouts, seed);
    LayerNorm norm = new LayerNorm(spans[0], spans[1], 1e-5);
    check(norm::forward, shape.m(), n, n, layouts, values, seed);
    FloatSpan dgamma = FloatSpan.zeros(n);
    FloatSpan dbeta = FloatSpan.zeros(n);
    RowWise backward = (x, d) -> norm.backward(x, d, d, dgamma, dbeta);
    check(backward, shape.m(), n, n, layouts, values, seed);
  }

  @Property(tries = 100)
  void rmsNorm(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int n = shape.n();
    RmsNorm norm = new RmsNorm(spans(1, n, layouts, seed)[0], 1e-5);
    check(norm::forward, shape.m(), n, n, layouts, values, seed);
    FloatSpan dgamma = FloatSpan.zeros(n);
    RowWise backward = (x, d) -> norm.backward(x, d, d, dgamma);
    check(backward, shape.m(), n, n, layouts, values, seed);
  }

  @Property(tries = 100)
  void standardize(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int n = shape.n();
    Standardize standardize = new Standardize(n, 1e-5);
    standardize.fit(matrix(layouts.get(2).operand(70, n, Values.ORDINARY, new Mix(~seed))));
    check(standardize::apply, shape.m(), n, n, layouts, values, seed);
  }

  private static FloatSpan[] spans(int count, int n, List<Layout> layouts, long seed) {
    Mix mix = new Mix(~seed);
    FloatSpan[] spans = new FloatSpan[count];
    for (int i = 0; i < count; i++) {
      spans[i] = matrix(layouts.get(i).operand(1, n, Values.ORDINARY, mix)).row(0);
    }
    return spans;
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
