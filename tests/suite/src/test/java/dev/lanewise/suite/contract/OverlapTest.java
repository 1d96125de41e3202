package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.constraints.IntRange;

/** The checks of layouts and overlaps against the sets of addresses that they stand for. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class OverlapTest {
  private static final int LENGTH = 200;

  private static boolean accepts(FloatMatrix x, FloatMatrix y) {
    try {
      Activation.RELU.forward(x, y);
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private static Set<Integer> addresses(FloatMatrix x) {
    Set<Integer> addresses = new HashSet<>();
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); j++) {
        addresses.add(x.offset() + i * x.rowStride() + j * x.columnStride());
      }
    }
    return addresses;
  }

  /** An output is accepted if, and only if, its elements lie at different addresses. */
  @Property(tries = 1000)
  void outputsAreDistinct(
      @ForAll @IntRange(max = 6) int rows,
      @ForAll @IntRange(max = 6) int columns,
      @ForAll @IntRange(max = 12) int rowStride,
      @ForAll @IntRange(max = 12) int columnStride) {
    FloatMatrix x = FloatMatrix.zeros(rows, columns);
    FloatMatrix y = FloatMatrix.of(new float[LENGTH], 0, rows, columns, rowStride, columnStride);
    assertEquals(addresses(y).size() == rows * columns, accepts(x, y));
  }

  /** An output that is accepted shares no address with an input that is not its very view. */
  @Property(tries = 2000)
  void acceptedOutputsShareNothing(
      @ForAll @IntRange(min = 1, max = 4) int rows,
      @ForAll @IntRange(min = 1, max = 4) int columns,
      @ForAll @IntRange(max = 30) int offsetX,
      @ForAll @IntRange(max = 30) int offsetY,
      @ForAll @IntRange(max = 12) int rowStride,
      @ForAll @IntRange(max = 12) int columnStride,
      @ForAll boolean sameRowStride) {
    float[] array = new float[LENGTH];
    FloatMatrix x = FloatMatrix.of(array, offsetX, rows, columns, rowStride, columnStride);
    int stride = sameRowStride ? rowStride : columns;
    FloatMatrix y = FloatMatrix.of(array, offsetY, rows, columns, stride, 1);
    boolean disjoint = Collections.disjoint(addresses(x), addresses(y));
    boolean identical = offsetX == offsetY && stride == rowStride && (columnStride == 1);
    assertTrue(disjoint || identical || !accepts(x, y), x + " and " + y);
  }

  private static boolean accepts(FloatBatch a, FloatBatch c) {
    FloatBatch b = FloatBatch.of(new float[64], 0, c.size(), 0, a.columns(), c.columns(), 8, 1);
    try {
      Gemm.gemm(1f, a, b, 1f, c);
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private static Set<Integer> addresses(FloatBatch x) {
    Set<Integer> addresses = new HashSet<>();
    for (int p = 0; p < x.size(); p++) {
      addresses.addAll(addresses(x.get(p)));
    }
    return addresses;
  }

  /** Accepted are batches of distinct elements alone, and all whose strides nest. */
  @Property(tries = 2000)
  void batchesAreDistinct(
      @ForAll @IntRange(max = 4) int size,
      @ForAll @IntRange(max = 4) int rows,
      @ForAll @IntRange(max = 4) int columns,
      @ForAll @IntRange(max = 20) int stride,
      @ForAll @IntRange(max = 20) int rowStride,
      @ForAll @IntRange(max = 20) int columnStride) {
    FloatBatch a = FloatBatch.of(new float[20], 0, size, 0, rows, 2, 2, 1);
    FloatBatch c =
        FloatBatch.of(new float[LENGTH], 0, size, stride, rows, columns, rowStride, columnStride);
    boolean distinct = addresses(c).size() == size * rows * columns;
    boolean accepted = accepts(a, c);
    assertTrue(distinct || !accepted, "accepted: " + c);
    int[][] axes = {{stride, size}, {rowStride, rows}, {columnStride, columns}};
    assertTrue(accepted || !nest(axes), "refused: " + c);
  }

  /** From the smallest stride on, each reaches over all that those before it reach. */
  private static boolean nest(int[][] axes) {
    Arrays.sort(axes, Comparator.comparingInt(axis -> axis[0]));
    int reach = 0;
    for (int[] axis : axes) {
      if (axis[1] == 0) {
        return true;
      }
      if (axis[1] > 1 && axis[0] <= reach) {
        return false;
      }
      reach += (axis[1] - 1) * axis[0];
    }
    return true;
  }

  /** Batches that are accepted share no address, and are accepted if their ranges do not meet. */
  @Property(tries = 2000)
  void acceptedBatchesShareNothing(
      @ForAll @IntRange(min = 1, max = 3) int size,
      @ForAll @IntRange(min = 1, max = 3) int rows,
      @ForAll @IntRange(min = 1, max = 3) int columns,
      @ForAll @IntRange(max = 60) int offsetA,
      @ForAll @IntRange(max = 60) int offsetC,
      @ForAll @IntRange(max = 12) int stride,
      @ForAll boolean transposed) {
    float[] array = new float[LENGTH];
    FloatBatch a = FloatBatch.of(array, offsetA, size, stride, rows, 2, 3, 1);
    FloatBatch c = FloatBatch.of(array, offsetC, size, rows * columns, rows, columns, columns, 1);
    if (transposed) {
      c = FloatBatch.of(array, offsetC, size, rows * columns, columns, rows, rows, 1).transpose();
    }
    Set<Integer> of = addresses(a);
    Set<Integer> to = addresses(c);
    boolean accepted = accepts(a, c);
    assertTrue(!accepted || Collections.disjoint(of, to), a + " and " + c);
    boolean apart =
        Collections.max(of) < Collections.min(to) || Collections.max(to) < Collections.min(of);
    assertTrue(accepted || !apart, a + " and " + c);
  }

  private static boolean accepts(FloatBatch y, FloatSpan gamma) {
    FloatSpan other = FloatSpan.zeros(gamma.length());
    float[] apart = new float[64];
    FloatBatch x = FloatBatch.of(apart, 0, y.size(), 0, y.rows(), y.columns(), 8, 1);
    try {
      new BatchNorm(gamma, other, 1).inference(x, other, other, y);
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private static boolean acceptsGradient(FloatBatch x, FloatSpan dbeta) {
    FloatSpan other = FloatSpan.zeros(dbeta.length());
    float[] apart = new float[64];
    FloatBatch dx = FloatBatch.of(apart, x.size(), x.rows(), x.columns());
    FloatSpan dgamma = FloatSpan.zeros(dbeta.length());
    try {
      new BatchNorm(other, other, 1).inferenceBackward(x, dx, other, other, dx, dgamma, dbeta);
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  /** A batch and a span are accepted if, and only if, their ranges do not meet. */
  @Property(tries = 2000)
  void batchesAndSpansShareNothing(
      @ForAll @IntRange(min = 1, max = 3) int size,
      @ForAll @IntRange(min = 1, max = 3) int rows,
      @ForAll @IntRange(min = 1, max = 3) int columns,
      @ForAll @IntRange(max = 60) int offset,
      @ForAll @IntRange(max = 60) int spanOffset,
      @ForAll @IntRange(min = 1, max = 12) int spanStride,
      @ForAll @IntRange(max = 12) int gap) {
    float[] array = new float[LENGTH];
    int stride = rows * columns + gap;
    FloatBatch batch = FloatBatch.of(array, offset, size, stride, rows, columns, columns, 1);
    FloatSpan span = FloatSpan.of(array, spanOffset, rows, spanStride);
    int last = offset + (size - 1) * stride + rows * columns - 1;
    int lastOfSpan = spanOffset + (rows - 1) * spanStride;
    boolean apart = last < spanOffset || lastOfSpan < offset;
    assertEquals(apart, accepts(batch, span), batch + " and gamma " + span);
    assertEquals(apart, acceptsGradient(batch, span), batch + " and dbeta " + span);
  }
}
