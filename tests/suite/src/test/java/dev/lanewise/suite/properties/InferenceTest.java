package dev.lanewise.suite.properties;

import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Samples;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.GemmOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Inference as training with other statistics, and as a part of the dense layer before it. */
class InferenceTest {
  private static final Accuracy TRAINING = new Accuracy("inference as against training");
  private static final Accuracy FOLDED = new Accuracy("folded as against unfolded");
  private static final double EPS = 1e-3;

  /**
   * With the batch's own statistics, rounded to float, inference gives what training gives within
   * u·(6.5·|gamma·zhat| + 3·|beta| + |scale·mean|) + 4·u²·|scale·mean| + 2^-147: the figures of
   * both, and what the rounding of the mean moves x - mean by, u·|mean|, and that of the variance
   * scale, u/2 of itself.
   */
  @Property
  void ownStatisticsGiveWhatTrainingGives(
      @ForAll(supplier = SampleShape.Any.class) SampleShape shape,
      @ForAll @IntRange(min = 0, max = 1000) int level) {
    int n = shape.n();
    Mix mix = shape.mix();
    Samples x = shape.samples(() -> level + mix.normal());
    FloatSpan gamma = shape.span(() -> 1 + mix.normal());
    FloatSpan beta = shape.span(mix::normal);
    BatchNorm norm = new BatchNorm(gamma, beta, EPS);
    BatchStatistics statistics = new BatchStatistics(n);
    Samples trained = shape.samples();
    norm.forward(x, statistics, trained);
    double[] means = new double[n];
    double[] variances = new double[n];
    for (int j = 0; j < n; j++) {
      means[j] = statistics.mean(j);
      variances[j] = statistics.variance(j);
    }
    Samples y = shape.samples();
    norm.inference(x, Views.span(shape.layout(), means), Views.span(shape.layout(), variances), y);
    double[] errors = SampleShape.wide(x);
    for (int ij = 0; ij < errors.length; ij++) {
      int j = ij % n;
      double scale = Math.abs(gamma.get(j)) / Math.sqrt(variances[j] + EPS);
      double ofMean = scale * Math.abs(means[j]);
      double product = scale * Math.abs(errors[ij] - means[j]);
      errors[ij] =
          U * (6.5 * product + 3 * Math.abs(beta.get(j)) + ofMean)
              + 4 * U * U * ofMean
              + 2 * Figures.SUBNORMAL;
    }
    TRAINING.check(
        shape.m(),
        n,
        SampleShape.elements(y),
        SampleShape.wide(trained),
        Bound.componentwise(errors),
        shape + " level=" + level);
  }

  /**
   * With gamma_k for the product of k terms as {@link GemmOracle#errorBound} has it, of the folded
   * layer E(X, W', b') and what folding errs, 1.02·u·(|X|·|W'| + |b'|) + 2^-50·(|b·scale| +
   * |mean·scale| + |beta|); of the unfolded one |scale|·E(X, W, b) and the figure of inference.
   */
  @Property
  void foldedLayerIsTheLayerAndInference(
      @ForAll(supplier = Matrices.Small.class) MatrixCase given,
      @ForAll @IntRange(min = 1, max = 40) int n) {
    int m = given.rows();
    int k = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.input(), m, k, mix::normal);
    FloatMatrix w = Views.matrix(given.output(), k, n, mix::normal);
    FloatSpan bias = Views.span(given.output(), n, mix::normal);
    FloatSpan mean = Views.span(given.input(), n, mix::normal);
    FloatSpan variance = Views.span(given.input(), n, () -> 1.5 + mix.unit());
    FloatSpan gamma = Views.span(given.input(), n, () -> 1 + mix.normal());
    FloatSpan beta = Views.span(given.input(), n, mix::normal);
    BatchNorm norm = new BatchNorm(gamma, beta, EPS);

    FloatMatrix z = dense(x, w, bias);
    double[] ofDense = errors(x, w, bias);
    double[] b = Views.wide(bias);
    double[] wideZ = Views.wide(z);
    norm.inference(z, mean, variance, z);
    norm.fold(w, bias, mean, variance);
    FloatMatrix y = dense(x, w, bias);
    double[] errors = errors(x, w, bias);
    double[] magnitudes = magnitudes(x, w, bias);
    double[] ofInference =
        new BatchNormFigures(
                Sums.COLUMN,
                m,
                n,
                wideZ,
                EPS,
                MomentFigures.given(Views.wide(mean), Views.wide(variance)))
            .inference(Views.wide(gamma), Views.wide(beta));
    for (int ij = 0; ij < errors.length; ij++) {
      int j = ij % n;
      double scale = Math.abs(gamma.get(j)) / Math.sqrt(variance.get(j) + EPS);
      double terms = scale * (Math.abs(b[j]) + Math.abs(mean.get(j))) + Math.abs(beta.get(j));
      errors[ij] += 1.02 * U * magnitudes[ij] + 0x1p-50 * terms;
      errors[ij] += scale * ofDense[ij] + ofInference[ij];
    }
    FOLDED.check(m, n, y::get, Views.wide(z), Bound.componentwise(errors), given + " n=" + n);
  }

  private static FloatMatrix biases(int m, FloatSpan bias) {
    int n = bias.length();
    return FloatMatrix.of(bias.array(), bias.offset(), m, n, 0, bias.stride());
  }

  private static FloatMatrix dense(FloatMatrix x, FloatMatrix w, FloatSpan bias) {
    FloatMatrix y = FloatMatrix.of(Views.dense(biases(x.rows(), bias)), x.rows(), w.columns());
    Gemm.gemm(1, x, w, 1, y);
    return y;
  }

  private static double[] errors(FloatMatrix x, FloatMatrix w, FloatSpan bias) {
    double[] c = Views.wide(biases(x.rows(), bias));
    return GemmOracle.errorBound(
        x.rows(), w.columns(), x.columns(), 1, Views.wide(x), Views.wide(w), 1, c);
  }

  /** |X|·|W| + |b|. */
  private static double[] magnitudes(FloatMatrix x, FloatMatrix w, FloatSpan bias) {
    double[] c = Views.wide(biases(x.rows(), bias));
    return GemmOracle.magnitude(
        x.rows(), w.columns(), x.columns(), 1, Views.wide(x), Views.wide(w), 1, c);
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(TRAINING);
    System.out.println(FOLDED);
  }
}
