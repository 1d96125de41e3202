package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.kernels.RunningAverage;
import dev.lanewise.kernels.Standardize;
import dev.lanewise.kernels.Workers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers, labels and statistics that an operation refuses. */
class ArgumentContractTest {
  private static final Class<IllegalArgumentException> REFUSED = IllegalArgumentException.class;

  private final FloatMatrix x = FloatMatrix.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
  private final FloatMatrix y = FloatMatrix.of(new float[] {7, 7, 7, 7, 7, 7}, 3, 2);
  private final FloatSpan p = FloatSpan.of(new float[] {1, 2});
  private final FloatSpan q = FloatSpan.of(new float[] {3, 4});
  private final FloatSpan v = FloatSpan.of(new float[] {5, 6});
  private final FloatSpan s = FloatSpan.of(new float[] {7, 8});
  private final List<float[]> arrays =
      List.of(x.array(), y.array(), p.array(), q.array(), v.array(), s.array());

  @ParameterizedTest
  @ValueSource(doubles = {-1e-5, Double.NaN, Double.POSITIVE_INFINITY, -Double.MIN_VALUE})
  void epsIsFiniteAndNotNegative(double eps) {
    BatchStatistics statistics = statistics(x);
    String[] words = {"eps is " + eps, "finite and at least 0"};
    Refusal.leaving(
        arrays, REFUSED, () -> new BatchNorm(p, q, eps).forward(x, statistics, y), words);
    Refusal.leaving(arrays, REFUSED, () -> new BatchNorm(p, q, eps).inference(x, v, s, y), words);
    Refusal.leaving(
        arrays, REFUSED, () -> new BatchNorm(p, p, eps).backward(x, x, statistics, y, v, s), words);
    Refusal.of(REFUSED, () -> new LayerNorm(p, q, eps), "LayerNorm: eps is " + eps, words[1]);
    Refusal.of(REFUSED, () -> new RmsNorm(p, eps), "RmsNorm: eps is " + eps, words[1]);
    Refusal.of(REFUSED, () -> new Standardize(2, eps), "Standardize: eps is " + eps, words[1]);
  }

  @Test
  void standardizeNeedsFeaturesAndATrainingSet() {
    Refusal.of(REFUSED, () -> new Standardize(-1, 0), "Standardize: features is negative: -1");
    Refusal.of(REFUSED, () -> new Standardize(1 << 26, 0), "Standardize: 64×67108864");
    Standardize none = new Standardize(2, 0);
    Refusal.leaving(
        arrays,
        IllegalStateException.class,
        () -> none.apply(x, y),
        "Standardize.apply: there is no training set yet");
    Class<IndexOutOfBoundsException> outside = IndexOutOfBoundsException.class;
    Refusal.of(outside, () -> none.mean(2), "2 of 2");
    Refusal.of(outside, () -> none.variance(-1), "-1 of 2");
  }

  @Test
  void closedWorkersAreRefused() {
    Workers closed = Workers.of(2);
    closed.close();
    Standardize standardize = new Standardize(2, 0);
    standardize.fit(x);
    BatchStatistics statistics = statistics(x);
    BatchNorm norm = new BatchNorm(p, p, 1e-5);
    Map<String, Executable> calls =
        Map.of(
            "BatchNorm.forward", () -> norm.forward(x, statistics, y, closed),
            "BatchNorm.inference", () -> norm.inference(x, v, s, y, closed),
            "BatchNorm.backward", () -> norm.backward(x, x, statistics, y, v, s, closed),
            "BatchNorm.inferenceBackward",
                () -> norm.inferenceBackward(x, x, q, q, y, v, s, closed),
            "BatchStatistics.compute", () -> statistics.compute(x, closed),
            "LayerNorm.forward", () -> new LayerNorm(p, q, 0).forward(x, y, closed),
            "LayerNorm.backward", () -> new LayerNorm(p, q, 0).backward(x, x, y, v, s, closed),
            "RmsNorm.forward", () -> new RmsNorm(p, 0).forward(x, y, closed),
            "RmsNorm.backward", () -> new RmsNorm(p, 0).backward(x, x, y, v, closed),
            "Standardize.apply", () -> standardize.apply(x, y, closed));
    calls.forEach(
        (name, call) ->
            Refusal.leaving(
                arrays, IllegalStateException.class, call, name + ": the workers are closed"));
    Refusal.of(
        IllegalStateException.class,
        () -> standardize.fit(x, closed),
        "Standardize.fit: the workers are closed");
    assertEquals(3, standardize.samples());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void weightOfABatchIsAFraction(double weight) {
    BatchStatistics statistics = statistics(x);
    Refusal.leaving(
        arrays,
        REFUSED,
        () ->
            statistics.updateRunning(
                p, q, new RunningAverage(weight, RunningAverage.Variance.BIASED)),
        "RunningAverage: weight is " + weight);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void labelsAreClasses(int label) {
    Labels labels = Labels.of(0, label, 1);
    String[] words = {"label 1 is " + label, "2 classes, 0 to 1"};
    Refusal.leaving(arrays, REFUSED, () -> CrossEntropy.MEAN.loss(x, labels), words);
    Refusal.leaving(arrays, REFUSED, () -> CrossEntropy.MEAN.lossAndGradient(x, labels, y), words);
  }

  @Test
  void thereIsOneLabelPerRow() {
    Labels labels = Labels.of(0, 1);
    String[] words = {"X is 3×2", "labels' length is 2"};
    Refusal.leaving(arrays, REFUSED, () -> CrossEntropy.MEAN.loss(x, labels), words);
    Refusal.leaving(arrays, REFUSED, () -> CrossEntropy.MEAN.lossAndGradient(x, labels, y), words);
    Refusal.leaving(
        arrays,
        NullPointerException.class,
        () -> CrossEntropy.MEAN.loss(x, null),
        "CrossEntropy: targets is null");
    Refusal.leaving(
        arrays,
        NullPointerException.class,
        () -> CrossEntropy.MEAN.lossAndGradient(x, null, y),
        "CrossEntropy: targets is null");
    Refusal.of(
        NullPointerException.class,
        () -> CrossEntropy.MEAN.loss(null, labels),
        "CrossEntropy: X is null");
  }

  @Test
  void statisticsAreOfThisBatch() {
    BatchStatistics none = new BatchStatistics(2);
    Refusal.leaving(
        arrays,
        IllegalStateException.class,
        () -> new BatchNorm(p, p, 1e-5).backward(x, x, none, y, v, s),
        "BatchNorm.backward: ",
        "no batch yet");
    Refusal.leaving(
        arrays,
        IllegalStateException.class,
        () -> none.updateRunning(p, q, new RunningAverage(0.1, RunningAverage.Variance.UNBIASED)),
        "BatchStatistics.updateRunning: ",
        "no batch yet");
    BatchStatistics another = statistics(x.rows(0, 2));
    Refusal.leaving(
        arrays,
        REFUSED,
        () -> new BatchNorm(p, p, 1e-5).backward(x, x, another, y, v, s),
        "BatchNorm.backward: ",
        "3×2",
        "samples in the statistics is 2");
    BatchStatistics wide = new BatchStatistics(3);
    Refusal.leaving(
        arrays,
        REFUSED,
        () -> new BatchNorm(p, q, 1e-5).forward(x, wide, y),
        "BatchNorm.forward: ",
        "3×2",
        "features is 3");
    Refusal.leaving(
        arrays,
        NullPointerException.class,
        () -> new BatchNorm(p, q, 1e-5).forward(x, null, y),
        "BatchNorm.forward: statistics is null");
    Refusal.leaving(
        arrays,
        NullPointerException.class,
        () -> another.updateRunning(p, q, null),
        "BatchStatistics.updateRunning: average is null");
  }

  @Test
  void trainingNeedsARow() {
    FloatMatrix none = x.rows(0, 0);
    BatchStatistics statistics = new BatchStatistics(2);
    Refusal.leaving(
        arrays,
        REFUSED,
        () -> new BatchNorm(p, q, 1e-5).forward(none, statistics, none),
        "BatchNorm.forward: X is 0×2",
        "at least one sample");
  }

  private BatchStatistics statistics(FloatMatrix batch) {
    BatchStatistics statistics = new BatchStatistics(batch.columns());
    FloatMatrix to = FloatMatrix.zeros(batch.rows(), batch.columns());
    new BatchNorm(p, q, 1e-5).forward(batch, statistics, to);
    return statistics;
  }
}
