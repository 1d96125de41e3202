package dev.lanewise.suite.bits;

import static dev.lanewise.suite.engine.Views.matrix;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Values;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Batch norm fused with ReLU has the bits of the two operations, one after the other. */
@EveryFork
class FusedReluBitsTest {
  @Property
  void matrices(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int m = Math.max(1, shape.m());
    new Case(Arrangement.ROWS, m, shape.n(), shape.n(), layouts, values, seed).check();
  }

  @Property
  void channelsFirst(
      @ForAll(supplier = Cases.ShortChannels.class) Cases.Channels c,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int size = Math.max(1, c.size());
    Arrangement first = new Arrangement.ChannelsFirst(size, c.channels());
    int rows = size * c.channels();
    new Case(first, rows, Math.max(1, c.length()), c.channels(), layouts, values, seed).check();
  }

  /** What scale makes of the samples underflows, and nothing is added: zeros of either sign. */
  @Property(tries = 60)
  void signedZeros(
      @ForAll(supplier = Cases.ShortChannels.class) Cases.Channels c,
      @ForAll boolean first,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll long seed) {
    int size = Math.max(1, c.size());
    int rows = Math.max(1, size * c.channels());
    int length = Math.max(1, c.length());
    Arrangement arrangement = first ? new Arrangement.ChannelsFirst(rows, 1) : Arrangement.ROWS;
    Case zeros =
        new Case(arrangement, rows, length, first ? 1 : length, layouts, Values.UNDERFLOWING, seed);
    Arrays.fill(zeros.beta.array(), 0f);
    zeros.check();
  }

  /** Operands that both ways start from; what they write they write into copies. */
  private static final class Case {
    private final Arrangement arrangement;
    private final FloatMatrix x;
    private final FloatMatrix dy;
    private final FloatMatrix out;
    private final FloatSpan beta;
    private final FloatSpan mean;
    private final FloatSpan variance;
    private final BatchNorm norm;
    private final int features;
    private final String context;

    Case(
        Arrangement arrangement,
        int rows,
        int columns,
        int features,
        List<Layout> layouts,
        Values values,
        long seed) {
      Mix mix = new Mix(seed);
      this.arrangement = arrangement;
      this.features = features;
      x = matrix(layouts.get(0).operand(rows, columns, values, mix));
      dy = matrix(layouts.get(1).operand(rows, columns, values, mix));
      out = matrix(layouts.get(2).distinct().operand(rows, columns, values, mix));
      FloatSpan[] spans = new FloatSpan[4];
      for (int i = 0; i < spans.length; i++) {
        spans[i] = matrix(layouts.get(3).operand(1, features, values, mix)).row(0);
      }
      beta = spans[1];
      norm = new BatchNorm(spans[0], beta, 1e-5);
      mean = spans[2];
      variance = spans[3];
      context = "%s %s %s %s seed=%d".formatted(arrangement, x, layouts, values, seed);
    }

    void check() {
      BatchStatistics s = new BatchStatistics(features);
      FloatMatrix z = Views.copy(out);
      norm.forward(arrangement.of(x), s, arrangement.of(z));
      FloatMatrix fused = Views.copy(out);
      norm.relu().forward(arrangement.of(x), new BatchStatistics(features), arrangement.of(fused));
      compareOutputs("forward", fused, z);
      compareGradients(
          "backward",
          z,
          (n, d, to) ->
              n.backward(
                  arrangement.of(x),
                  arrangement.of(d),
                  s,
                  arrangement.of(to.dx()),
                  to.dgamma().row(0),
                  to.dbeta().row(0)));
      norm.inference(arrangement.of(x), mean, variance, arrangement.of(z));
      norm.relu().inference(arrangement.of(x), mean, variance, arrangement.of(fused));
      compareOutputs("inference", fused, z);
      compareGradients(
          "inferenceBackward",
          z,
          (n, d, to) ->
              n.inferenceBackward(
                  arrangement.of(x),
                  arrangement.of(d),
                  mean,
                  variance,
                  arrangement.of(to.dx()),
                  to.dgamma().row(0),
                  to.dbeta().row(0)));
    }

    private void compareOutputs(String operation, FloatMatrix fused, FloatMatrix z) {
      FloatMatrix y = Views.copy(z);
      Activation.RELU.forward(z, y);
      Bits.assertEqual(operation, fused.array(), y.array(), context);
    }

    @FunctionalInterface
    private interface Backward {
      void run(BatchNorm norm, FloatMatrix d, BatchNormForm.Gradients to);
    }

    private void compareGradients(String operation, FloatMatrix z, Backward backward) {
      BatchNormForm.Gradients fused = gradients();
      backward.run(norm.relu(), dy, fused);
      BatchNormForm.Gradients expected = gradients();
      FloatMatrix d = Views.copy(out);
      Activation.RELU.backward(z, dy, d);
      backward.run(norm, d, expected);
      Bits.assertEqual(operation, fused.dx().array(), expected.dx().array(), context);
      Bits.assertEqual(operation, fused.dgamma().array(), expected.dgamma().array(), context);
      Bits.assertEqual(operation, fused.dbeta().array(), expected.dbeta().array(), context);
    }

    private BatchNormForm.Gradients gradients() {
      FloatMatrix dgamma = FloatMatrix.zeros(1, features);
      return new BatchNormForm.Gradients(Views.copy(out), dgamma, Views.copy(dgamma));
    }
  }
}
