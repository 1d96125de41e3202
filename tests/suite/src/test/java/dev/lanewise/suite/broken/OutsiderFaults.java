package dev.lanewise.suite.broken;

import java.util.List;

/** Broken kernels of many operations, chosen without regard to what the contracts ask for. */
final class OutsiderFaults {
  private static final Source GEMM = Source.vector(Subject.GEMM, "VectorGemm");
  private static final Source MAXIMUM = Source.vector(Subject.SOFTMAX, "VectorMaximum");
  private static final Source DOT = Source.vector(Subject.GEMM, "VectorReduce");
  private static final Source CROSS_ENTROPY =
      Source.face(Subject.CROSS_ENTROPY, "CrossEntropyCall");
  private static final Source COLUMNS = Source.vector(Subject.BATCH_NORM, "VectorColumns");
  private static final Source BATCH_NORM = Source.vector(Subject.BATCH_NORM, "VectorBatchNormSums");
  private static final Source COEFFICIENTS = Source.scalar(Subject.BATCH_NORM, "ScalarBatchNorm");
  private static final Source ADAM = Source.vector(Subject.ADAM, "VectorUpdate");
  private static final Source NESTEROV = Source.engine(Subject.PLAIN_NESTEROV);
  private static final Source PARALLEL = Source.engine(Subject.PLAIN_PARALLEL);

  static final List<Fault> ALL =
      List.of(
          GEMM.block(
              "a later block of B's columns is looked for without B's column stride",
              "bo + p * brs + j * bcs",
              "bo + p * brs + j"),
          MAXIMUM.formula(
              "the maximum of negative elements leaves every second vector out",
              "smallest.min(smallest2).reduceLanes",
              "smallest.reduceLanes"),
          DOT.block(
              "the right part of a long dot product starts at the left one's second factor",
              "y, yo + left, n - left, lanes)",
              "y, yo, n - left, lanes)"),
          CROSS_ENTROPY.formula(
              "a row's loss is the difference of two large numbers",
              "return difference + ScalarMath.log(sum);",
              "return (max + ScalarMath.log(sum)) - logit;"),
          COLUMNS.formula(
              "moments are taken about 0",
              "System.arraycopy(x, xo, s, 0, whole);",
              "Arrays.fill(s, 0, whole, 0f);"),
          BATCH_NORM.block(
              "a later chunk of X is looked for with the row stride of dY",
              "int rows = Math.min(CHUNK, m - i);\n      int xi = xo + i * xrs;",
              "int rows = Math.min(CHUNK, m - i);\n      int xi = xo + i * prs;"),
          COEFFICIENTS.stride(
              "beta is read with the stride of gamma",
              "beta, bo, bs, shift",
              "beta, bo, gs, shift"),
          ADAM.formula(
              "eps is inside the root as well as outside",
              "second.mul(correction).sqrt()",
              "second.mul(correction).add(eps).sqrt()"),
          NESTEROV.formula(
              "the weight stands at the gradient instead of the velocity",
              "(g[i] + BETA * v[i])",
              "(BETA * g[i] + v[i])"),
          PARALLEL.thread(
              "a row's maximum starts from that of the part's rows before it",
              """
                  for (int i = from; i < to; i++) {
                    float max = Float.NEGATIVE_INFINITY;
              """,
              """
                  float max = Float.NEGATIVE_INFINITY;
                  for (int i = from; i < to; i++) {
              """));

  private OutsiderFaults() {}
}
