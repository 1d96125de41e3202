package dev.lanewise.suite.learn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.data.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data sets keep samples and labels together, and refuse what does not belong together. */
class DatasetTest {
  private static final List<String> CLASSES = List.of("even", "odd");

  /** Sample i is (i, -i) of class i mod 2. */
  private static Dataset numbered(int samples) {
    FloatMatrix inputs = FloatMatrix.zeros(samples, 2);
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      inputs.set(i, 0, i);
      inputs.set(i, 1, -i);
      labels[i] = i % 2;
    }
    return new Dataset(inputs, Labels.of(labels), CLASSES);
  }

  /** The numbers of the samples, each of which is whole. */
  private static int[] numbers(Dataset data) {
    int[] numbers = new int[data.samples()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (int) data.inputs().get(i, 0);
      assertEquals(-numbers[i], data.inputs().get(i, 1), "sample " + i);
      assertEquals(numbers[i] % 2, data.labels().get(i), "label of sample " + i);
    }
    assertEquals(CLASSES, data.classes());
    return numbers;
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    FloatMatrix x = FloatMatrix.zeros(2, 3);
    Labels y = Labels.of(0, 1);
    assertMessage(
        "Dataset: 3 labels for 2 rows of inputs",
        () -> new Dataset(x, Labels.of(0, 1, 0), CLASSES));
    assertMessage(
        "Dataset: label 1 is 2; there are 2 classes",
        () -> new Dataset(x, Labels.of(0, 2), CLASSES));
    assertMessage(
        "Dataset: label 0 is -1; there are 2 classes",
        () -> new Dataset(x, Labels.of(-1, 0), CLASSES));
    assertMessage(
        "Dataset: the class \"a\" is there twice; classes must differ",
        () -> new Dataset(x, y, List.of("a", "b", "a")));
    assertMessage(
        "Dataset: inputs is 3×2 (strides 1, 3; offset 0); it must be dense and row-major",
        () -> new Dataset(x.transpose(), Labels.of(0, 0, 0), CLASSES));
    assertMessage(
        "Dataset: inputs is 2×2 (strides 3, 1; offset 1); it must be dense and row-major",
        () -> new Dataset(x.columns(1, 3), y, CLASSES));
  }

  private static void assertMessage(String expected, Executable call) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void theListOfClassesIsCopied() {
    List<String> names = new ArrayList<>(CLASSES);
    Dataset data = new Dataset(FloatMatrix.zeros(1, 1), Labels.of(1), names);
    names.set(1, "other");
    assertEquals(CLASSES, data.classes());
  }

  @Test
  void rowsAreViews() {
    Dataset all = numbered(10);
    Dataset part = all.rows(3, 7);
    assertArrayEquals(new int[] {3, 4, 5, 6}, numbers(part));
    assertEquals(2, part.features());
    assertSame(all.inputs().array(), part.inputs().array());
    assertSame(all.labels().array(), part.labels().array());
    assertArrayEquals(new int[] {5, 6}, numbers(part.rows(2, 4)));
    assertEquals(0, all.rows(4, 4).samples());
    assertThrows(IndexOutOfBoundsException.class, () -> all.rows(3, 11));
  }

  @Test
  void selectedRowsAreCopies() {
    Dataset all = numbered(10);
    Dataset some = all.rows(2, 10).select(7, 0, 0, 3);
    assertArrayEquals(new int[] {9, 2, 2, 5}, numbers(some));
    some.inputs().set(0, 0, 99);
    some.labels().array()[0] = 0;
    assertEquals(9, all.inputs().get(9, 0));
    assertEquals(1, all.labels().get(9));
    assertEquals(0, all.select().samples());
    assertThrows(IndexOutOfBoundsException.class, () -> all.select(3, 10));
    assertThrows(IndexOutOfBoundsException.class, () -> all.select(-1));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 0.8, 8",
    "10, 0, 0",
    "10, 1, 10",
    "10, 0.25, 3",
    "10, 0.24, 2",
    "1, 0.5, 1",
    "1, 0.4, 0",
    "0, 0.5, 0",
    "1000, 0.7, 700",
    "7, 0.5, 4"
  })
  void aSplitHasEverySampleOnce(int samples, double fraction, int first) {
    Split split = numbered(samples).split(fraction, 1);
    assertEquals(first, split.first().samples());
    assertEquals(samples - first, split.second().samples());
    int[] both = Arrays.copyOf(numbers(split.first()), samples);
    System.arraycopy(numbers(split.second()), 0, both, first, samples - first);
    Arrays.sort(both);
    for (int i = 0; i < samples; i++) {
      assertEquals(i, both[i]);
    }
  }

  @Test
  void aSplitDependsOnTheSeedAlone() {
    Dataset data = numbered(100);
    int[] one = numbers(data.split(0.5, 1).first());
    assertArrayEquals(one, numbers(data.split(0.5, 1).first()));
    assertArrayEquals(Arrays.copyOf(one, 20), numbers(data.split(0.2, 1).first()));
    assertNotEquals(Arrays.toString(one), Arrays.toString(numbers(data.split(0.5, 2).first())));
  }

  /** Of 10 samples each is in the first half of 2000 splits 1000 times, within 5 deviations. */
  @Test
  void everySampleIsInEachPartAsOften() {
    Dataset data = numbered(10);
    int splits = 2000;
    int[] counts = new int[10];
    for (int seed = 0; seed < splits; seed++) {
      for (int number : numbers(data.split(0.5, seed).first())) {
        counts[number]++;
      }
    }
    double deviation = Math.sqrt(splits * 0.25);
    for (int count : counts) {
      assertTrue(Math.abs(count - splits / 2) < 5 * deviation, () -> Arrays.toString(counts));
    }
  }

  @Test
  void aFractionIsFromZeroToOne() {
    for (double fraction : new double[] {-0.1, 1.1, Double.NaN}) {
      assertMessage(
          "Dataset.split: fraction is " + fraction + "; it must be from 0 to 1",
          () -> numbered(3).split(fraction, 1));
    }
  }
}
