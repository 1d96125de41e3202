package dev.lanewise.suite.broken;

import java.util.List;

/** Broken forms of the ordinary engine's normalisations, and of its threads. */
final class PlainFaults {
  private static final Source LAYER_NORM = Source.engine(Subject.PLAIN_LAYER_NORM);
  private static final Source PARALLEL = Source.engine(Subject.PLAIN_PARALLEL);

  static final List<Fault> ALL =
      List.of(
          LAYER_NORM.formula(
              "the variance is unbiased",
              "Math.sqrt(sum / x.columns() + eps);",
              "Math.sqrt(sum / Math.max(x.columns() - 1, 1) + eps);"),
          LAYER_NORM.formula(
              "eps stands outside the root",
              "Math.sqrt(sum / x.columns() + eps);",
              "(Math.sqrt(sum / x.columns()) + eps);"),
          LAYER_NORM.formula(
              "beta is added before gamma",
              "gamma.get(0, j) * normalised + beta.get(0, j)",
              "gamma.get(0, j) * (normalised + beta.get(0, j))"),
          LAYER_NORM.formula(
              "the backward pass forgets the mean term",
              "gamma.get(0, j) * dy.get(i, j) - sum / n - normalised",
              "gamma.get(0, j) * dy.get(i, j) - normalised"),
          LAYER_NORM.formula(
              "the backward pass divides by the rows",
              "normalised * products / n;",
              "normalised * products / x.rows();"),
          LAYER_NORM.formula(
              "dgamma counts the last row alone",
              "dgamma.set(0, j, dgamma.get(0, j) + dy.get(i, j) * normalised);",
              "dgamma.set(0, j, dy.get(i, j) * normalised);"),
          LAYER_NORM.tail(
              "the last column of the sum is missing",
              "for (int j = 0; j < x.columns(); j++) {\n      sum += x.get(i, j);",
              "for (int j = 0; j < x.columns() - 1; j++) {\n      sum += x.get(i, j);"),
          PARALLEL.thread(
              "the last part is cut short",
              "int last = Math.min(from + part, x.rows());",
              "int last = Math.min(from + part, x.rows() - 1);"),
          PARALLEL.thread(
              "the caller does not wait for the parts",
              "parts.forEach(PlainParallel::await);",
              "parts.stream().skip(x.rows()).forEach(PlainParallel::await);"),
          PARALLEL.thread(
              "the parts share one work array",
              "private static void softmax(Operand x, Operand y, int from, int to) {\n"
                  + "    int n = x.columns();\n    float[] exponentials = new float[n];",
              "private static final float[] SHARED = new float[10_000];\n\n"
                  + "  private static void softmax(Operand x, Operand y, int from, int to) {\n"
                  + "    int n = x.columns();\n    float[] exponentials = SHARED;"),
          PARALLEL.thread(
              "the sum of every row but the part's first begins beside 0",
              "      float sum = 0;\n"
                  + "      for (int j = 0; j < n; j++) {\n"
                  + "        exponentials[j] =",
              "      float sum = i == from ? 0 : 1e-6f;\n      for (int j = 0; j < n; j++) {\n"
                  + "        exponentials[j] ="));

  private PlainFaults() {}
}
