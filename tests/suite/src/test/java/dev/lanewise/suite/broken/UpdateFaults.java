package dev.lanewise.suite.broken;

import java.util.List;

/** Broken momentum, RMSprop and AdamW. */
final class UpdateFaults {
  private static final Source MOMENTUM = Source.vector(Subject.MOMENTUM, "VectorUpdate");
  private static final Source MOMENTUM_STRIDED = Source.scalar(Subject.MOMENTUM, "ScalarUpdate");
  private static final Source NESTEROV = Source.vector(Subject.NESTEROV, "VectorUpdate");
  private static final Source RMS_PROP = Source.vector(Subject.RMS_PROP, "VectorUpdate");
  private static final Source RMS_PROP_STRIDED = Source.scalar(Subject.RMS_PROP, "ScalarUpdate");
  private static final Source ADAM_W = Source.vector(Subject.ADAM_W, "VectorUpdate");
  private static final Source ADAM_W_FACE = Source.face(Subject.ADAM_W, "Update");

  static final List<Fault> ALL =
      List.of(
          MOMENTUM.formula("the step is of the gradient", "step.fma(sum,", "step.fma(slope,"),
          MOMENTUM.tail(
              "the last parameter is not updated",
              "ScalarUpdate.momentum(n - i,",
              "ScalarUpdate.momentum(Math.max(n - i - 1, 0),"),
          MOMENTUM_STRIDED.stride(
              "the velocity's stride is forgotten",
              "v[vo + i * vs] = sum;\n      p[po + i * ps] = fma(-rate, sum,",
              "v[vo + i] = sum;\n      p[po + i * ps] = fma(-rate, sum,"),
          NESTEROV.formula(
              "nothing is looked ahead to",
              "FloatVector ahead = decay.fma(sum, slope);",
              "FloatVector ahead = sum;"),
          NESTEROV.tail(
              "the tail is plain momentum's",
              "ScalarUpdate.nesterov(n - i,",
              "ScalarUpdate.momentum(n - i,"),
          RMS_PROP.formula(
              "eps stands inside the root",
              "div(second.sqrt().add(eps))",
              "div(second.add(eps).sqrt())"),
          RMS_PROP.formula(
              "the square has no weight", "slope.mul(rest).mul(slope)", "slope.mul(slope)"),
          RMS_PROP.tail(
              "the tail's weights are swapped",
              "ScalarUpdate.rmsProp(n - i, rate, rho, rest,",
              "ScalarUpdate.rmsProp(n - i, rate, rest, rho,"),
          RMS_PROP_STRIDED.stride(
              "the squares have the stride of the gradient",
              "s[so + i * ss] = second;\n      p[",
              "s[so + i * gs] = second;\n      p["),
          ADAM_W.formula(
              "nothing decays",
              "share.fma(FloatVector.fromArray(FLOAT, p, po + i), step.neg())",
              "FloatVector.fromArray(FLOAT, p, po + i).sub(step)"),
          ADAM_W.tail("the tail does not decay", "n - i,\n        kept,", "n - i,\n        1f,"),
          ADAM_W_FACE.formula(
              "the decay has the corrected rate",
              "(float) (1 - rate * decay)",
              "(float) (1 - biased * decay)"));

  private UpdateFaults() {}
}
