package dev.lanewise.suite.broken;

import java.util.List;

/** Broken activations, gradient descent, Adam and rules as they are first written. */
final class ElementwiseFaults {
  private static final Source RELU = Source.vector(Subject.RELU, "VectorActivation");
  private static final Source OPERANDS = Source.face(Subject.RELU, "Operands");
  private static final Source DESCENT = Source.vector(Subject.GRADIENT_DESCENT, "VectorUpdate");
  private static final Source ADAM = Source.vector(Subject.ADAM, "VectorUpdate");
  private static final Source TANH = Source.engine(Subject.PLAIN_TANH);
  private static final Source MOMENTUM = Source.engine(Subject.PLAIN_MOMENTUM);
  private static final Source RMS_PROP = Source.engine(Subject.PLAIN_RMS_PROP);
  private static final Source ADAM_STRIDED = Source.scalar(Subject.ADAM, "ScalarUpdate");

  static final List<Fault> ALL =
      List.of(
          RELU.formula(
              "NaN becomes 0", "v.blend(0f, v.lt(0f))", "v.max(0f).blend(0f, v.eq(v).not())"),
          OPERANDS.stride(
              "rows with gaps count as dense",
              " && (x.rows() == 1 || x.rowStride() == x.columns())",
              ""),
          RELU.tail("the tail is copied", "loop(f, slope, LANES, rest, 0, rest, 0);", ""),
          RELU.formula(
              "the gradient passes at 0",
              "flat = fromArray(FLOAT, x, xo + j).compare(VectorOperators.LE, 0f);",
              "flat = fromArray(FLOAT, x, xo + j).compare(VectorOperators.LT, 0f);"),
          RELU.tail(
              "the gradient's tail is of the input",
              "backwardLoop(f, slope, LANES, rest, 0, rest, LANES, rest, 0);",
              "backwardLoop(f, slope, LANES, rest, 0, rest, 0, rest, 0);"),
          DESCENT.formula(
              "the step goes uphill",
              "FloatVector.broadcast(FLOAT, -rate);\n    int i = 0;",
              "FloatVector.broadcast(FLOAT, rate);\n    int i = 0;"),
          DESCENT.tail(
              "the last parameter is not updated",
              "ScalarUpdate.gradientDescent(n - i,",
              "ScalarUpdate.gradientDescent(Math.max(n - i - 1, 0),"),
          ADAM.formula(
              "the weights of the first moment are swapped",
              "FloatVector first = decay1.fma(FloatVector.fromArray(FLOAT, v, vo + i),"
                  + " slope.mul(rest1));",
              "FloatVector first =\n"
                  + "          slope.mul(beta1).add(FloatVector.fromArray(FLOAT, v, vo +"
                  + " i).mul(rest1));"),
          ADAM.formula(
              "the second moment is not corrected",
              "second.mul(correction).sqrt()",
              "second.sqrt()"),
          ADAM.formula(
              "eps stands inside the root",
              "FloatVector root = second.mul(correction).sqrt();\n"
                  + "      FloatVector step = first.mul(rate).div(root.add(eps));",
              "FloatVector root = second.mul(correction).add(eps).sqrt();\n"
                  + "      FloatVector step = first.mul(rate).div(root);"),
          ADAM.tail(
              "the tail's second moment decays by the first one's factor",
              "        rest1,\n        beta2,\n        rest2,",
              "        rest1,\n        beta1,\n        rest2,"),
          ADAM_STRIDED.stride(
              "the gradient's stride is forgotten",
              "float slope = g[go + i * gs];\n      float first",
              "float slope = g[go + i];\n      float first"),
          ADAM_STRIDED.stride(
              "the second moment has the stride of the first",
              "s[so + i * ss] = second;\n      float root",
              "s[so + i * vs] = second;\n      float root"),
          TANH.formula(
              "the derivative is of the input",
              "x -> 1 - (float) Math.tanh(x) * (float) Math.tanh(x)",
              "x -> 1 - x * x"),
          TANH.formula(
              "large inputs overflow",
              "              x -> (float) Math.tanh(x),",
              "              x -> ((float) Math.exp(2 * x) - 1) / ((float) Math.exp(2 * x) + 1),"),
          MOMENTUM.formula(
              "the weights are swapped",
              "v[i] += (1 - BETA) * (g[i] - v[i]);",
              "v[i] += BETA * (g[i] - v[i]);"),
          MOMENTUM.formula(
              "the step is of the gradient",
              "v[i] += (1 - BETA) * (g[i] - v[i]);\n      p[i] -= RATE * v[i];",
              "v[i] += (1 - BETA) * (g[i] - v[i]);\n      p[i] -= RATE * g[i];"),
          RMS_PROP.formula(
              "eps stands inside the root",
              "((float) Math.sqrt(s[i]) + EPS);",
              "((float) Math.sqrt(s[i] + EPS));"),
          RMS_PROP.formula(
              "the step is not divided by the root",
              "p[i] -= RATE * g[i] / ((float) Math.sqrt(s[i]) + EPS);",
              "p[i] -= RATE * g[i] / (s[i] + EPS);"));

  private ElementwiseFaults() {}
}
