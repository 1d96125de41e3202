package dev.lanewise.suite.broken;

import java.util.List;

/** Broken softmaxes. */
final class SoftmaxFaults {
  private static final Source ROWS = Source.vector(Subject.SOFTMAX, "VectorSoftmax");
  private static final Source MAXIMUM = Source.vector(Subject.SOFTMAX, "VectorMaximum");
  private static final Source REDUCE = Source.vector(Subject.SOFTMAX, "VectorReduce");
  private static final Source PLAIN = Source.engine(Subject.PLAIN_SOFTMAX);

  static final List<Fault> ALL =
      List.of(
          ROWS.tail(
              "the last element is not multiplied",
              "for (; j < n; j++) {\n      y[yo + j] *= factor;",
              "for (; j < n - 1; j++) {\n      y[yo + j] *= factor;"),
          ROWS.tail(
              "the tail's exponentials are of logits without the shift",
              "ScalarSoftmax.exponentials(n - j, max,",
              "ScalarSoftmax.exponentials(n - j, 0f,"),
          ROWS.stride(
              "rows of the result lie as far apart as those of the input",
              "int yi = yo + i * yrs;\n      float sum =",
              "int yi = yo + i * xrs;\n      float sum ="),
          ROWS.tail(
              "the backward pass forgets the mean gradient in the tail",
              "ScalarSoftmax.backwardRow(n - j, s,",
              "ScalarSoftmax.backwardRow(n - j, 0f,"),
          ROWS.stride(
              "the backward pass takes the wrong rows of the gradient",
              "int pi = po + i * prs;",
              "int pi = po + i * yrs;"),
          ROWS.formula(
              "the backward pass adds the mean gradient",
              "FloatVector.fromArray(FLOAT, dy, po + j).sub(s)",
              "FloatVector.fromArray(FLOAT, dy, po + j).add(s)"),
          MAXIMUM.tail(
              "the largest element is sought in whole vectors alone",
              "for (; i < n; i++) {\n      int bits =",
              "for (; i < n && n < 16; i++) {\n      int bits ="),
          MAXIMUM.formula(
              "the largest of negative elements is the smallest",
              "largest >= 0 ? largest : smallest",
              "largest"),
          REDUCE.tail(
              "the sum misses the last element",
              "for (; i < n; i++, l++) {",
              "for (; i < n - 1; i++, l++) {"),
          REDUCE.block(
              "the sum of a long row counts its left part twice",
              "sum(x, xo + left, n - left, lanes)",
              "sum(x, xo, n - left, lanes)"),
          REDUCE.at128Bits(
              "folding drops a vector at 128 bits",
              "for (int l = 0; l < half; l += LANES) {",
              "for (int l = 0; l < half - (LANES == 4 && half == 8 ? 4 : 0); l += LANES) {"),
          PLAIN.formula(
              "no shift",
              "float e = (float) Math.exp(x.get(i, j) - max);",
              "float e = (float) Math.exp(x.get(i, j));"),
          PLAIN.formula(
              "NaN becomes 0",
              "y.set(i, j, y.get(i, j) / sum);",
              "y.set(i, j, Math.max(y.get(i, j) / sum, 0) >= 0 ? y.get(i, j) / sum : 0);"),
          PLAIN.formula(
              "the logarithm is of the result",
              "y.set(i, j, x.get(i, j) - max - log);",
              "y.set(i, j, (float) Math.log((float) Math.exp(x.get(i, j) - max - log)));"),
          PLAIN.formula(
              "the logarithm's shift is added to what it cancels",
              "y.set(i, j, x.get(i, j) - max - log);",
              "y.set(i, j, x.get(i, j) - (max + log));"),
          PLAIN.formula(
              "the backward pass is of the diagonal alone",
              "y.get(i, j) * (dy.get(i, j) - dot)",
              "y.get(i, j) * (1 - y.get(i, j)) * dy.get(i, j)"));

  private SoftmaxFaults() {}
}
