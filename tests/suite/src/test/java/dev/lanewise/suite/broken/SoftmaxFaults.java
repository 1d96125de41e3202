package dev.lanewise.suite.broken;

import java.util.List;

/** Broken softmaxes. */
final class SoftmaxFaults {
  private static final Source ROWS = Source.vector(Subject.SOFTMAX, "VectorSoftmax");
  private static final Source EXPONENTIALS = Source.vector(Subject.SOFTMAX, "VectorExponentials");
  private static final Source NARROW = Source.vector(Subject.SOFTMAX, "VectorNarrow");
  private static final Source CALL = Source.face(Subject.SOFTMAX, "SoftmaxCall");
  private static final Source CURSOR = Source.face(Subject.SOFTMAX, "RowCursor");
  private static final Source MAXIMUM = Source.vector(Subject.SOFTMAX, "VectorMaximum");
  private static final Source REDUCE = Source.vector(Subject.SOFTMAX, "VectorReduce");
  private static final Source PLAIN = Source.engine(Subject.PLAIN_SOFTMAX);

  static final List<Fault> ALL =
      List.of(
          ROWS.tail("the last elements are not multiplied", "last.intoArray(y, end);", ""),
          EXPONENTIALS.tail(
              "the tail's exponentials are of logits without the shift",
              "anyExponentials(n - done, max, scale,",
              "anyExponentials(n - done, 0f, scale,"),
          CURSOR.stride(
              "rows lie as far apart as they are long",
              "matrix.offset() + i * matrix.rowStride()",
              "matrix.offset() + i * matrix.columns()"),
          ROWS.tail(
              "the backward pass forgets the mean gradient in the tail",
              "ScalarSoftmax.backward(n - j, s,",
              "ScalarSoftmax.backward(n - j, 0f,"),
          CALL.formula(
              "the backward pass takes the gradient's first row for all",
              "steps.second.read(i);",
              "steps.second.read(0);"),
          ROWS.formula(
              "the backward pass adds the mean gradient",
              "fromArray(FLOAT, dy, po + j).sub(s)",
              "fromArray(FLOAT, dy, po + j).add(s)"),
          NARROW.tail(
              "a column of short rows is left out of the sum",
              "if (l + half < n) {",
              "if (l + half < n - 1) {"),
          NARROW.stride(
              "short rows lie as far apart as they are long",
              "load(n, x, xo + i * xrs, xrs, work, 0);\n"
                  + "      exponentials(n, scale, work);\n"
                  + "      FloatVector factor",
              "load(n, x, xo + i * xrs, n, work, 0);\n"
                  + "      exponentials(n, scale, work);\n"
                  + "      FloatVector factor"),
          MAXIMUM.tail(
              "the largest element is sought in whole vectors alone",
              "FloatVector.fromArray(FLOAT, x, xo + n - LANES)",
              "FloatVector.fromArray(FLOAT, x, xo)"),
          MAXIMUM.formula(
              "the largest of negative elements is the smallest",
              "largest >= 0 ? largest : smallest",
              "largest"),
          REDUCE.tail(
              "the sum misses the last element",
              "s0 = s0.add(FloatVector.fromArray(FLOAT, x, xo + i, FLOAT.indexInRange(0, rest)));",
              "s0 = s0.add(FloatVector.fromArray(FLOAT, x, xo + i, FLOAT.indexInRange(0, rest -"
                  + " 1)));"),
          EXPONENTIALS.block(
              "the right part of a long row has the left one's exponentials",
              "scale, x, xo + i, y, to, lanes",
              "scale, x, xo, y, to, lanes"),
          EXPONENTIALS.block(
              "the look ahead forgets the left part of a long row", "extremes[0] = most;", ""),
          REDUCE.at128Bits(
              "folding drops a vector at 128 bits",
              "for (int l = from; l < from + half; l += LANES) {",
              "for (int l = from; l < from + half - (LANES == 4 && half == 8 ? 4 : 0); l += LANES)"
                  + " {"),
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
