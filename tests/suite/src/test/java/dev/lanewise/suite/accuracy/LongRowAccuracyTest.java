package dev.lanewise.suite.accuracy;

import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.LogSoftmax;
import dev.lanewise.kernels.LogSumExp;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.kernels.Workers;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.suite.properties.Figures;
import dev.lanewise.suite.properties.RowFigures;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.CrossEntropyOracle;
import dev.lanewise.testkit.oracle.RowSumsOracle;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * A row of a million classes, as of a vocabulary, within the figures for more than 4096 columns,
 * with the same bits from workers, which share its blocks.
 */
class LongRowAccuracyTest {
  private static final int N = 1_000_003;
  private static final String CONTEXT = "n=" + N;

  private static final Accuracy SOFTMAX = new Accuracy("Softmax.forward, long row");
  private static final Accuracy LOG_SOFTMAX = new Accuracy("LogSoftmax.forward, long row");
  private static final Accuracy LOG_SUM_EXP = new Accuracy("LogSumExp.forward, long row");
  private static final Accuracy LOSS = new Accuracy("CrossEntropy.loss, long row");
  private static final Accuracy GRADIENT = new Accuracy("CrossEntropy's gradient, long row");
  private static final Accuracy SUM = new Accuracy("Reduce.rows SUM, long row");
  private static final Accuracy MAX = new Accuracy("Reduce.rows MAX, long row");

  private final FloatMatrix x = logits();
  private final double[] wide = Views.wide(x);
  private final FloatMatrix result = Views.matrix(Layout.DENSE, 1, N);
  private final FloatMatrix shared = Views.matrix(Layout.DENSE, 1, N);
  private final FloatSpan number = Views.span(Layout.DENSE, 1);
  private final FloatSpan sharedNumber = Views.span(Layout.DENSE, 1);

  private static FloatMatrix logits() {
    Mix mix = new Mix(N);
    return Views.matrix(Layout.DENSE, 1, N, () -> 3 * mix.normal());
  }

  private void assertSameBits(String name, Consumer<Workers> operation) {
    try (Workers workers = Workers.of(2)) {
      operation.accept(workers);
    }
    Bits.assertEqual(name + ", workers", shared.array(), result.array(), CONTEXT);
    Bits.assertEqual(name + ", workers", sharedNumber.array(), number.array(), CONTEXT);
  }

  @Test
  void softmax() {
    Softmax.forward(x, result);
    double[] exact = SoftmaxOracle.forward(1, N, wide);
    Bound bound = Bound.componentwise(Figures.softmax(1, N, wide));
    SOFTMAX.check(1, N, result::get, exact, bound, CONTEXT);
    assertSameBits("Softmax.forward", workers -> Softmax.forward(x, shared, 1f, workers));
  }

  @Test
  void logSoftmax() {
    LogSoftmax.forward(x, result);
    double[] exact = SoftmaxOracle.logForward(1, N, wide);
    Bound bound = Bound.componentwise(RowFigures.logSoftmax(1, N, wide, 1f));
    LOG_SOFTMAX.check(1, N, result::get, exact, bound, CONTEXT);
    assertSameBits("LogSoftmax.forward", workers -> LogSoftmax.forward(x, shared, 1f, workers));
  }

  @Test
  void logSumExp() {
    LogSumExp.forward(x, number);
    double[] exact = SoftmaxOracle.logSumExp(1, N, wide);
    Bound bound = Bound.componentwise(RowFigures.logSumExp(1, N, wide, 1f));
    LOG_SUM_EXP.check(Views.dense(number), exact, bound, CONTEXT);
    assertSameBits("LogSumExp.forward", workers -> LogSumExp.forward(x, sharedNumber, 1f, workers));
  }

  @Test
  void crossEntropy() {
    Labels labels = Labels.of(N / 2);
    number.set(0, CrossEntropy.MEAN.lossAndGradient(x, labels, result));
    double[] exact = {CrossEntropyOracle.mean(1, N, wide, labels.array())};
    Bound figure = Bound.absolute(Figures.loss(1, N, exact[0]));
    LOSS.check(Views.dense(number), exact, figure, CONTEXT);
    double[] gradient = CrossEntropyOracle.gradient(1, N, wide, labels.array());
    Bound bound = Bound.componentwise(Figures.lossGradient(1, N, wide));
    GRADIENT.check(1, N, result::get, gradient, bound, CONTEXT);
    assertSameBits(
        "CrossEntropy.lossAndGradient",
        workers ->
            sharedNumber.set(0, CrossEntropy.MEAN.lossAndGradient(x, labels, shared, workers)));
  }

  /** Of numbers of one sign: the figure is one of their magnitudes. */
  @Test
  void sum() {
    Mix mix = new Mix(~N);
    FloatMatrix terms = Views.matrix(Layout.DENSE, 1, N, () -> Math.abs(mix.unit()));
    Reduce.rows(Reduction.SUM, terms, number);
    double[] exact = RowSumsOracle.sums(1, N, Views.wide(terms));
    SUM.check(Views.dense(number), exact, Bound.absolute(RowFigures.sum(N, exact[0])), CONTEXT);
    assertSameBits(
        "Reduce.rows SUM", workers -> Reduce.rows(Reduction.SUM, terms, sharedNumber, workers));
  }

  @Test
  void max() {
    Reduce.rows(Reduction.MAX, x, number);
    double[] exact = {Arrays.stream(wide).max().orElseThrow()};
    MAX.check(Views.dense(number), exact, Bound.absolute(0), CONTEXT);
    assertSameBits(
        "Reduce.rows MAX", workers -> Reduce.rows(Reduction.MAX, x, sharedNumber, workers));
  }

  @AfterAll
  static void printWorst() {
    Accuracy[] all = {SOFTMAX, LOG_SOFTMAX, LOG_SUM_EXP, LOSS, GRADIENT, SUM, MAX};
    for (Accuracy accuracy : all) {
      System.out.println(accuracy);
    }
  }
}
