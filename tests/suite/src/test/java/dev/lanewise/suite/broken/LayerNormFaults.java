package dev.lanewise.suite.broken;

import java.util.List;

/** Broken layer normalisations. */
final class LayerNormFaults {
  private static final Source ROWS = Source.vector(Subject.LAYER_NORM, "VectorLayerNorm");
  private static final Source MOMENTS = Source.vector(Subject.LAYER_NORM, "VectorRowMoments");
  private static final Source DEFINITION = Source.scalar(Subject.LAYER_NORM, "ScalarLayerNorm");
  private static final Source SCALAR_MOMENTS =
      Source.scalar(Subject.LAYER_NORM, "ScalarRowMoments");
  private static final Source MERGING = Source.scalar(Subject.LAYER_NORM, "ScalarColumns");
  private static final Source CALL = Source.face(Subject.LAYER_NORM, "RowNormCall");
  private static final Source GROUP = Source.face(Subject.LAYER_NORM, "RowGroup");

  static final List<Fault> ALL =
      List.of(
          DEFINITION.formula(
              "eps stands outside the root",
              "(1 / Math.sqrt(variance + eps));",
              "(1 / (Math.sqrt(variance) + eps));"),
          DEFINITION.withoutVectors(
              "the gradient's mean is not subtracted",
              "gamma[j] * d[po + j] - mean);",
              "gamma[j] * d[po + j]);"),
          DEFINITION.withoutVectors(
              "dgamma leaves the fourth row of a group out",
              "s[k + plane] += q0 + q1;",
              "s[k + plane] += q0 + d2 * xhat(x[o + 2 * xrs], c, 2);"),
          SCALAR_MOMENTS.withoutVectors(
              "squares are of the last turn of the lanes alone",
              "fma(d, d, lanes[LANES + l]);",
              "d * d;"),
          MERGING.block(
              "every block's mean weighs the same",
              "double weight = (double) rows / (before + rows);",
              "double weight = 4096.0 / (before + 4096);"),
          CALL.formula(
              "the variance is unbiased",
              "variance[0] / n, eps, work.coefficients, co);",
              "variance[0] / Math.max(n - 1, 1), eps, work.coefficients, co);"),
          CALL.tail(
              "rows behind the last group are left out of dgamma and dbeta",
              "addColumnSums(rows, so, work);",
              "addColumnSums(rows == GROUP ? rows : 0, so, work);"),
          CALL.block(
              "dgamma is of the first chunk of rows",
              "ScalarColumns.add(n, sums, 2 * n * chunk + n, products);",
              "ScalarColumns.add(firstChunk == 0 ? n : 0, sums, 2 * n * chunk + n, products);"),
          CALL.block(
              "a later block of a row takes the first one's gammas",
              "VectorLayerNorm.gradientSums(\n            block, c, co, gamma, j,",
              "VectorLayerNorm.gradientSums(\n            block, c, co, gamma, 0,"),
          CALL.block(
              "a later block of a row has the moments of the first",
              "VectorRowMoments.block(length, a, ao + j,",
              "VectorRowMoments.block(length, a, ao,"),
          GROUP.stride(
              "rows of a group lie as far apart as they are long",
              "stride = copy == null ? x.rowStride() : x.columns();",
              "stride = x.columns();"),
          ROWS.formula(
              "beta is multiplied as well",
              "xhat.fma(fromArray(FLOAT, gamma, j), fromArray(FLOAT, beta, j))",
              "xhat.add(fromArray(FLOAT, beta, j)).mul(fromArray(FLOAT, gamma, j))"),
          ROWS.tail(
              "columns behind the last vector take the first betas",
              "fromArray(FLOAT, beta, whole, mask)",
              "fromArray(FLOAT, beta, 0, mask)"),
          ROWS.tail(
              "dx behind the last vector is not divided",
              "g.sub(mean)).mul(inverse).intoArray(dx, dxo + whole, mask);",
              "g.sub(mean)).intoArray(dx, dxo + whole, mask);"),
          ROWS.tail(
              "vectors behind whole turns take the gammas of the first",
              "fromArray(FLOAT, gamma, go + i, mask);",
              "fromArray(FLOAT, gamma, go + turns, mask);"),
          ROWS.tail(
              "single rows behind a group are normalised as the first",
              "addRow(whole, c, i * COEFFICIENTS, x,",
              "addRow(whole, c, 0, x,"),
          ROWS.stride(
              "the last row of a group of dY is looked for with the row stride of X",
              "FloatVector d3 = fromArray(FLOAT, d, p + 3 * prs);",
              "FloatVector d3 = fromArray(FLOAT, d, p + 3 * xrs);"),
          ROWS.at128Bits(
              "the second half of the lanes takes the first one's gammas at 128 bits",
              "addFour(turns, c, co, gamma, go + l,",
              "addFour(turns, c, co, gamma, go + l % 32,"),
          MOMENTS.formula(
              "moments are taken about 0",
              "float pivot = ScalarRowMoments.pivot(first, sum, n);",
              "float pivot = 0f;"),
          MOMENTS.tail(
              "the pivot is subtracted from absent elements",
              "FloatVector d = fromArray(FLOAT, x, o, mask).sub(p, mask);",
              "FloatVector d = fromArray(FLOAT, x, o, mask).sub(p);"),
          MOMENTS.tail(
              "the squares of a fourth vector behind whole turns are missing",
              "q3 = d.fma(d, q3);",
              "q3 = q3;"),
          MOMENTS.at128Bits(
              "squares are of the first lanes alone at 128 bits",
              "addSquares(n - l, pivot,",
              "addSquares(l == 0 ? n : 0, pivot,"));

  private LayerNormFaults() {}
}
