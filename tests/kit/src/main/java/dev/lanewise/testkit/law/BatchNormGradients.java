package dev.lanewise.testkit.law;

import static dev.lanewise.testkit.law.BatchNormLaws.errors;
import static dev.lanewise.testkit.law.BatchNormLaws.finite;
import static dev.lanewise.testkit.law.BatchNormLaws.training;

import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Values;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import dev.lanewise.testkit.oracle.ColumnSumsOracle;
import java.util.Arrays;

/** The checks of those {@link BatchNormLaws} that are about the backward pass. */
final class BatchNormGradients {
  private static final double DIFFERENCES = 1e-6;
  private static final float DIFFERENCES_EPS = 0.1f;

  private BatchNormGradients() {}

  private static void check(BatchNormEngine engine, BatchNormTrial trial, Accuracy seen) {
    int m = trial.m;
    int n = trial.n;
    double[] x = trial.x.widen();
    double[] d = trial.dy.widen();
    double[] gamma = trial.gamma();
    double[] dbetaError = ColumnSumsOracle.magnitude(m, n, d);
    Arrays.setAll(dbetaError, j -> Bound.gamma(m + 1) * dbetaError[j]);
    seen.check(
        1,
        n,
        trial.dbeta::get,
        BatchNormOracle.dbeta(m, n, d),
        errors(engine, dbetaError),
        "dbeta of " + trial);
    seen.check(
        1,
        n,
        trial.dgamma::get,
        BatchNormOracle.dgamma(m, n, x, trial.eps, d),
        errors(engine, trial.dgammaError()),
        "dgamma of " + trial);
    seen.check(
        m,
        n,
        trial.dx::get,
        BatchNormOracle.dz(m, n, x, gamma, trial.eps, d),
        errors(engine, trial.bounds().dx(trial.scaledDy())),
        "dx of " + trial);
  }

  static void backward(BatchNormEngine engine, MatrixCase drawn, Accuracy seen, boolean inPlace) {
    BatchNormTrial trial = finite(engine, drawn);
    trial.backward(engine, inPlace);
    check(engine, trial, seen);
  }

  static void sums(BatchNormEngine engine, MatrixCase drawn, Accuracy seen) {
    BatchNormTrial trial = finite(engine, drawn);
    int m = trial.m;
    int n = trial.n;
    trial.backward(engine, false);
    double[] sums = ColumnSumsOracle.sums(m, n, trial.dx.widen());
    double[] errors = ColumnSumsOracle.sums(m, n, trial.bounds().dx(trial.scaledDy()));
    seen.check(
        1,
        n,
        (i, j) -> (float) sums[j],
        new double[n],
        errors(engine, errors),
        "sums of dx of " + trial);
  }

  static void differences(BatchNormEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase small = drawn.atMost(6, 4);
    MatrixCase given = training(engine, small, Values.ORDINARY);
    BatchNormTrial trial = new BatchNormTrial(given, DIFFERENCES_EPS, true);
    int m = trial.m;
    int n = trial.n;
    trial.backward(engine, false);
    double[] x = trial.x.widen();
    double[] d = trial.dy.widen();
    double[] gamma = trial.gamma();
    double[] beta = trial.beta();
    Bound differences = Bound.absolute(DIFFERENCES);
    GradientCheck check = new GradientCheck(seen);
    check
        .within(errors(engine, trial.bounds().dx(trial.scaledDy())).plus(differences))
        .vectorJacobian(
            point -> forward(m, n, point, gamma, beta), x, d, trial.dx.widen(), "dx of " + trial);
    check
        .within(errors(engine, trial.dgammaError()).plus(differences))
        .vectorJacobian(
            point -> forward(m, n, x, point, beta),
            gamma,
            d,
            trial.dgamma.widen(),
            "dgamma of " + trial);
    check
        .within(
            Bound.gamma(m + 1, ColumnSumsOracle.magnitude(m, n, d))
                .times(engine.tolerance())
                .plus(differences))
        .vectorJacobian(
            point -> forward(m, n, x, gamma, point),
            beta,
            d,
            trial.dbeta.widen(),
            "dbeta of " + trial);
  }

  private static double[] forward(int m, int n, double[] x, double[] gamma, double[] beta) {
    return BatchNormOracle.forward(m, n, x, gamma, beta, DIFFERENCES_EPS);
  }

  static void nonFinite(BatchNormEngine engine, MatrixCase drawn, Accuracy seen) {
    boolean ofX = drawn.seed() % 2 == 0;
    BatchNormTrial trial =
        new BatchNormTrial(training(engine, drawn, ofX ? Values.NON_FINITE : Values.ORDINARY));
    if (!ofX) {
      float[] array = trial.dy.array();
      Mix mix = new Mix(drawn.seed());
      for (int i = 0; i < array.length; i++) {
        array[i] = mix.below(32) == 0 ? Float.NaN : array[i];
      }
    }
    trial.backward(engine, false);
    check(engine, trial, seen);
  }
}
