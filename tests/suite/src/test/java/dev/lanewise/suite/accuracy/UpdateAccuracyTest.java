package dev.lanewise.suite.accuracy;

import static dev.lanewise.suite.properties.Figures.SUBNORMAL;
import static dev.lanewise.suite.properties.Figures.U;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Update;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.suite.properties.Matrices;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.OptimizerOracle;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * The updates over several steps, each checked from the state that the one before it left.
 *
 * <p>Adam, in units of u = 2^-24. A factor beta or 1 - beta is rounded once, a product once, the
 * sum once: v within 2·|beta1·v| + 3·|(1 - beta1)·g|, s within 2·beta2·s + 4·(1 - beta2)·g². In the
 * step the corrected rate and the product with v count 1 each, the corrected s 2, halved by the
 * root, which adds 1, eps and the division 1 each: 6·|step|, and the difference 1·|p|.
 */
class UpdateAccuracyTest {
  private static final int STEPS = 6;

  private static final Accuracy DESCENT = new Accuracy("Update.gradientDescent");
  private static final Accuracy FIRST = new Accuracy("Update.adam, first moment");
  private static final Accuracy SECOND = new Accuracy("Update.adam, second moment");
  private static final Accuracy STEP = new Accuracy("Update.adam, parameters");

  @Property
  void gradientDescent(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = -8, max = 2) int exponent) {
    int length = given.columns();
    Mix mix = new Mix(given.seed());
    FloatSpan p = Views.span(given.output(), length, mix::normal);
    float rate = (float) (1.5 * Math.pow(10, exponent));
    OptimizerOracle rule = OptimizerOracle.gradientDescent(rate);
    String context = given + " exponent=" + exponent;
    for (int step = 1; step <= STEPS; step++) {
      FloatSpan g = Views.span(given.input(), length, mix::normal);
      double[] expected = rule.step(step, Views.wide(p), Views.wide(g), new double[0][]);
      Update.gradientDescent(p, g, rate);
      Bound figure = Bound.ulps(0.5).plus(Bound.relative(0x1p-52));
      DESCENT.check(Views.dense(p), expected, figure, context + " step=" + step);
    }
  }

  @Property
  void adam(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = -15, max = 12) int exponent,
      @ForAll @IntRange(min = 1, max = 100000) int firstStep) {
    int length = given.columns();
    Mix mix = new Mix(given.seed());
    double scale = Math.pow(10, exponent);
    FloatSpan p = Views.span(given.output(), length, mix::normal);
    FloatSpan v = Views.span(given.output(), length, () -> 0);
    FloatSpan s = Views.span(given.output(), length, () -> 0);
    double[] beta1s = {0.9, 0, 0.5};
    double[] beta2s = {0.999, 0.99, 0.3};
    int kind = (int) Math.floorMod(given.seed(), 3L);
    for (int t = firstStep; t < firstStep + STEPS; t++) {
      FloatSpan g = Views.span(given.input(), length, () -> scale * mix.normal());
      String context = given + " exponent=" + exponent + " t=" + t;
      adamStep(t, beta1s[kind], beta2s[kind], p, g, v, s, context);
    }
  }

  private static void adamStep(
      int t,
      double beta1,
      double beta2,
      FloatSpan p,
      FloatSpan g,
      FloatSpan v,
      FloatSpan s,
      String context) {
    double rate = 0.003;
    double eps = 1e-8;
    double[] oldP = Views.wide(p);
    double[] oldV = Views.wide(v);
    double[] oldS = Views.wide(s);
    double[] slope = Views.wide(g);
    Update.adam(p, g, v, s, t, rate, beta1, beta2, eps);

    int n = oldP.length;
    double[] errors = new double[n];
    for (int i = 0; i < n; i++) {
      double kept = Math.abs(beta1 * oldV[i]);
      double added = Math.abs((1 - beta1) * slope[i]);
      errors[i] = U * (2 * kept + 3 * added) + SUBNORMAL;
    }
    OptimizerOracle rule = OptimizerOracle.adam(rate, beta1, beta2, eps);
    double[][] moments = rule.nextStates(t, new double[][] {oldV, oldS}, oldP, slope);
    FIRST.check(Views.dense(v), moments[0], Bound.componentwise(errors.clone()), context);
    for (int i = 0; i < n; i++) {
      double added = (1 - beta2) * slope[i] * slope[i];
      errors[i] = U * (2 * beta2 * oldS[i] + 4 * added) + SUBNORMAL;
    }
    SECOND.check(Views.dense(s), moments[1], Bound.componentwise(errors.clone()), context);
    double[] newP = rule.step(t, oldP, slope, new double[][] {Views.wide(v), Views.wide(s)});
    for (int i = 0; i < n; i++) {
      errors[i] = U * (Math.abs(newP[i]) + 6 * Math.abs(newP[i] - oldP[i]));
    }
    STEP.check(Views.dense(p), newP, Bound.componentwise(errors), context);
  }

  /** mhat / sqrt(vhat) = g / |g|: each parameter moves by the rate, against its gradient. */
  @Property
  void firstStepOfAdamIsTheLearningRate(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = -4, max = 8) int exponent) {
    int length = given.columns();
    double scale = Math.pow(10, exponent);
    Mix mix = new Mix(given.seed());
    FloatSpan g = Views.span(given.input(), length, () -> scale * mix.normal());
    FloatSpan p = Views.span(given.output(), length, () -> 0);
    FloatSpan v = Views.span(given.output(), length, () -> 0);
    FloatSpan s = Views.span(given.output(), length, () -> 0);
    double rate = 0.01;
    Update.adam(p, g, v, s, 1, rate, 0.9, 0.999, 1e-8);
    for (int i = 0; i < length; i++) {
      double slope = g.get(i);
      double expected = -rate * slope / (Math.abs(slope) + 1e-8);
      String context = "g=" + slope + " " + given;
      // 10 roundings: 2 of v, 3 of s, halved by the root, 6 of the step and half of p's.
      assertEquals(expected, p.get(i), 10 * U * rate, context);
    }
  }

  @Property
  void zeroGradientsMoveNothing(@ForAll(supplier = Matrices.Medium.class) MatrixCase given) {
    int length = given.columns();
    FloatSpan p = Views.span(given.output(), length, new Mix(given.seed())::normal);
    float[] before = p.array().clone();
    FloatSpan zero = FloatSpan.zeros(length);
    Update.gradientDescent(p, zero, 0.1f);
    Update.adam(p, zero, FloatSpan.zeros(length), FloatSpan.zeros(length), 1, 1, 0.9, 0.9, 1e-8);
    assertEquals(Arrays.toString(before), Arrays.toString(p.array()));
  }

  @AfterContainer
  static void printWorst() {
    for (Accuracy accuracy : new Accuracy[] {DESCENT, FIRST, SECOND, STEP}) {
      System.out.println(accuracy);
    }
  }
}
