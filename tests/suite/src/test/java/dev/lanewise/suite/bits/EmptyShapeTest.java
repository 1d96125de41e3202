package dev.lanewise.suite.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Targets;
import dev.lanewise.kernels.Workers;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Values;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Matrices without rows or columns, and products over nothing, in every layout. */
@EveryFork
class EmptyShapeTest {
  @Test
  void everyOperationTakesThem() {
    List<Subject> subjects = new ArrayList<>();
    for (int extent : new int[] {1, 5, 70, 130}) {
      subjects.addAll(Subjects.withoutColumns(extent));
      subjects.addAll(Subjects.withoutRows(extent));
    }
    for (Subject subject : subjects) {
      for (Layout layout : Layout.values()) {
        Agreement.check(subject, List.of(layout), Values.ORDINARY, 1);
      }
    }
  }

  /** Rows of no columns whose views begin at the end of their array, or would reach beyond it. */
  private static List<FloatMatrix> withoutColumns(int m) {
    return List.of(
        FloatMatrix.zeros(m, 0),
        FloatMatrix.of(new float[0], 0, m, 0, 4, 1),
        FloatMatrix.of(new float[4], 4, m, 0, 4, 1),
        FloatMatrix.of(new float[0], 0, m, 0, 1, m));
  }

  @Test
  void ignoredRowsWithoutColumnsHaveNoLoss() {
    for (FloatMatrix x : withoutColumns(2)) {
      for (FloatMatrix dx : withoutColumns(2)) {
        lossesAreZero(CrossEntropy.SUM.ignoring(-1), x, Labels.of(-1, -1), dx, 0f);
        lossesAreZero(CrossEntropy.MEAN.ignoring(-1), x, Labels.of(-1, -1), dx, Float.NaN);
      }
    }
  }

  @Test
  void rowsWithoutColumnsOfWeightZeroHaveNoLoss() {
    FloatSpan weights = FloatSpan.zeros(2);
    for (FloatMatrix x : withoutColumns(2)) {
      for (FloatMatrix dx : withoutColumns(2)) {
        lossesAreZero(CrossEntropy.SUM.withWeights(weights), x, FloatMatrix.zeros(2, 0), dx, 0f);
        lossesAreZero(
            CrossEntropy.MEAN.withWeights(weights), x, FloatMatrix.zeros(2, 0), dx, Float.NaN);
      }
    }
  }

  private static void lossesAreZero(
      CrossEntropy loss, FloatMatrix x, Targets targets, FloatMatrix dx, float expected) {
    float[] losses = {7, 7};
    loss.losses(x, targets, FloatSpan.of(losses));
    assertArrayEquals(new float[2], losses);
    losses[0] = 7;
    loss.lossesAndGradient(x, targets, FloatSpan.of(losses), dx);
    assertArrayEquals(new float[2], losses);
    assertEquals(expected, loss.loss(x, targets));
    assertEquals(expected, loss.lossAndGradient(x, targets, dx));
    try (Workers workers = Workers.of(2)) {
      assertEquals(expected, loss.lossAndGradient(x, targets, dx, workers));
    }
  }

  @Test
  void noRowsHaveNoLoss() {
    FloatMatrix x = FloatMatrix.of(new float[0], 0, 0, 5, 7, 1);
    FloatMatrix dx = FloatMatrix.of(new float[0], 0, 0, 5, 7, 1);
    FloatSpan none = FloatSpan.zeros(0);
    for (Targets targets : new Targets[] {Labels.of(), FloatMatrix.zeros(0, 5)}) {
      CrossEntropy sum = CrossEntropy.SUM.ignoring(-1).withWeights(none);
      CrossEntropy mean = CrossEntropy.MEAN.ignoring(-1).withWeights(none);
      assertEquals(0f, sum.lossAndGradient(x, targets, dx));
      assertEquals(Float.NaN, mean.lossAndGradient(x, targets, dx));
      sum.lossesAndGradient(x, targets, none, dx);
    }
  }
}
