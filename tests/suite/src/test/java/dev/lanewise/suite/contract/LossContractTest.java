package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.BinaryCrossEntropy;
import dev.lanewise.kernels.Classification;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What losses, the softmax family, reductions and classifications refuse. */
class LossContractTest {
  private static final Class<IllegalArgumentException> REFUSED = IllegalArgumentException.class;
  private static final CrossEntropy LOSS = CrossEntropy.MEAN;
  private static final BinaryCrossEntropy BINARY = BinaryCrossEntropy.MEAN;

  private final FloatMatrix x = FloatMatrix.of(new float[] {1, 2, 3, 4, 5, 6, 8}, 3, 2);
  private final FloatMatrix y = FloatMatrix.of(new float[] {7, 7, 7, 7, 7, 7}, 3, 2);
  private final FloatMatrix t = FloatMatrix.of(new float[] {1, 0, 0, 1, 0.5f, 0.5f}, 3, 2);
  private final FloatMatrix wide = FloatMatrix.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
  private final FloatSpan s = FloatSpan.of(new float[] {7, 8, 9});
  private final FloatSpan p = FloatSpan.of(new float[] {3, 4});
  private final Labels labels = Labels.of(0, 1, 1);
  private final int[] indices = {7, 7, 7};
  private final List<float[]> arrays =
      List.of(x.array(), y.array(), t.array(), wide.array(), s.array(), p.array());

  private void refuses(Executable call, String... words) {
    Refusal.leaving(arrays, REFUSED, call, words);
    assertArrayEquals(new int[] {7, 7, 7}, indices);
  }

  private void names(Executable call, String message) {
    Refusal.leaving(arrays, NullPointerException.class, call, message);
  }

  @Test
  void nullOperandsOfTheSoftmaxFamilyAreNamed() {
    names(() -> LogSoftmax.forward(null, y), "LogSoftmax.forward: X is null");
    names(() -> LogSoftmax.forward(x, null), "LogSoftmax.forward: Y is null");
    names(() -> LogSoftmax.backward(null, x, y), "LogSoftmax.backward: Y is null");
    names(() -> LogSoftmax.backward(x, null, y), "LogSoftmax.backward: dY is null");
    names(() -> LogSoftmax.backward(x, t, null), "LogSoftmax.backward: dX is null");
    names(() -> LogSumExp.forward(null, s), "LogSumExp.forward: X is null");
    names(() -> LogSumExp.forward(x, null), "LogSumExp.forward: sums is null");
    names(() -> LogSumExp.backward(null, s, s, y), "LogSumExp.backward: X is null");
    names(() -> LogSumExp.backward(x, null, s, y), "LogSumExp.backward: sums is null");
    names(() -> LogSumExp.backward(x, s, null, y), "LogSumExp.backward: slopes is null");
    names(() -> LogSumExp.backward(x, s, s, null), "LogSumExp.backward: dX is null");
    names(() -> LogSoftmax.forward(x, y, 1f, null), "LogSoftmax.forward: workers is null");
    names(() -> LogSumExp.forward(x, s, 1f, null), "LogSumExp.forward: workers is null");
  }

  @Test
  void nullOperandsOfLossesAreNamed() {
    names(() -> LOSS.loss(null, t), "CrossEntropy: X is null");
    names(() -> LOSS.loss(x, null), "CrossEntropy: targets is null");
    names(() -> LOSS.lossAndGradient(x, t, null), "CrossEntropy: dX is null");
    names(() -> LOSS.losses(x, t, null), "CrossEntropy: losses is null");
    names(() -> LOSS.withWeights(null), "CrossEntropy: weights is null");
    names(() -> LOSS.loss(x, t, null), "CrossEntropy: workers is null");
    names(() -> BINARY.loss(null, t), "BinaryCrossEntropy: X is null");
    names(() -> BINARY.loss(x, null), "BinaryCrossEntropy: targets is null");
    names(() -> BINARY.lossAndGradient(x, t, null), "BinaryCrossEntropy: dX is null");
    names(() -> BINARY.losses(x, t, null), "BinaryCrossEntropy: losses is null");
  }

  @Test
  void nullOperandsOfReductionsAreNamed() {
    names(() -> Reduce.rows(null, x, s), "Reduce.rows: reduction is null");
    names(() -> Reduce.rows(Reduction.SUM, null, s), "Reduce.rows: X is null");
    names(() -> Reduce.rows(Reduction.SUM, x, null), "Reduce.rows: result is null");
    names(() -> Reduce.columns(Reduction.SUM, null, p), "Reduce.columns: X is null");
    names(() -> Reduce.columns(Reduction.SUM, x, null), "Reduce.columns: result is null");
    names(() -> Reduce.all(Reduction.SUM, null), "Reduce.all: X is null");
    names(() -> Reduce.rowDots(x, null, s), "Reduce.rowDots: Y is null");
    names(() -> Reduce.dot(null, x), "Reduce.dot: X is null");
    names(() -> Reduce.rowArgmax(null, labels), "Reduce.rowArgmax: X is null");
    names(() -> Reduce.rowArgmax(x, null), "Reduce.rowArgmax: result is null");
    names(() -> Reduce.argmax(null), "Reduce.argmax: X is null");
    names(() -> Classification.accuracy(null, labels), "Classification.accuracy: X is null");
    names(() -> Classification.accuracy(x, null), "Classification.accuracy: labels is null");
    names(() -> Classification.topK(x, 1, null), "Classification.topK: classes is null");
  }

  @Test
  void shapesFit() {
    refuses(() -> LogSoftmax.forward(x, wide), "LogSoftmax.forward: ", "3×2", "2×3");
    refuses(() -> LogSoftmax.backward(x, wide, y), "LogSoftmax.backward: ", "dY is 2×3");
    refuses(() -> LogSumExp.forward(x, p), "LogSumExp.forward: X is 3×2", "sums's length is 2");
    refuses(
        () -> LogSumExp.backward(x, p, s, y), "LogSumExp.backward: X is 3×2", "sums's length is 2");
    refuses(
        () -> LogSumExp.backward(x, s, p, y),
        "LogSumExp.backward: X is 3×2",
        "slopes's length is 2");
    refuses(() -> LOSS.loss(x, wide), "CrossEntropy: X is 3×2", "targets is 2×3");
    refuses(() -> LOSS.loss(x, Labels.of(0, 1)), "X is 3×2", "labels' length is 2");
    refuses(() -> LOSS.lossAndGradient(x, t, wide), "CrossEntropy: X is 3×2", "dX is 2×3");
    refuses(() -> LOSS.losses(x, t, p), "CrossEntropy: X is 3×2", "losses's length is 2");
    refuses(() -> BINARY.loss(x, wide), "BinaryCrossEntropy: X is 3×2", "targets is 2×3");
    refuses(() -> BINARY.lossAndGradient(x, t, wide), "BinaryCrossEntropy: ", "dX is 2×3");
    refuses(
        () -> Reduce.rows(Reduction.SUM, x, p), "Reduce.rows: X is 3×2", "result's length is 2");
    refuses(() -> Reduce.columns(Reduction.SUM, x, s), "Reduce.columns: X is 3×2", "is 3");
    refuses(() -> Reduce.rowDots(x, wide, s), "Reduce.rowDots: X is 3×2", "Y is 2×3");
    refuses(() -> Reduce.dot(x, wide), "Reduce.dot: X is 3×2", "Y is 2×3");
    refuses(() -> Reduce.rowArgmax(wide, Labels.of(indices)), "Reduce.rowArgmax: ", "is 3", "is 2");
    refuses(() -> Reduce.columnArgmax(x, Labels.of(indices)), "Reduce.columnArgmax: ", "columns");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void labelsAreClassesOrTheIgnoredOne(int label) {
    Labels wrong = Labels.of(0, label, 1);
    String[] words = {"label 1 is " + label, "2 classes, 0 to 1"};
    refuses(() -> LOSS.loss(x, wrong), words);
    refuses(() -> LOSS.ignoring(label - 5).lossAndGradient(x, wrong, y), words);
    refuses(() -> LOSS.losses(x, wrong, s), words);
    refuses(() -> Classification.accuracy(x, wrong), words);
    refuses(() -> Classification.topKAccuracy(x, wrong, 1), words);
    assertTrue(Float.isFinite(LOSS.ignoring(label).lossAndGradient(x, wrong, y)));
  }

  @ParameterizedTest
  @ValueSource(floats = {-1f, Float.NaN, Float.POSITIVE_INFINITY, -Float.MIN_VALUE})
  void weightsAreFiniteAndNotNegative(float weight) {
    CrossEntropy weighted = LOSS.withWeights(FloatSpan.of(new float[] {1, weight, 1}));
    String[] words = {"CrossEntropy: weight 1 is " + weight, "finite and at least 0"};
    refuses(() -> weighted.loss(x, labels), words);
    refuses(() -> weighted.lossAndGradient(x, t, y), words);
    refuses(() -> weighted.losses(x, t, s), words);
  }

  @Test
  void thereIsOneWeightPerRow() {
    CrossEntropy weighted = LOSS.withWeights(p);
    String[] words = {"CrossEntropy: X is 3×2", "weights's length is 2"};
    refuses(() -> weighted.loss(x, labels), words);
    refuses(() -> weighted.lossAndGradient(x, labels, y), words);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void smoothingIsAFraction(double smoothing) {
    String word = "CrossEntropy: label smoothing is " + smoothing;
    refuses(() -> LOSS.withLabelSmoothing(smoothing), word);
  }

  @ParameterizedTest
  @ValueSource(floats = {0f, -1f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE})
  void temperaturesAndTheirReciprocalsAreFinite(float temperature) {
    String word = ": temperature is " + temperature;
    refuses(() -> Softmax.forward(x, y, temperature), "Softmax.forward" + word);
    refuses(() -> Softmax.backward(x, t, y, temperature), "Softmax.backward" + word);
    refuses(() -> LogSoftmax.forward(x, y, temperature), "LogSoftmax.forward" + word);
    refuses(() -> LogSoftmax.backward(x, t, y, temperature), "LogSoftmax.backward" + word);
    refuses(() -> LogSumExp.forward(x, s, temperature), "LogSumExp.forward" + word);
    refuses(() -> LogSumExp.backward(x, s, s, y, temperature), "LogSumExp.backward" + word);
  }

  @Test
  void outputsOverlapNothingElse() {
    FloatMatrix shifted = FloatMatrix.of(x.array(), 1, 3, 2, 2, 1);
    FloatSpan part = FloatSpan.of(x.array(), 1, 3);
    refuses(() -> LogSoftmax.forward(x, shifted), "LogSoftmax.forward: output Y", "overlaps X");
    refuses(() -> LogSoftmax.backward(x, t, shifted), "output dX", "overlaps Y");
    refuses(() -> LogSoftmax.backward(t, x, shifted), "output dX", "overlaps dY");
    refuses(() -> LogSumExp.forward(x, part), "output sums", "overlaps X");
    refuses(() -> LogSumExp.backward(x, s, s, shifted), "output dX", "overlaps X");
    refuses(() -> LogSumExp.backward(t, part, s, x), "output dX", "overlaps sums");
    refuses(() -> LogSumExp.backward(t, s, part, x), "output dX", "overlaps slopes");
    refuses(() -> LOSS.lossAndGradient(x, labels, shifted), "output dX", "overlaps X");
    refuses(() -> LOSS.lossAndGradient(x, t, t), "output dX", "overlaps targets");
    refuses(() -> LOSS.withWeights(part).lossAndGradient(t, labels, x), "overlaps weights");
    refuses(() -> LOSS.losses(x, labels, part), "output losses", "overlaps X");
    refuses(() -> LOSS.losses(t, x, part), "output losses", "overlaps targets");
    refuses(() -> LOSS.withWeights(s).losses(x, labels, s), "output losses", "overlaps weights");
    refuses(() -> LOSS.lossesAndGradient(t, labels, part, x), "output losses", "overlaps dX");
    refuses(() -> BINARY.lossAndGradient(x, t, shifted), "output dX", "overlaps X");
    refuses(() -> BINARY.lossAndGradient(x, t, t), "output dX", "overlaps targets");
    refuses(() -> BINARY.losses(x, t, shifted), "output losses", "overlaps X");
    refuses(() -> Reduce.rows(Reduction.SUM, x, part), "output result", "overlaps X");
    refuses(() -> Reduce.rowDots(t, x, part), "output result", "overlaps Y");
    FloatMatrix repeated = FloatMatrix.of(y.array(), 0, 3, 2, 0, 1);
    refuses(() -> LogSoftmax.forward(x, repeated), "output Y", "must be distinct");
  }

  @Test
  void closedWorkersRefuse() {
    Workers closed = Workers.of(2);
    closed.close();
    List<Executable> calls =
        List.of(
            () -> Softmax.forward(x, y, 1f, closed),
            () -> Softmax.backward(x, t, y, 1f, closed),
            () -> LogSoftmax.forward(x, y, 1f, closed),
            () -> LogSoftmax.backward(x, t, y, 1f, closed),
            () -> LogSumExp.forward(x, s, 1f, closed),
            () -> LogSumExp.backward(x, s, s, y, 1f, closed),
            () -> LOSS.loss(x, labels, closed),
            () -> LOSS.lossAndGradient(x, labels, y, closed),
            () -> LOSS.losses(x, t, s, closed),
            () -> LOSS.lossesAndGradient(x, t, s, y, closed),
            () -> BINARY.loss(x, t, closed),
            () -> BINARY.lossAndGradient(x, t, y, closed),
            () -> Reduce.rows(Reduction.SUM, x, s, closed),
            () -> Reduce.columns(Reduction.SUM, x, p, closed),
            () -> Reduce.all(Reduction.SUM, x, closed),
            () -> Reduce.rowDots(x, t, s, closed),
            () -> Reduce.columnDots(x, t, p, closed),
            () -> Reduce.dot(x, t, closed),
            () -> Reduce.rowArgmax(x, Labels.of(indices), closed),
            () -> Reduce.columnArgmax(x, Labels.of(indices, 0, 2), closed));
    for (Executable call : calls) {
      Refusal.leaving(arrays, IllegalStateException.class, call, ": the workers are closed");
      assertArrayEquals(new int[] {7, 7, 7}, indices);
    }
  }

  @Test
  void classesAreAsManyAsThereAre() {
    Labels three = Labels.of(indices);
    refuses(() -> Classification.topK(x, 0, three), "Classification.topK: k is 0", "at least 1");
    refuses(() -> Classification.topK(x, -1, three), "k is -1");
    refuses(() -> Classification.topK(x, 3, three), "X is 3×2", "k is 3", "must not exceed");
    refuses(() -> Classification.topK(x, 2, three), "classes' length is 3", "is 6");
    refuses(() -> Classification.topKAccuracy(x, labels, 0), "Classification.topKAccuracy: k is 0");
    refuses(() -> Classification.accuracy(x, Labels.of(0, 1)), "labels' length is 2");
  }
}
