package dev.lanewise.suite.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Samples;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.ActivationOracle;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * The gradients of batch normalisation, of a matrix and with channels first, with ReLU and without,
 * against central differences of L = Σ d·y, which reach the input through the batch's statistics as
 * well; and those of inference, whose statistics are constants.
 *
 * <p>Tolerance: the documented figures, and {@value #DIFFERENCES} for the differences themselves: L
 * is of order 100, which a step of 10^-6 turns into a rounding of 10^-8, and eps = 0.01 keeps the
 * third derivatives below 10^4. Before ReLU no output is nearer to its kink than {@value #MARGIN},
 * where the steps do not lead.
 */
class BatchNormGradientTest {
  static final double DIFFERENCES = 1e-7;
  private static final double EPS = 0.01;
  private static final double MARGIN = 1e-3;

  private static final GradientCheck DX = new GradientCheck("batch norm dz");
  private static final GradientCheck DGAMMA = new GradientCheck("batch norm dgamma");
  private static final GradientCheck DBETA = new GradientCheck("batch norm dbeta");
  private static final GradientCheck FROZEN_DX = new GradientCheck("frozen batch norm dz");
  private static final GradientCheck FROZEN_DGAMMA = new GradientCheck("frozen batch norm dgamma");
  private static final GradientCheck FROZEN_DBETA = new GradientCheck("frozen batch norm dbeta");

  /** The oracle's forward pass of these operands. */
  @FunctionalInterface
  private interface Forward {
    double[] of(double[] z, double[] gamma, double[] beta);
  }

  /** Operands of one backward pass, and their doubles. */
  private record Trial(
      SampleShape shape,
      boolean rectified,
      Samples x,
      Samples dy,
      FloatSpan gamma,
      FloatSpan beta) {

    /** Drawn until no output lies near the kink. */
    static Trial draw(SampleShape shape, boolean rectified, Mix mix, Forward forward) {
      while (true) {
        Trial trial =
            new Trial(
                shape,
                rectified,
                shape.samples(() -> 2 + 1.5 * mix.normal()),
                shape.samples(() -> 0.5 + mix.normal()),
                shape.span(() -> 1 + 0.5 * mix.normal()),
                shape.span(mix::normal));
        if (!rectified || Arrays.stream(trial.y(forward)).allMatch(y -> Math.abs(y) > MARGIN)) {
          return trial;
        }
      }
    }

    double[] y(Forward forward) {
      return forward.of(SampleShape.wide(x), Views.wide(gamma), Views.wide(beta));
    }

    BatchNorm norm() {
      BatchNorm norm = new BatchNorm(gamma, beta, EPS);
      return rectified ? norm.relu() : norm;
    }

    /** d where it counts, which the figures are about. */
    double[] counted(Forward forward) {
      double[] d = SampleShape.wide(dy);
      double[] y = y(forward);
      for (int i = 0; rectified && i < d.length; i++) {
        d[i] = y[i] > 0 ? d[i] : 0;
      }
      return d;
    }
  }

  @Property
  void gradients(
      @ForAll(supplier = SampleShape.Small.class) SampleShape shape, @ForAll boolean rectified) {
    int m = shape.m();
    int n = shape.n();
    Forward forward = (z, g, b) -> BatchNormOracle.forward(m, n, z, g, b, EPS);
    Trial trial = Trial.draw(shape, rectified, shape.mix(), forward);
    BatchStatistics statistics = new BatchStatistics(n);
    trial.norm().forward(trial.x, statistics, shape.samples());
    Samples dx = shape.samples();
    FloatSpan dgamma = shape.span();
    FloatSpan dbeta = shape.span();
    trial.norm().backward(trial.x, trial.dy, statistics, dx, dgamma, dbeta);

    double[] z = SampleShape.wide(trial.x);
    double[] d = trial.counted(forward);
    BatchNormFigures figures = shape.figures(z, EPS);
    check(DX, 0, trial, forward, figures.dx(Views.wide(trial.gamma), d), SampleShape.wide(dx));
    check(DGAMMA, 1, trial, forward, figures.dgamma(d), Views.wide(dgamma));
    check(DBETA, 2, trial, forward, figures.dbeta(d), Views.wide(dbeta));
  }

  /** Figure of dx: 2·u·|dx| + 2^-149. */
  @Property
  void gradientsOfInference(
      @ForAll(supplier = SampleShape.Small.class) SampleShape shape, @ForAll boolean rectified) {
    int m = shape.m();
    int n = shape.n();
    Mix mix = shape.mix();
    FloatSpan mean = shape.span(() -> 2 + mix.normal());
    FloatSpan variance = shape.span(() -> 2 + mix.unit());
    double[] mu = Views.wide(mean);
    double[] s2 = Views.wide(variance);
    Forward forward = (z, g, b) -> BatchNormOracle.inference(m, n, z, g, b, mu, s2, EPS);
    Trial trial = Trial.draw(shape, rectified, mix, forward);
    Samples dx = shape.samples();
    FloatSpan dgamma = shape.span();
    FloatSpan dbeta = shape.span();
    trial.norm().inferenceBackward(trial.x, trial.dy, mean, variance, dx, dgamma, dbeta);

    double[] z = SampleShape.wide(trial.x);
    double[] d = trial.counted(forward);
    BatchNormFigures figures = shape.figures(z, EPS, MomentFigures.given(mu, s2));
    double[] ofDx = BatchNormOracle.inferenceDz(m, n, Views.wide(trial.gamma), s2, EPS, d);
    for (int i = 0; i < ofDx.length; i++) {
      ofDx[i] = 0x1p-23 * Math.abs(ofDx[i]) + 0x1p-149;
    }
    check(FROZEN_DX, 0, trial, forward, ofDx, SampleShape.wide(dx));
    check(FROZEN_DGAMMA, 1, trial, forward, figures.dgamma(d), Views.wide(dgamma));
    check(FROZEN_DBETA, 2, trial, forward, figures.dbeta(d), Views.wide(dbeta));
  }

  /** The gradient by one of z, gamma and beta. */
  private static void check(
      GradientCheck check,
      int operand,
      Trial trial,
      Forward forward,
      double[] figure,
      double[] actual) {
    double[][] operands = {
      SampleShape.wide(trial.x), Views.wide(trial.gamma), Views.wide(trial.beta)
    };
    double[] point = operands[operand];
    UnaryOperator<double[]> f =
        p -> {
          double[][] all = operands.clone();
          all[operand] = p;
          double[] y = forward.of(all[0], all[1], all[2]);
          return trial.rectified ? ActivationOracle.RELU.forward(y) : y;
        };
    GradientCheck.Report report =
        check
            .within(Bound.componentwise(figure).plus(Bound.absolute(DIFFERENCES)))
            .vectorJacobian(
                f,
                point,
                SampleShape.wide(trial.dy),
                actual,
                trial.shape + " rectified=" + trial.rectified);
    assertEquals(0, report.kinks().size());
  }

  @AfterContainer
  static void printWorst() {
    GradientCheck[] all = {DX, DGAMMA, DBETA, FROZEN_DX, FROZEN_DGAMMA, FROZEN_DBETA};
    for (GradientCheck check : all) {
      System.out.println(check);
    }
  }
}
