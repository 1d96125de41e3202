package dev.lanewise.suite.broken;

import dev.lanewise.kernels.internal.Blocks;
import java.util.List;

/** Broken products. */
final class GemmFaults {
  private static final Source BLOCKED = Source.vector(Subject.GEMM, "VectorGemm");
  private static final Source PACKING = Source.vector(Subject.GEMM, "Packing");
  private static final Source TILE =
      Source.vector(Subject.GEMM, "MicroKernel" + Blocks.TILE_ROWS + "x2");
  private static final Source REDUCE = Source.vector(Subject.GEMM, "VectorReduce");
  private static final Source DEFINITION = Source.scalar(Subject.GEMM, "ScalarGemm");
  private static final Source PLAIN = Source.engine(Subject.PLAIN_GEMM);

  static final List<Fault> ALL =
      List.of(
          BLOCKED.tail(
              "the last column of a narrow tile is not copied back",
              "copy(rows, columns, tile, 0, TILE_COLUMNS, 1, c,",
              "copy(rows, columns == 3 ? 2 : columns, tile, 0, TILE_COLUMNS, 1, c,"),
          BLOCKED.tail(
              "a partial tile takes up the old result though beta is 0",
              "if (beta != 0f) {",
              "if (beta >= 0f) {"),
          BLOCKED.block(
              "a block of k takes up beta again",
              "float carry = p == 0 ? beta : 1f;",
              "float carry = beta;"),
          BLOCKED.block(
              "a block of k begins anew",
              "float carry = p == 0 ? beta : 1f;",
              "float carry = p == 0 ? beta : 0f;"),
          BLOCKED.block(
              "a block of rows begins one row early",
              "alpha, a, ao + i * ars + p * acs,",
              "alpha, a, ao + (i == 0 ? 0 : i - 1) * ars + p * acs,"),
          BLOCKED.block(
              "the second block of columns goes to the first one's place",
              "c, co + i * crs + j * ccs, crs, ccs, tile);",
              "c, co + i * crs, crs, ccs, tile);"),
          BLOCKED.stride(
              "a result that is not row-major counts as row-major",
              "columns == TILE_COLUMNS && ccs == 1",
              "columns == TILE_COLUMNS && ccs >= 1"),
          BLOCKED.stride(
              "a single column ignores the row stride of B",
              "copy(1, k, b, bo, 0, brs, column, 0, 0, 1);",
              "copy(1, k, b, bo, 0, 1, column, 0, 0, 1);"),
          BLOCKED.formula("alpha = 0 reads A", "if (alpha == 0f || k == 0) {", "if (k == 0) {"),
          PACKING.tail(
              "the last row of a panel that is not full is not packed",
              "for (int r = 0; r < rows; r++) {",
              "for (int r = 0; r < (rows == 3 ? 2 : rows); r++) {"),
          PACKING.stride(
              "the column stride of A is forgotten",
              "alpha * a[row + p * acs];",
              "alpha * a[row + p];"),
          PACKING.at128Bits(
              "the second vector of a panel of B repeats the first at 128 bits",
              "FloatVector.fromArray(FLOAT, b, from + LANES)",
              "FloatVector.fromArray(FLOAT, b, from + (LANES == 4 ? 0 : LANES))"),
          PACKING.at128Bits(
              "one lane is dropped at 128 bits",
              "q < columns; q++",
              "q < columns - (LANES == 4 && columns == 7 ? 1 : 0); q++"),
          REDUCE.tail(
              "the last product of a row reduction is missing",
              "yo + i, 1, n - i, lanes, l);",
              "yo + i, 1, Math.max(n - i - 1, 0), lanes, l);"),
          REDUCE.block(
              "the right part of a long row reduction takes the left part of B",
              "dot(alpha, x, xo + left, y, yo + left, n - left, lanes)",
              "dot(alpha, x, xo + left, y, yo, n - left, lanes)"),
          TILE.formula(
              "a chain begins at -0",
              "c30 = FloatVector.zero(FLOAT);",
              "c30 = FloatVector.broadcast(FLOAT, -0f);"),
          TILE.formula(
              "a chain is padded by a term of zero, which makes -0 to +0",
              "    c31.intoArray(c, co + 3 * crs + LANES);",
              "    c31.add(0f).intoArray(c, co + 3 * crs + LANES);"),
          DEFINITION.withoutVectors(
              "alpha is not applied", "float factor = alpha *", "float factor = 1f *"),
          PLAIN.formula("beta counts as 1", "sum += beta * c.get(i, j);", "sum += c.get(i, j);"),
          PLAIN.formula(
              "beta = 1 is forgotten", "if (beta != 0) {", "if (beta != 0 && beta != 1) {"),
          PLAIN.formula("beta = 0 reads C", "if (beta != 0) {", "if (c != null) {"),
          PLAIN.formula("alpha is added", "sum = alpha * sum;", "sum = sum + (alpha - 1);"),
          PLAIN.formula(
              "the last term is missing", "l < a.columns(); l++", "l < a.columns() - 1; l++"),
          PLAIN.formula(
              "NaN is swallowed", "c.set(i, j, sum);", "c.set(i, j, Float.isNaN(sum) ? 0 : sum);"));

  private GemmFaults() {}
}
