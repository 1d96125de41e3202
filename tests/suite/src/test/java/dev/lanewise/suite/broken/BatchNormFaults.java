package dev.lanewise.suite.broken;

import java.util.List;

/** Broken batch normalisations. */
final class BatchNormFaults {
  private static final Source COLUMNS = Source.vector(Subject.BATCH_NORM, "VectorColumns");
  private static final Source ROWS = Source.vector(Subject.BATCH_NORM, "VectorBatchNorm");
  private static final Source MERGING = Source.scalar(Subject.BATCH_NORM, "ScalarColumns");
  private static final Source DEFINITION = Source.scalar(Subject.BATCH_NORM, "ScalarBatchNorm");

  static final List<Fault> ALL =
      List.of(
          MERGING.formula(
              "the variance is unbiased", "x[j] /= divisor;", "x[j] /= Math.max(divisor - 1, 1);"),
          MERGING.block(
              "merging chunks leaves out what their means differ by",
              "m2[j] += deviations + (delta * delta) * square;",
              "m2[j] += deviations;"),
          MERGING.block(
              "every chunk's mean weighs the same",
              "double weight = (double) rows / (before + rows);",
              "double weight = 64.0 / (before + 64);"),
          DEFINITION.formula(
              "eps stands outside the root",
              "Math.sqrt(variance[j] + eps));",
              "(Math.sqrt(variance[j]) + eps));"),
          DEFINITION.formula(
              "the backward pass forgets the mean of the gradient",
              "meanD[j] = (float) (sumD[j] / m);",
              "meanD[j] = 0f;"),
          DEFINITION.formula(
              "the backward pass forgets zhat",
              "slope[j] = (float) (product * inverse / m);",
              "slope[j] = 0f;"),
          DEFINITION.formula(
              "dgamma is of the input that is not divided",
              "dgamma[dgo + j * dgs] = (float) product;",
              "dgamma[dgo + j * dgs] = (float) sumDt[j];"),
          DEFINITION.stride(
              "the stride of dbeta is that of dgamma",
              "dbeta[dbo + j * dbs]",
              "dbeta[dbo + j * dgs]"),
          COLUMNS.tail(
              "single rows behind a group of 8 are left out of the square",
              "d.fma(d, fromArray(FLOAT, s2, j)).intoArray(s2, j);",
              "fromArray(FLOAT, s2, j).intoArray(s2, j);"),
          COLUMNS.tail(
              "the last row of a chunk that is not full is missing",
              "for (; i < rows; i++) {\n      int row = xo + i * xrs;\n"
                  + "      for (int j = 0; j < bound; j += LANES) {\n        FloatVector d",
              "for (; i < rows - 1; i++) {\n      int row = xo + i * xrs;\n"
                  + "      for (int j = 0; j < bound; j += LANES) {\n        FloatVector d"),
          COLUMNS.block(
              "every chunk but the first is short of its last group",
              "chunkMoments(rows, n, x, xo + i * xrs, xrs, pivot, s1, s2);",
              "chunkMoments(i == 0 ? rows : Math.max(rows - 8, 1), n, x, xo + i * xrs, xrs, pivot,"
                  + " s1, s2);"),
          COLUMNS.at128Bits(
              "the second of two vectors is left out of the groups at 128 bits",
              "for (int j = 0; j < bound; j += LANES) {\n      int o = xo + j;",
              "for (int j = 0; j < bound - (LANES == 4 && bound == 8 ? 4 : 0); j += LANES) {\n"
                  + "      int o = xo + j;"),
          ROWS.tail(
              "rows behind a group of four take the next row's elements",
              "fromArray(FLOAT, x, xi + j)\n                .sub(fromArray(FLOAT, high, j))\n"
                  + "                .sub(fromArray(FLOAT, low, j));\n        t.fma(",
              "fromArray(FLOAT, x, xo + j)\n                .sub(fromArray(FLOAT, high, j))\n"
                  + "                .sub(fromArray(FLOAT, low, j));\n        t.fma("),
          ROWS.stride(
              "the fourth row of a group is written where the input's would be",
              ".intoArray(y, yi + j + 3 * yrs);",
              ".intoArray(y, yi + j + 3 * xrs);"),
          ROWS.tail(
              "columns behind the last vector are not normalised",
              "ScalarBatchNorm.normalise(m, bound, n,",
              "ScalarBatchNorm.normalise(m, n, n,"));

  private BatchNormFaults() {}
}
