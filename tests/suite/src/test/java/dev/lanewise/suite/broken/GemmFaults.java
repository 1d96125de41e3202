package dev.lanewise.suite.broken;

import java.util.List;

/** Broken products. */
final class GemmFaults {
  private static final Source BLOCKED = Source.vector(Subject.GEMM, "VectorGemm");
  private static final Source MACRO = Source.vector(Subject.GEMM, "MacroKernel");
  private static final Source PACKING = Source.vector(Subject.GEMM, "Packing");
  private static final Source COLUMN = Source.vector(Subject.GEMM, "VectorGemv");
  private static final Source KERNELS = Source.vector(Subject.GEMM, "MicroKernels");
  private static final Source TILE = Source.vector(Subject.GEMM, "MicroKernel4x1");
  private static final Source REDUCE = Source.vector(Subject.GEMM, "VectorReduce");
  private static final Source DEFINITION = Source.scalar(Subject.GEMM, "ScalarGemm");
  private static final Source PLAIN = Source.engine(Subject.PLAIN_GEMM);

  static final List<Fault> ALL =
      List.of(
          MACRO.tail(
              "the last column of a narrow tile is not copied back",
              "copy(rows, columns, work, copy, width, c,",
              "copy(rows, columns == 3 ? 2 : columns, work, copy, width, c,"),
          MACRO.tail(
              "a partial tile takes up the old result though beta is 0",
              "if (beta != 0f) {\n      MicroKernels",
              "if (beta >= 0f) {\n      MicroKernels"),
          BLOCKED.block(
              "a block of k takes up beta again",
              "float carry = p == 0 ? beta : 1f;",
              "float carry = beta;"),
          BLOCKED.block(
              "a block of k begins anew",
              "float carry = p == 0 ? beta : 1f;",
              "float carry = p == 0 ? beta : 0f;"),
          MACRO.block(
              "a block of rows begins one row early",
              "int ap = ao + i * ars;",
              "int ap = ao + (i == 0 ? 0 : i - 1) * ars;"),
          BLOCKED.block(
              "the second block of columns goes to the first one's place",
              "carry,\n            c,\n            co + j,",
              "carry,\n            c,\n            co,"),
          BLOCKED.block(
              "columns behind whole tiles are copied from the first ones",
              "b, bp + done * bcs, brs,",
              "b, bp, brs,"),
          MACRO.block(
              "a tile of rows reads panels which the first one has not filled",
              "if (i == 0 && b != null) {",
              "if (i < 0) {"),
          BLOCKED.stride(
              "a result that is not row-major counts as row-major",
              "} else if (ccs == 1) {\n      rows(m, n, k, alpha, a, ao, ars, acs, 1f",
              "} else if (ccs >= 1) {\n      rows(m, n, k, alpha, a, ao, ars, acs, 1f"),
          COLUMN.stride(
              "a single column ignores the row stride of B",
              "Packing.rows(1, k, 1f, b, bo, 0, brs, column, 0, 0);",
              "Packing.rows(1, k, 1f, b, bo, 0, 1, column, 0, 0);"),
          BLOCKED.formula(
              "alpha = 0 reads A",
              "if (alpha == 0f || k == 0) {\n"
                  + "      ScalarGemm.scale(m, n, beta, c, co, crs, ccs);\n"
                  + "      ScalarGemm.finish(m, n, e, row, column, c, co, crs, ccs);\n"
                  + "    } else if (single",
              "if (k == 0) {\n"
                  + "      ScalarGemm.scale(m, n, beta, c, co, crs, ccs);\n"
                  + "      ScalarGemm.finish(m, n, e, row, column, c, co, crs, ccs);\n"
                  + "    } else if (single"),
          PACKING.tail(
              "an element that fills no vector is not packed",
              "to[o + j] = factor * x[xo + j];",
              "to[o + j] = j == 2 ? 0f : factor * x[xo + j];"),
          PACKING.stride(
              "the column stride of A is forgotten",
              "factor * x[xo + i * xrs + j * xcs];",
              "factor * x[xo + i * xrs + j];"),
          PACKING.stride(
              "the eighth of eight columns repeats the seventh",
              "to[at + 7] = factor * x[x7 + down];",
              "to[at + 7] = factor * x[x6 + down];"),
          PACKING.at128Bits(
              "the second vector of a panel of B repeats the first at 128 bits",
              "FloatVector.fromArray(FLOAT, x, from + j)",
              "FloatVector.fromArray(FLOAT, x, from + (LANES == 4 && j == LANES ? 0 : j))"),
          KERNELS.at128Bits(
              "one lane is dropped at 128 bits",
              "FLOAT.indexInRange(filled, columns)",
              "FLOAT.indexInRange(filled, columns - (LANES == 4 && columns == 7 ? 1 : 0))"),
          REDUCE.tail(
              "the last product of a row reduction is missing",
              "yo + i, 1, n - i, lanes, l);",
              "yo + i, 1, Math.max(n - i - 1, 0), lanes, l);"),
          REDUCE.block(
              "the right part of a long row reduction takes the left part of B",
              "dot(alpha, x, xo + left, y, yo + left, n - left, lanes)",
              "dot(alpha, x, xo + left, y, yo, n - left, lanes)"),
          TILE.formula(
              "a chain is padded by a term of zero, which makes -0 to +0",
              "x3.intoArray(c, c3);",
              "x3.add(0f).intoArray(c, c3);"),
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
