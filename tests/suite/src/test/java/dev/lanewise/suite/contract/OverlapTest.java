package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.FloatMatrix;
import java.util.Collections;
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
      Activation.relu(x, y);
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
}
