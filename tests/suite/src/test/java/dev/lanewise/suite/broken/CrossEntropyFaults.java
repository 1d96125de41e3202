package dev.lanewise.suite.broken;

import java.util.List;

/** Broken cross-entropies. */
final class CrossEntropyFaults {
  private static final Source ROWS = Source.vector(Subject.CROSS_ENTROPY, "VectorCrossEntropy");
  private static final Source DEFINITION =
      Source.scalar(Subject.CROSS_ENTROPY, "ScalarCrossEntropy");

  static final List<Fault> ALL =
      List.of(
          ROWS.formula(
              "the label's gradient is that of the others",
              "g[gi + label] = ScalarCrossEntropy.labelGradient(labelled, reciprocal, scale);",
              "g[gi + label] = labelled * reciprocal * scale;"),
          ROWS.formula(
              "the gradient is of the sum, not of the mean",
              "float scale = 1f / m;",
              "float scale = 1f;"),
          ROWS.tail(
              "the tail of the gradient is left as exponentials",
              "ScalarCrossEntropy.gradientRow(n - j, reciprocal, scale,",
              "ScalarCrossEntropy.gradientRow(n - j, 1f, scale,"),
          ROWS.stride(
              "rows of the gradient lie as far apart as those of the logits",
              "int gi = go + i * grs;",
              "int gi = go + i * xrs;"),
          ROWS.formula(
              "the label is that of the row before",
              "x[xi + labels[lo + i]]",
              "x[xi + labels[lo + Math.max(i - 1, 0)]]"),
          DEFINITION.formula(
              "the loss leaves the shift out",
              "return (max - logit) + ScalarMath.log(sum);",
              "return -logit + ScalarMath.log(sum);"),
          DEFINITION.formula(
              "the label's gradient is clamped at 0",
              "return (exponential * reciprocal - 1f) * scale;",
              "return Math.min(exponential * reciprocal - 1f, -0.001f) * scale;"));

  private CrossEntropyFaults() {}
}
