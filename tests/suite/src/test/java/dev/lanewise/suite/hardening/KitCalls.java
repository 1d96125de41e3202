package dev.lanewise.suite.hardening;

import static dev.lanewise.suite.hardening.Examples.arguments;

import dev.lanewise.suite.hardening.Examples.Call;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.Case;
import dev.lanewise.testkit.law.Engine;
import dev.lanewise.testkit.law.GemmCase;
import dev.lanewise.testkit.law.GemmEngine;
import dev.lanewise.testkit.law.Law;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.law.Verification;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.operand.Values;
import dev.lanewise.testkit.oracle.ActivationOracle;
import dev.lanewise.testkit.oracle.NetworkOracle;
import dev.lanewise.testkit.oracle.OptimizerOracle;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * How the oracles, the assertions and the laws of the kit are called: on matrices of 3×3 zeros, of
 * which every oracle makes zeros, and on a law that says nothing.
 */
final class KitCalls {
  private static final GemmEngine ENGINE = (alpha, a, b, beta, c) -> {};

  private static final Law<GemmEngine, GemmCase> LAW =
      new Law<>("law", GemmCase::draw, Set.of(), Set.of(), (engine, given, seen) -> {});

  private static double[] matrix() {
    return new double[9];
  }

  private static double[] row() {
    return new double[3];
  }

  private static GemmCase product() {
    return GemmCase.draw(new Mix(1));
  }

  private static Law.Counterexample<GemmCase> broken() {
    return new Law.Counterexample<>(product(), new AssertionError("broken"));
  }

  Examples examples() {
    Examples examples = new Examples();
    numbers(examples);
    values(examples);
    oracles(examples);
    operands(examples);
    laws(examples);
    return examples;
  }

  private static void numbers(Examples examples) {
    examples
        .value(int.class, () -> 3)
        .value(long.class, () -> 1L)
        .value(float.class, () -> 0.5f)
        .value(double.class, () -> 0.5)
        .value(boolean.class, () -> true)
        .value(float[].class, () -> new float[9])
        .value(float[][].class, () -> new float[][] {{1, 2}, {3}})
        .value(double[].class, KitCalls::matrix)
        .value(double[][].class, () -> new double[][] {matrix()})
        .value(int[].class, () -> new int[3])
        .value(String.class, () -> "name")
        .value(Object[].class, () -> new Object[] {"a", "b"})
        .value(BigDecimal.class, () -> BigDecimal.ONE);
  }

  private static void values(Examples examples) {
    examples
        .value(Accuracy.class, () -> new Accuracy("name"))
        .value(Bound.class, () -> Bound.absolute(1))
        .value(Elements.class, () -> Elements.dense(new float[9], 3))
        .value(GradientCheck.class, () -> new GradientCheck("name"))
        .value(ToDoubleFunction.class, () -> (ToDoubleFunction<double[]>) x -> 0)
        .value(UnaryOperator.class, () -> (UnaryOperator<double[]>) x -> new double[x.length])
        .value(Mix.class, () -> new Mix(1))
        .value(Operand.class, () -> Operand.dense(new float[9], 3, 3))
        .value(
            MatrixCase.class,
            () -> new MatrixCase(3, 3, Layout.DENSE, Layout.INSIDE, Values.ORDINARY, 1))
        .value(GemmCase.class, KitCalls::product)
        .value(ActivationOracle.class, () -> ActivationOracle.leakyRelu(0.5))
        .value(OptimizerOracle.class, () -> OptimizerOracle.momentum(0.5, 0.5))
        .value(NetworkOracle.class, () -> NetworkOracle.inputs(3).dense(3, false))
        .value(Capability[].class, () -> new Capability[] {Capability.EMPTY, Capability.ALPHA})
        .value(Case.class, KitCalls::product)
        .value(Engine.class, () -> ENGINE)
        .value(Function.class, () -> (Function<Mix, GemmCase>) GemmCase::draw)
        .value(Set.class, Set::of)
        .value(Law.class, () -> LAW)
        .value(Law.Check.class, () -> (Law.Check<GemmEngine, GemmCase>) (e, given, seen) -> {})
        .value(Law.Counterexample.class, KitCalls::broken)
        .value(Verification.class, () -> Verification.of(List.of(LAW), ENGINE, 1));
  }

  private static void oracles(Examples examples) {
    for (String norm : List.of("BatchNorm", "LayerNorm")) {
      examples.call(
          norm + "Oracle.forward(int, int, double[], double[], double[], double)",
          () -> arguments(3, 3, matrix(), row(), row(), 0.5));
    }
    for (String gradient :
        List.of("BatchNormOracle.dz", "LayerNormOracle.dx", "RmsNormOracle.dx")) {
      examples.call(
          gradient + "(int, int, double[], double[], double, double[])",
          () -> arguments(3, 3, matrix(), row(), 0.5, matrix()));
    }
    examples
        .call(
            "BatchNormOracle.inference(int, int, double[], double[], double[], double[], double[],"
                + " double)",
            () -> arguments(3, 3, matrix(), row(), row(), row(), row(), 0.5))
        .call(
            "BatchNormOracle.inferenceDgamma(int, int, double[], double[], double[], double,"
                + " double[])",
            () -> arguments(3, 3, matrix(), row(), row(), 0.5, matrix()))
        .call(
            "BatchNormOracle.inferenceDz(int, int, double[], double[], double, double[])",
            () -> arguments(3, 3, row(), row(), 0.5, matrix()))
        .call(
            "RmsNormOracle.forward(int, int, double[], double[], double)",
            () -> arguments(3, 3, matrix(), row(), 0.5))
        .call(
            "GemmOracle.exact(int, int, int, int, int, double, double[], double[], double,"
                + " double[])",
            () -> arguments(1, 1, 3, 3, 3, 0.5, matrix(), matrix(), 0.5, matrix()))
        .call(
            "NetworkOracle.inputOf(int, int, double[], double[])",
            () -> arguments(1, 3, matrix(), matrix()))
        .call(
            "GradientCheck.jacobian(UnaryOperator, double[], double[], String)",
            () ->
                arguments(
                    (UnaryOperator<double[]>) x -> new double[x.length], row(), matrix(), "name"));
  }

  private static void operands(Examples examples) {
    examples
        .call("Elements.at(int, int)", () -> arguments(1, 1))
        .call(
            "Operand(float[], int, int, int, int, int)",
            () -> arguments(new float[9], 0, 3, 3, 3, 1))
        .call("Operand.get(int, int)", () -> arguments(1, 1))
        .call("Operand.set(int, int, float)", () -> arguments(1, 1, 0.5f))
        .call("Operand.rows(int, int)", () -> arguments(1, 2));
  }

  private static void laws(Examples examples) {
    examples
        .call(
            "Law.Counterexample(Object, AssertionError)",
            () -> arguments(product(), new AssertionError("broken")))
        .made(
            "Verification.of(List, Engine, long)",
            () -> new Call(null, arguments(List.of(LAW), ENGINE, 1L)));
  }

  Exceptions exceptions() {
    return KitExceptions.all();
  }
}
