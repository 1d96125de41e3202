package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.DoubleMatrix;
import dev.lanewise.kernels.Epilogue;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Workers;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What products with a packed factor, of batches and of doubles refuse, and all with workers. */
class ProductContractTest {
  private static final Class<IllegalArgumentException> REFUSED = IllegalArgumentException.class;

  private final float[] array = new float[64];
  private final double[] doubles = new double[64];
  private final List<Object> arrays = List.of(array, doubles);
  private final FloatMatrix a = FloatMatrix.of(array, 0, 3, 5, 5, 1);
  private final FloatMatrix b = FloatMatrix.of(array, 20, 5, 4, 4, 1);
  private final FloatMatrix c = FloatMatrix.of(array, 40, 3, 4, 4, 1);
  private final FloatSpan bias = FloatSpan.of(array, 60, 4);
  private final PackedMatrix packed;
  private final FloatBatch as = FloatBatch.of(array, 0, 2, 6, 2, 3, 3, 1);
  private final FloatBatch bs = FloatBatch.of(array, 12, 2, 12, 3, 4, 4, 1);
  private final FloatBatch cs = FloatBatch.of(array, 36, 2, 8, 2, 4, 4, 1);
  private final DoubleMatrix da = DoubleMatrix.of(doubles, 0, 3, 5, 5, 1);
  private final DoubleMatrix db = DoubleMatrix.of(doubles, 20, 5, 4, 4, 1);
  private final DoubleMatrix dc = DoubleMatrix.of(doubles, 40, 3, 4, 4, 1);

  ProductContractTest() {
    for (int i = 0; i < array.length; i++) {
      array[i] = i % 7 - 3;
      doubles[i] = i % 5 - 2;
    }
    packed = PackedMatrix.of(b);
  }

  private void refused(Executable call, String... words) {
    Refusal.leaving(arrays, REFUSED, call, words);
  }

  private void refusesNull(String message, Executable call) {
    Refusal.leaving(arrays, NullPointerException.class, call, message);
  }

  @Test
  void nullIsNamed() {
    refusesNull("Gemm: A is null", () -> Gemm.gemm(1f, null, packed, 1f, c));
    refusesNull("Gemm: C is null", () -> Gemm.gemm(1f, a, packed, 1f, null));
    refusesNull("Gemm: epilogue is null", () -> Gemm.gemm(1f, a, b, 1f, c, (Epilogue) null));
    refusesNull("Gemm: workers is null", () -> Gemm.gemm(1f, a, b, 1f, c, (Workers) null));
    refusesNull("Gemm: workers is null", () -> Gemm.gemm(1f, a, b, 1f, c, Epilogue.relu(), null));
    refusesNull("Gemm: A is null", () -> Gemm.gemm(1f, null, bs, 1f, cs));
    refusesNull("Gemm: B is null", () -> Gemm.gemm(1f, as, null, 1f, cs));
    refusesNull("Gemm: C is null", () -> Gemm.gemm(1f, as, bs, 1f, null));
    refusesNull("Gemm: workers is null", () -> Gemm.gemm(1f, as, bs, 1f, cs, null));
    refusesNull("Gemm: A is null", () -> Gemm.gemm(1d, null, db, 1d, dc));
    refusesNull("Gemm: B is null", () -> Gemm.gemm(1d, da, null, 1d, dc));
    refusesNull("Gemm: C is null", () -> Gemm.gemm(1d, da, db, 1d, null));
    refusesNull("Gemm: workers is null", () -> Gemm.gemm(1d, da, db, 1d, dc, null));
    refusesNull("PackedMatrix: B is null", () -> PackedMatrix.of(null));
    refusesNull("Epilogue: bias is null", () -> Epilogue.bias(null));
    refusesNull("Epilogue: bias is null", () -> Epilogue.biasRelu(null));
    try (Workers workers = Workers.of(2)) {
      refusesNull("Gemm: epilogue is null", () -> Gemm.gemm(1f, a, b, 1f, c, null, workers));
    }
  }

  @Test
  void closedWorkersAreRefused() {
    Workers workers = Workers.of(2);
    workers.close();
    List<Executable> calls =
        List.of(
            () -> Gemm.gemm(1f, a, b, 1f, c, workers),
            () -> Gemm.gemm(1f, a, packed, 1f, c, workers),
            () -> Gemm.gemm(1f, a, b, 1f, c, Epilogue.bias(bias), workers),
            () -> Gemm.gemm(1f, as, bs, 1f, cs, workers),
            () -> Gemm.gemm(1d, da, db, 1d, dc, workers));
    for (Executable call : calls) {
      Class<IllegalStateException> type = IllegalStateException.class;
      Refusal.leaving(arrays, type, call, "Gemm: the workers are closed");
    }
  }

  @Test
  void packedFactorsHaveTheirShape() {
    String rule = "A's columns must equal B's rows";
    refused(() -> Gemm.gemm(1f, a.columns(0, 4), packed, 1f, c), "A is 3×4", "B is 5×4", rule);
    refused(() -> Gemm.gemm(1f, a, packed, 1f, c.columns(0, 3)), "C is 3×3 but A·B is 3×4");
    refused(() -> Gemm.gemm(1f, a.rows(0, 2), packed, 1f, c), "C is 3×4 but A·B is 2×4");
    FloatMatrix same = FloatMatrix.of(array, 40, 3, 4, 0, 1);
    refused(() -> Gemm.gemm(1f, a, packed, 1f, same), "output C is 3×4", "distinct");
    FloatMatrix across = FloatMatrix.of(array, 14, 3, 4, 4, 1);
    refused(() -> Gemm.gemm(1f, a, packed, 1f, across), "output C", "offset 14", "overlaps A");
    Epilogue fused = Epilogue.bias(FloatSpan.of(array, 60, 3));
    refused(() -> Gemm.gemm(1f, a, packed, 1f, c, fused), "C is 3×4 but bias's length is 3");
    Epilogue inside = Epilogue.bias(FloatSpan.of(array, 51, 4));
    refused(() -> Gemm.gemm(1f, a, packed, 1f, c, inside), "output C", "overlaps bias", "51");
  }

  /** What a packed factor was copied from is no operand any more. */
  @Test
  void theResultMayLieWhereThePackedFactorCameFrom() {
    FloatMatrix onB = FloatMatrix.of(array, 20, 3, 4, 4, 1);
    FloatMatrix expected = FloatMatrix.zeros(3, 4);
    Gemm.gemm(1f, a, b, 0f, expected);
    Gemm.gemm(1f, a, packed, 0f, onB);
    assertArrayEquals(expected.array(), Arrays.copyOfRange(array, 20, 32));
  }

  /** Columns that fill a vector up count as well. */
  @Test
  void packedFactorsFitIntoAnArray() {
    FloatMatrix huge = FloatMatrix.of(new float[1], 0, 1 << 16, 1 << 16, 0, 0);
    refused(() -> PackedMatrix.of(huge), "PackedMatrix: 65536×65536, in all 4294967296 elements");
    FloatMatrix filled = FloatMatrix.of(new float[1], 0, 1 << 28, 7, 0, 0);
    refused(() -> PackedMatrix.of(filled), "PackedMatrix: 268435456×", "do not fit");
  }

  @Test
  void theBiasMayBePartOfAFactor() {
    FloatMatrix expected = FloatMatrix.zeros(3, 4);
    Gemm.gemm(1f, a, b, 0f, expected);
    FloatSpan row = b.row(2);
    Gemm.gemm(1f, a, b, 0f, c, Epilogue.bias(row));
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 4; j++) {
        assertEquals(expected.get(i, j) + row.get(j), c.get(i, j));
      }
    }
  }

  @Test
  void batchesHaveEquallyManyMatricesThatFit() {
    FloatBatch one = FloatBatch.of(array, 36, 1, 8, 2, 4, 4, 1);
    FloatBatch more = FloatBatch.of(array, 0, 3, 0, 2, 3, 3, 1);
    String rule = "they must have equally many";
    refused(() -> Gemm.gemm(1f, as, bs, 1f, one), "A has 2 matrices, B has 2 and C has 1", rule);
    refused(() -> Gemm.gemm(1f, more, bs, 1f, cs), "A has 3 matrices, B has 2 and C has 2", rule);
    refused(
        () -> Gemm.gemm(1f, as, FloatBatch.of(array, 0, 3, 4), 1f, cs),
        "A has 2 matrices, B has 0 and C has 2",
        rule);
    refused(
        () -> Gemm.gemm(1f, as, bs.transpose(), 1f, cs),
        "Gemm: A is 2×3 but B is 4×3; A's columns must equal B's rows");
    refused(() -> Gemm.gemm(1f, as, bs, 1f, cs.transpose()), "C is 4×2 but A·B is 2×4");
  }

  @Test
  void resultsOfABatchAreDistinct() {
    int[][] layouts = {{0, 4, 1}, {1, 4, 1}, {4, 4, 1}, {7, 4, 1}, {8, 0, 1}, {8, 4, 0}, {3, 8, 1}};
    for (int[] x : layouts) {
      FloatBatch same = FloatBatch.of(array, 36, 2, x[0], 2, 4, x[1], x[2]);
      String strides = "(strides %d; %d, %d; offset 36)".formatted(x[0], x[1], x[2]);
      String[] words = {"Gemm: output C is 2 times 2×4 " + strides, "elements must be distinct"};
      refused(() -> Gemm.gemm(1f, as, bs, 1f, same), words);
    }
  }

  @Test
  void rangesOfBatchesDoNotMeet() {
    FloatBatch onA = FloatBatch.of(array, 11, 2, 8, 2, 4, 4, 1);
    refused(() -> Gemm.gemm(1f, as, bs, 1f, onA), "output C 2 times 2×4", "overlaps A 2 times 2×3");
    FloatBatch onB = FloatBatch.of(array, 35, 2, 8, 2, 4, 4, 1);
    refused(() -> Gemm.gemm(1f, as, bs, 1f, onB), "offset 35", "overlaps B 2 times 3×4");
    FloatBatch before = FloatBatch.of(array, 36, 2, 6, 2, 3, 3, 1);
    FloatBatch first = FloatBatch.of(array, 21, 2, 8, 2, 4, 4, 1);
    FloatBatch apart = FloatBatch.of(new float[24], 2, 3, 4);
    refused(() -> Gemm.gemm(1f, before, apart, 1f, first), "overlaps A", "offset 36");
    assertDoesNotThrow(() -> Gemm.gemm(1f, as, bs, 1f, cs));
  }

  @Test
  void emptyBatchesAreAccepted() {
    float[] none = {};
    for (int n : new int[] {0, 1, 4}) {
      FloatBatch a0 = FloatBatch.of(none, 0, 2, 3);
      FloatBatch b0 = FloatBatch.of(none, 0, 3, n);
      FloatBatch c0 = FloatBatch.of(none, 0, 0, 0, 2, n, 0, 0);
      assertDoesNotThrow(() -> Gemm.gemm(1f, a0, b0, 1f, c0));
      try (Workers workers = Workers.of(2)) {
        assertDoesNotThrow(() -> Gemm.gemm(1f, a0, b0, 1f, c0, workers));
      }
    }
  }

  @Test
  void doublesAreRefusedAsFloatsAre() {
    refused(
        () -> Gemm.gemm(1d, da.columns(0, 4), db, 1d, dc),
        "Gemm: A is 3×4 but B is 5×4; A's columns must equal B's rows");
    refused(() -> Gemm.gemm(1d, da, db, 1d, dc.columns(0, 3)), "C is 3×3 but A·B is 3×4");
    refused(() -> Gemm.gemm(1d, da, db, 1d, dc.rows(1, 3)), "C is 2×4 but A·B is 3×4");
    for (int[] strides : new int[][] {{4, 0}, {0, 1}, {1, 1}, {1, 2}}) {
      DoubleMatrix same = DoubleMatrix.of(doubles, 40, 3, 4, strides[0], strides[1]);
      String given = "output C is 3×4 (strides %d, %d;".formatted(strides[0], strides[1]);
      refused(() -> Gemm.gemm(1d, da, db, 1d, same), given, "elements must be distinct");
    }
    DoubleMatrix onA = DoubleMatrix.of(doubles, 14, 3, 4, 4, 1);
    DoubleMatrix onB = DoubleMatrix.of(doubles, 39, 3, 4, 4, 1);
    refused(() -> Gemm.gemm(1d, da, db, 1d, onA), "output C", "offset 14", "overlaps A");
    refused(() -> Gemm.gemm(1d, da, db, 1d, onB), "output C", "offset 39", "overlaps B");
    assertDoesNotThrow(() -> Gemm.gemm(1d, da, db, 1d, dc));
  }

  /** A, B and C as blocks of columns of one matrix, whose ranges interleave. */
  @Test
  void blocksOfColumnsOfDoublesAreDisjoint() {
    DoubleMatrix all = DoubleMatrix.of(doubles, 4, 12);
    DoubleMatrix expected = DoubleMatrix.zeros(4, 3);
    Gemm.gemm(1d, all.columns(0, 4), all.columns(8, 11), 0d, expected);
    DoubleMatrix result = all.columns(5, 8);
    Gemm.gemm(1d, all.columns(0, 4), all.columns(8, 11), 0d, result);
    for (int i = 0; i < 12; i++) {
      assertEquals(expected.get(i / 3, i % 3), result.get(i / 3, i % 3));
    }
    refused(() -> Gemm.gemm(1d, all.columns(0, 4), all.columns(7, 10), 0d, result), "overlaps B");
  }
}
