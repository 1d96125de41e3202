package dev.lanewise.suite.learn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.data.MiniBatches;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Mini-batches: every sample once in an epoch, in an order that seed and epoch alone decide. */
class MiniBatchesTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final float UNTOUCHED = 1234;

  /** Sample i is (i, i + 0.5) of class i mod 3. */
  private static Dataset numbered(int samples) {
    FloatMatrix inputs = FloatMatrix.zeros(samples, 2);
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      inputs.set(i, 0, i);
      inputs.set(i, 1, i + 0.5f);
      labels[i] = i % 3;
    }
    return new Dataset(inputs, Labels.of(labels), List.of("a", "b", "c"));
  }

  private static int[] order(MiniBatches batches, int samples) {
    int[] order = new int[samples];
    int next = 0;
    for (int b = 0; b < batches.count(); b++) {
      for (int i = 0; i < batches.size(b); i++) {
        order[next++] = batches.row(b, i);
      }
    }
    assertEquals(samples, next);
    return order;
  }

  private static int[] order(int samples, long seed, int epoch) {
    MiniBatches batches = new MiniBatches(samples, Math.max(1, samples), seed);
    batches.shuffle(epoch);
    return order(batches, samples);
  }

  @Property(tries = 200)
  void everySampleIsInAnEpochOnce(
      @ForAll @IntRange(max = 300) int samples,
      @ForAll @IntRange(min = 1, max = 310) int batchSize,
      @ForAll long seed,
      @ForAll int epoch) {
    MiniBatches batches = new MiniBatches(samples, batchSize, seed);
    batches.shuffle(epoch);
    int last = batches.count() - 1;
    for (int b = 0; b < last; b++) {
      assertEquals(batchSize, batches.size(b));
    }
    if (samples > 0) {
      assertEquals(samples - last * batchSize, batches.size(last));
      assertTrue(batches.size(last) >= 1 && batches.size(last) <= batchSize);
    } else {
      assertEquals(0, batches.count());
    }
    int[] order = order(batches, samples);
    Arrays.sort(order);
    for (int i = 0; i < samples; i++) {
      assertEquals(i, order[i]);
    }
  }

  @Test
  void theOrderIsAFunctionOfSeedAndEpoch() {
    MiniBatches batches = new MiniBatches(50, 7, 3);
    int[] zero = order(batches, 50);
    batches.shuffle(4);
    int[] four = order(batches, 50);
    batches.shuffle(0);
    assertArrayEquals(zero, order(batches, 50), "the epoch before does not matter");
    assertArrayEquals(four, order(50, 3, 4), "nor does the size of the batches");
    assertFalse(Arrays.equals(zero, four));
    assertFalse(Arrays.equals(zero, order(50, 4, 0)));
  }

  /** As another program has them; a change of these changes what every training gives. */
  @Test
  void theOrderStaysAsItIs() {
    assertArrayEquals(new int[] {3, 6, 4, 5, 0, 7, 9, 8, 1, 2}, order(10, 1, 0));
    assertArrayEquals(new int[] {0, 6, 7, 2, 3, 5, 4, 1, 9, 8}, order(10, 1, 1));
  }

  /** Each sample at each position, and each pair of neighbours, as often as chance has it. */
  @Test
  void allOrdersAreEquallyLikely() {
    int samples = 6;
    int epochs = 12_000;
    int[][] at = new int[samples][samples];
    int[][] after = new int[samples][samples];
    for (int epoch = 0; epoch < epochs; epoch++) {
      int[] order = order(samples, 7, epoch);
      for (int i = 0; i < samples; i++) {
        at[i][order[i]]++;
        if (i > 0) {
          after[order[i - 1]][order[i]]++;
        }
      }
    }
    double deviation = Math.sqrt(epochs * (1.0 / 6) * (5.0 / 6));
    for (int i = 0; i < samples; i++) {
      for (int j = 0; j < samples; j++) {
        assertEquals(epochs / 6.0, at[i][j], 5 * deviation, "sample " + j + " at " + i);
        if (i != j) {
          // One of 30 ordered pairs at each of 5 places.
          assertEquals(epochs / 6.0, after[i][j], 5 * deviation, j + " behind " + i);
        }
      }
    }
  }

  @Test
  void gatheringCopiesABatchAndNothingElse() {
    Dataset data = numbered(17).rows(4, 15);
    MiniBatches batches = new MiniBatches(11, 4, 5);
    for (int b = 0; b < 3; b++) {
      float[] array = new float[1 + 5 * 2];
      Arrays.fill(array, UNTOUCHED);
      FloatMatrix inputs = FloatMatrix.of(array, 1, 5, 2, 2, 1);
      int[] labels = {-1, -1, -1, -1, -1};
      int size = batches.gather(data, b, inputs, labels);
      assertEquals(b < 2 ? 4 : 3, size);
      for (int i = 0; i < size; i++) {
        int number = 4 + batches.row(b, i);
        assertEquals(number, inputs.get(i, 0));
        assertEquals(number + 0.5f, inputs.get(i, 1));
        assertEquals(number % 3, labels[i]);
      }
      assertEquals(UNTOUCHED, array[0]);
      for (int i = size; i < 5; i++) {
        assertEquals(UNTOUCHED, inputs.get(i, 0));
        assertEquals(UNTOUCHED, inputs.get(i, 1));
        assertEquals(-1, labels[i]);
      }
    }
  }

  @Test
  void inOrderStaysInOrder() {
    MiniBatches batches = MiniBatches.inOrder(10, 4);
    for (int epoch = 0; epoch < 3; epoch++) {
      assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, order(batches, 10));
      batches.shuffle(epoch);
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertMessage(
        "MiniBatches: -1 samples in batches of 4; samples must be at least 0 and batches at least"
            + " 1",
        () -> new MiniBatches(-1, 4, 1));
    assertMessage(
        "MiniBatches: 9 samples in batches of 0; samples must be at least 0 and batches at least 1",
        () -> MiniBatches.inOrder(9, 0));
    MiniBatches batches = new MiniBatches(9, 4, 1);
    assertThrows(IndexOutOfBoundsException.class, () -> batches.size(3));
    assertThrows(IndexOutOfBoundsException.class, () -> batches.size(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> batches.row(2, 1));
    Dataset data = numbered(9);
    int[] labels = new int[4];
    FloatMatrix inputs = FloatMatrix.zeros(4, 2);
    assertThrows(IndexOutOfBoundsException.class, () -> batches.gather(data, 3, inputs, labels));
    assertMessage(
        "MiniBatches: the data set has 8 samples; these are batches of 9",
        () -> batches.gather(data.rows(1, 9), 0, inputs, labels));
    assertMessage(
        "MiniBatches: labels has length 3; it must have at least 4",
        () -> batches.gather(data, 0, inputs, new int[3]));
    for (FloatMatrix wrong :
        List.of(
            FloatMatrix.zeros(3, 2),
            FloatMatrix.zeros(4, 3),
            FloatMatrix.zeros(2, 4).transpose(),
            FloatMatrix.zeros(4, 3).columns(0, 2),
            data.inputs())) {
      assertMessage(
          "MiniBatches: inputs is "
              + wrong
              + "; it must be dense and row-major with at least 4 rows of 2 columns, in another"
              + " array than the data set's",
          () -> batches.gather(data, 0, wrong, labels));
    }
    assertArrayEquals(new int[4], labels);
    assertArrayEquals(new float[8], inputs.array());
  }

  private static void assertMessage(String expected, Executable call) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void epochsAllocateNothing() {
    Dataset data = numbered(1000);
    MiniBatches batches = new MiniBatches(1000, 64, 1);
    FloatMatrix inputs = FloatMatrix.zeros(64, 2);
    int[] labels = new int[64];
    long allocated = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 20 && allocated > 0; attempt++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int epoch = 0; epoch < 10; epoch++) {
        batches.shuffle(epoch);
        for (int b = 0; b < batches.count(); b++) {
          batches.gather(data, b, inputs, labels);
        }
      }
      allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    assertEquals(0, allocated);
  }
}
