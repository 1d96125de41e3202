package dev.lanewise.suite.properties;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Samples;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Mix;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * A shift of a feature changes nothing, a scale nothing but through eps: batch norm of s·z + c with
 * eps·s² is that of z with eps, and of its negative for s &lt; 0.
 *
 * <p>The inputs are multiples of 1/64 below 4, so that s·z + c is a float. Tolerance: the sum of
 * both outputs' figures. A power of two moves no digit: the same bits.
 */
class BatchNormInvarianceTest {
  private static final Accuracy SHIFT_AND_SCALE = new Accuracy("batch norm, shifted and scaled");
  private static final Accuracy POWERS = new Accuracy("batch norm, scaled by powers of 2");
  private static final double EPS = 1e-3;

  /** What a batch norm of such gamma and eps makes of s·z + c. */
  private record Pass(SampleShape shape, double s, double c) {
    Samples x() {
      Mix mix = shape.mix();
      return shape.samples(() -> s * ((mix.below(513) - 256) / 64.0) + c);
    }

    FloatSpan gamma() {
      Mix mix = new Mix(~shape.seed());
      return shape.span(() -> Math.signum(s) * (1 + mix.normal()));
    }

    FloatSpan beta() {
      Mix mix = new Mix(shape.seed() + 1);
      return shape.span(mix::normal);
    }

    Samples y() {
      Samples y = shape.samples();
      BatchStatistics statistics = new BatchStatistics(shape.n());
      new BatchNorm(gamma(), beta(), EPS * s * s).forward(x(), statistics, y);
      return y;
    }

    double[] figure() {
      double[] x = SampleShape.wide(x());
      return shape.figures(x, EPS * s * s).forward(Views.wide(gamma()), Views.wide(beta()));
    }
  }

  @Property
  void shiftAndScaleChangeNothing(
      @ForAll(supplier = SampleShape.Any.class) SampleShape shape,
      @ForAll @IntRange(min = -15, max = 15) int s,
      @ForAll @IntRange(min = -512, max = 512) int sixteenths) {
    Pass before = new Pass(shape, 1, 0);
    Pass after = new Pass(shape, s == 0 ? 1 : s, 16.0 * sixteenths);
    double[] errors = before.figure();
    double[] more = after.figure();
    Arrays.setAll(errors, i -> errors[i] + more[i]);
    SHIFT_AND_SCALE.check(
        shape.m(),
        shape.n(),
        SampleShape.elements(after.y()),
        SampleShape.wide(before.y()),
        Bound.componentwise(errors),
        after.toString());
  }

  @Property
  void powersOfTwoChangeNoBit(
      @ForAll(supplier = SampleShape.Any.class) SampleShape shape,
      @ForAll @IntRange(min = -30, max = 30) int exponent) {
    Pass before = new Pass(shape, 1, 0);
    Pass after = new Pass(shape, Math.scalb(1.0, exponent), 0);
    POWERS.checkBits(
        shape.m(),
        shape.n(),
        SampleShape.elements(after.y()),
        SampleShape.elements(before.y()),
        after.toString());
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(SHIFT_AND_SCALE);
    System.out.println(POWERS);
  }
}
