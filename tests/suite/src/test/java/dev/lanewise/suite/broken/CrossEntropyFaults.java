package dev.lanewise.suite.broken;

import java.util.List;

/** Broken cross-entropies. */
final class CrossEntropyFaults {
  private static final Source ROWS = Source.vector(Subject.CROSS_ENTROPY, "VectorCrossEntropy");
  private static final Source NARROW = Source.vector(Subject.CROSS_ENTROPY, "VectorNarrow");
  private static final Source CALL = Source.face(Subject.CROSS_ENTROPY, "CrossEntropyCall");
  private static final Source FACE = Source.face(Subject.CROSS_ENTROPY, "CrossEntropy");
  private static final Source CURSOR = Source.face(Subject.CROSS_ENTROPY, "RowCursor");

  private static final String LABEL = "ScalarMath.fma(exponential, reciprocal, -(keep + rest))";

  static final List<Fault> ALL =
      List.of(
          CALL.formula(
              "the label's gradient is that of the others", LABEL, "exponential * reciprocal"),
          FACE.formula(
              "the gradient is of the sum, not of the mean",
              "targets, divisor, losses",
              "targets, 1f, losses"),
          ROWS.tail(
              "the tail of the gradient is left as exponentials", "last.intoArray(g, end);", ""),
          CURSOR.stride(
              "rows lie as far apart as they are long",
              "matrix.offset() + i * matrix.rowStride()",
              "matrix.offset() + i * matrix.columns()"),
          CALL.formula(
              "the label is that of the row before",
              "labels.array()[labels.offset() + i], weight",
              "labels.array()[labels.offset() + Math.max(i - 1, 0)], weight"),
          CALL.formula(
              "the loss leaves the shift out",
              "float difference = max - logit;",
              "float difference = -logit;"),
          CALL.formula(
              "the label's gradient is clamped below 0", LABEL, "Math.min(" + LABEL + ", -0.001f)"),
          CALL.formula(
              "the gradient of distributions is divided by the sum of exponentials twice",
              "total / sum, weight / divisor",
              "total / sum / sum, weight / divisor"),
          NARROW.formula(
              "short rows take the label of the first row",
              "losses[losseso + i + r] = work[labels[lo + i + r] * LANES + r];",
              "losses[losseso + i + r] = work[labels[lo + i] * LANES + r];"));

  private CrossEntropyFaults() {}
}
