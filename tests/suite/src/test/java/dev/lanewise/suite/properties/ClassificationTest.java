package dev.lanewise.suite.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.Classification;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Mix;
import java.util.Comparator;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The best classes against those of a naive sort. */
class ClassificationTest {
  /** Scores of whole numbers, so that there are ties, with zeros of both signs and NaN. */
  private static FloatMatrix scores(MatrixCase given, Mix mix) {
    return Views.matrix(
        given.input(),
        given.rows(),
        given.columns(),
        () ->
            switch (mix.below(12)) {
              case 0 -> Float.NaN;
              case 1 -> -0f;
              default -> mix.below(20) - 14;
            });
  }

  /** All classes of a row, the best first. */
  private static int[] sorted(FloatMatrix x, int i) {
    Comparator<Integer> best = (a, b) -> Float.compare(x.get(i, b), x.get(i, a));
    return IntStream.range(0, x.columns())
        .boxed()
        .sorted(best.thenComparing(Comparator.naturalOrder()))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  @Property(tries = 500)
  void topKIsThatOfASort(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = 0, max = 199) int choice) {
    Mix mix = new Mix(given.seed());
    FloatMatrix x = scores(given, mix);
    int m = x.rows();
    int k = 1 + choice % x.columns();
    int[] actual = new int[m * k + 2];
    int[] expected = new int[m * k + 2];
    Classification.topK(x, k, Labels.of(actual, 1, m * k));
    for (int i = 0; i < m; i++) {
      System.arraycopy(sorted(x, i), 0, expected, 1 + i * k, k);
    }
    assertArrayEquals(expected, actual, given + " k=" + k);
  }

  @Property(tries = 500)
  void accuracyCountsTheBest(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = 1, max = 250) int k) {
    Mix mix = new Mix(given.seed());
    FloatMatrix x = scores(given, mix);
    int m = x.rows();
    Labels labels = Labels.of(mix.labels(m, x.columns()));
    int first = 0;
    int among = 0;
    for (int i = 0; i < m; i++) {
      int[] sorted = sorted(x, i);
      for (int place = 0; place < Math.min(k, sorted.length); place++) {
        if (sorted[place] == labels.get(i)) {
          among++;
          first += place == 0 ? 1 : 0;
        }
      }
    }
    String context = given + " k=" + k;
    assertEquals(first / (double) m, Classification.accuracy(x, labels), context);
    assertEquals(among / (double) m, Classification.topKAccuracy(x, labels, k), context);
  }

  @Example
  void noRowsGiveNan() {
    FloatMatrix none = FloatMatrix.zeros(0, 3);
    assertEquals(Double.NaN, Classification.accuracy(none, Labels.of()));
    assertEquals(Double.NaN, Classification.topKAccuracy(none, Labels.of(), 2));
  }

  @Example
  void ignoredRowsDoNotCount() {
    FloatMatrix x = FloatMatrix.of(new float[] {1, 2, 2, 1, 0, 5}, 3, 2);
    assertEquals(0.5, Classification.accuracy(x, Labels.of(1, -1, 0), -1));
    assertEquals(1, Classification.accuracy(x, Labels.of(1, 0, 0), 0), "an ignored class");
    assertEquals(Double.NaN, Classification.accuracy(x, Labels.of(-1, -1, -1), -1));
  }
}
