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
              "m2[mo + j] += deviations + (delta * delta) * square;",
              "m2[mo + j] += deviations;"),
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
              "double shared = factor[j] * inverse[j] * sumD[j] * perSample;",
              "double shared = 0;"),
          DEFINITION.formula(
              "the backward pass forgets zhat",
              "slope[j] = (float) perElement[j];",
              "slope[j] = 0f;"),
          DEFINITION.formula(
              "dgamma is of the input that is not divided",
              "rounded[j] = (float) product[j];",
              "rounded[j] = (float) sumDt[j];"),
          DEFINITION.formula(
              "the mean is subtracted twice",
              "(shift[j] - (mean[j] - high[j]) * scale[j]);",
              "(shift[j] - mean[j] * scale[j]);"),
          DEFINITION.stride(
              "the stride of dbeta is that of dgamma", "dbeta, dbo, dbs);", "dbeta, dbo, dgs);"),
          COLUMNS.tail(
              "single rows behind a group are left out of the square",
              "d.fma(d, fromArray(FLOAT, s, j + 2 * plane)).intoArray(s, j + 2 * plane);",
              "fromArray(FLOAT, s, j + 2 * plane).intoArray(s, j + 2 * plane);"),
          COLUMNS.tail(
              "the last row of a chunk that is not full is missing",
              "for (; i < rows; i++) {\n      int row = xo + i * xrs;\n"
                  + "      for (int j = 0; j < whole; j += LANES) {\n        FloatVector d",
              "for (; i < rows - 1; i++) {\n      int row = xo + i * xrs;\n"
                  + "      for (int j = 0; j < whole; j += LANES) {\n        FloatVector d"),
          COLUMNS.block(
              "every chunk but the first is short of its last group",
              "chunkMoments(rows, whole, x, xo, xrs, s, plane);",
              "chunkMoments(before == 0 ? rows : Math.max(rows - 4, 1), whole, x, xo, xrs, s,"
                  + " plane);"),
          COLUMNS.at128Bits(
              "the second of two vectors is left out of the groups at 128 bits",
              "for (int j = 0; j < whole; j += LANES) {\n        int o = row + j;\n"
                  + "        FloatVector p =",
              "for (int j = 0; j < whole - (LANES == 4 && whole == 8 ? 4 : 0); j += LANES) {\n"
                  + "        int o = row + j;\n        FloatVector p ="),
          COLUMNS.tail(
              "columns behind the last vector have no squares",
              "square.intoArray(s, so + 2 * plane);",
              "sum.intoArray(s, so + 2 * plane);"),
          ROWS.tail(
              "the last of an odd number of rows is not normalised",
              "if (rows % 2 == 1) { // a pair with itself",
              "if (rows % 2 == 2) {"),
          ROWS.stride(
              "the second row of a pair is written where the input's would be",
              "int y1 = y0 + distance * yrs;",
              "int y1 = y0 + distance * xrs;"),
          ROWS.tail(
              "columns behind the last vector take the coefficients of the first ones",
              "xrs, c, 3 * whole, least,",
              "xrs, c, 0, least,"),
          ROWS.block(
              "a later chunk's rows begin at the second half of the one before",
              "int yi = yo + i * yrs;",
              "int yi = yo + (i - (i > 0 ? 32 : 0)) * yrs;"));

  private BatchNormFaults() {}
}
