package dev.lanewise.suite.accuracy;

import static dev.lanewise.suite.properties.Figures.SUBNORMAL;
import static dev.lanewise.testkit.Bound.U;
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
import java.util.List;
import java.util.function.IntToDoubleFunction;
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
 * root, which adds 1, eps and the division 1 each: 6·|step|, and the difference 1·|p|. A decay is a
 * factor of p that is rounded once: |kept·p| more.
 *
 * <p>RMSprop is without corrections: 5·|step|. In momentum beta and the new v are rounded, then the
 * rate and p; Nesterov's point ahead counts beta and its sum beside the rate.
 */
class UpdateAccuracyTest {
  private static final int STEPS = 6;
  private static final double RATE = 0.003;

  private static final Accuracy DESCENT = new Accuracy("Update.gradientDescent");
  private static final Accuracy FIRST = new Accuracy("Update.adam, first moment");
  private static final Accuracy SECOND = new Accuracy("Update.adam, second moment");
  private static final Accuracy STEP = new Accuracy("Update.adam, parameters");
  private static final Accuracy DECAYED = new Accuracy("Update.adamW, parameters");
  private static final Accuracy VELOCITY = new Accuracy("Update.momentum, velocity");
  private static final Accuracy MOMENTUM = new Accuracy("Update.momentum, parameters");
  private static final Accuracy NESTEROV = new Accuracy("Update.nesterov, parameters");
  private static final Accuracy SQUARES = new Accuracy("Update.rmsProp, squares");
  private static final Accuracy RMS_PROP = new Accuracy("Update.rmsProp, parameters");

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

  /** An update's number beta or rho, the usual ones first. */
  private static double weight(MatrixCase given) {
    return new double[] {0.9, 0, 0.99, 0.3}[(int) Math.floorMod(given.seed(), 4L)];
  }

  /** Those of every other seed are 0: the step is all of what comes out then. */
  private static FloatSpan parameters(MatrixCase given, Mix mix) {
    double scale = (given.seed() & 8) == 0 ? 0 : 1;
    return Views.span(given.output(), given.columns(), () -> scale * mix.normal());
  }

  @Property
  void momentum(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = -15, max = 12) int exponent,
      @ForAll boolean ahead) {
    int length = given.columns();
    Mix mix = new Mix(given.seed());
    double beta = weight(given);
    OptimizerOracle rule =
        ahead ? OptimizerOracle.nesterov(RATE, beta) : OptimizerOracle.momentum(RATE, beta);
    double scale = Math.pow(10, exponent);
    FloatSpan p = parameters(given, mix);
    FloatSpan v = Views.span(given.output(), length, () -> 0);
    for (int t = 1; t <= STEPS; t++) {
      FloatSpan g = Views.span(given.input(), length, () -> scale * mix.normal());
      double[] oldP = Views.wide(p);
      double[] oldV = Views.wide(v);
      double[] slope = Views.wide(g);
      String context = given + " exponent=" + exponent + " t=" + t;
      if (ahead) {
        Update.nesterov(p, g, v, RATE, beta);
      } else {
        Update.momentum(p, g, v, RATE, beta);
      }
      double[] sums = rule.nextStates(t, new double[][] {oldV}, oldP, slope)[0];
      Bound figure = errors(length, i -> U * (Math.abs(beta * oldV[i]) + Math.abs(sums[i])));
      VELOCITY.check(Views.dense(v), sums, figure, context);
      double[] newV = Views.wide(v);
      double[] newP = rule.step(t, oldP, slope, new double[][] {newV});
      if (ahead) {
        figure =
            errors(
                length,
                i -> {
                  double point = Math.abs(slope[i] + beta * newV[i]);
                  double moved = RATE * (2 * point + Math.abs(beta * newV[i]));
                  return U * (Math.abs(newP[i]) + moved);
                });
        NESTEROV.check(Views.dense(p), newP, figure, context);
      } else {
        figure = errors(length, i -> U * (Math.abs(newP[i]) + Math.abs(newP[i] - oldP[i])));
        MOMENTUM.check(Views.dense(p), newP, figure, context);
      }
    }
  }

  @Property
  void rmsProp(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = -15, max = 12) int exponent) {
    int length = given.columns();
    Mix mix = new Mix(given.seed());
    double rho = weight(given);
    double eps = 1e-7;
    OptimizerOracle rule = OptimizerOracle.rmsProp(RATE, rho, eps);
    double scale = Math.pow(10, exponent);
    FloatSpan p = parameters(given, mix);
    FloatSpan s = Views.span(given.output(), length, () -> 0);
    for (int t = 1; t <= STEPS; t++) {
      FloatSpan g = Views.span(given.input(), length, () -> scale * mix.normal());
      double[] oldP = Views.wide(p);
      double[] oldS = Views.wide(s);
      double[] slope = Views.wide(g);
      String context = given + " exponent=" + exponent + " t=" + t;
      Update.rmsProp(p, g, s, RATE, rho, eps);
      double[] means = rule.nextStates(t, new double[][] {oldS}, oldP, slope)[0];
      SQUARES.check(Views.dense(s), means, squares(rho, oldS, slope), context);
      double[] newP = rule.step(t, oldP, slope, new double[][] {Views.wide(s)});
      Bound figure = errors(length, i -> U * (Math.abs(newP[i]) + 5 * Math.abs(newP[i] - oldP[i])));
      RMS_PROP.check(Views.dense(p), newP, figure, context);
    }
  }

  /** Without a decay, and with ones that keep most of p, a tenth, or minus half of it. */
  @Property
  void adam(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = -15, max = 12) int exponent,
      @ForAll @IntRange(min = 1, max = 100000) int firstStep,
      @ForAll @IntRange(max = 3) int kept) {
    int length = given.columns();
    Mix mix = new Mix(given.seed());
    double scale = Math.pow(10, exponent);
    FloatSpan p = parameters(given, mix);
    FloatSpan v = Views.span(given.output(), length, () -> 0);
    FloatSpan s = Views.span(given.output(), length, () -> 0);
    double[] beta1s = {0.9, 0, 0.5};
    double[] beta2s = {0.999, 0.99, 0.3};
    double[] decays = {0, 0.07, 0.9 / RATE, 1.5 / RATE};
    int kind = (int) Math.floorMod(given.seed(), 3L);
    for (int t = firstStep; t < firstStep + STEPS; t++) {
      FloatSpan g = Views.span(given.input(), length, () -> scale * mix.normal());
      String context = given + " exponent=" + exponent + " t=" + t + " decay=" + decays[kept];
      adamStep(t, beta1s[kind], beta2s[kind], decays[kept], p, g, v, s, context);
    }
  }

  private static void adamStep(
      int t,
      double beta1,
      double beta2,
      double decay,
      FloatSpan p,
      FloatSpan g,
      FloatSpan v,
      FloatSpan s,
      String context) {
    double eps = 1e-8;
    double[] oldP = Views.wide(p);
    double[] oldV = Views.wide(v);
    double[] oldS = Views.wide(s);
    double[] slope = Views.wide(g);
    OptimizerOracle rule;
    if (decay == 0) {
      Update.adam(p, g, v, s, t, RATE, beta1, beta2, eps);
      rule = OptimizerOracle.adam(RATE, beta1, beta2, eps);
    } else {
      Update.adamW(p, g, v, s, t, RATE, beta1, beta2, eps, decay);
      rule = OptimizerOracle.adamW(RATE, beta1, beta2, eps, decay);
    }

    int n = oldP.length;
    double[][] moments = rule.nextStates(t, new double[][] {oldV, oldS}, oldP, slope);
    Bound figure =
        errors(n, i -> U * (2 * Math.abs(beta1 * oldV[i]) + 3 * Math.abs((1 - beta1) * slope[i])));
    FIRST.check(Views.dense(v), moments[0], figure, context);
    SECOND.check(Views.dense(s), moments[1], squares(beta2, oldS, slope), context);
    double[] newP = rule.step(t, oldP, slope, new double[][] {Views.wide(v), Views.wide(s)});
    double[] errors = new double[n];
    for (int i = 0; i < n; i++) {
      double kept = (1 - RATE * decay) * oldP[i];
      errors[i] = U * (Math.abs(newP[i]) + 6 * Math.abs(newP[i] - kept));
      errors[i] += decay == 0 ? 0 : U * Math.abs(kept);
    }
    Accuracy parameters = decay == 0 ? STEP : DECAYED;
    parameters.check(Views.dense(p), newP, Bound.componentwise(errors), context);
  }

  /** Of the running mean of squares: u·(2·rho·s + 4·(1 - rho)·g²) + 2^-148. */
  private static Bound squares(double rho, double[] old, double[] slope) {
    return errors(old.length, i -> U * (2 * rho * old[i] + 4 * (1 - rho) * slope[i] * slope[i]));
  }

  /** Errors of so many elements, each and 2^-148. */
  private static Bound errors(int length, IntToDoubleFunction error) {
    double[] errors = new double[length];
    for (int i = 0; i < length; i++) {
      errors[i] = error.applyAsDouble(i) + SUBNORMAL;
    }
    return Bound.componentwise(errors);
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
    Update.momentum(p, zero, FloatSpan.zeros(length), 0.1, 0.9);
    Update.nesterov(p, zero, FloatSpan.zeros(length), 0.1, 0.9);
    Update.rmsProp(p, zero, FloatSpan.zeros(length), 0.1, 0.9, 1e-8);
    Update.adam(p, zero, FloatSpan.zeros(length), FloatSpan.zeros(length), 1, 1, 0.9, 0.9, 1e-8);
    assertEquals(Arrays.toString(before), Arrays.toString(p.array()));
  }

  @AfterContainer
  static void printWorst() {
    List.of(DESCENT, VELOCITY, MOMENTUM, NESTEROV, SQUARES, RMS_PROP, FIRST, SECOND, STEP, DECAYED)
        .forEach(System.out::println);
  }
}
