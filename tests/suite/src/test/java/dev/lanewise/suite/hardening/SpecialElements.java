package dev.lanewise.suite.hardening;

import static dev.lanewise.suite.hardening.SpecialRow.INF;
import static dev.lanewise.suite.hardening.SpecialRow.MIN;
import static dev.lanewise.suite.hardening.SpecialRow.NAN;
import static dev.lanewise.suite.hardening.SpecialRow.SUB;
import static dev.lanewise.suite.hardening.SpecialRow.constant;
import static dev.lanewise.suite.hardening.SpecialRow.copy;
import static dev.lanewise.suite.hardening.SpecialRow.numbers;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.Arithmetic;
import dev.lanewise.kernels.Dropout;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Update;
import dev.lanewise.suite.hardening.SpecialRow.Along;
import java.util.ArrayList;
import java.util.List;

/** What operations on each element make of odd numbers. */
final class SpecialElements {
  private static final float[] X = numbers(NAN, INF, -INF, 0f, -0f, MIN, -MIN, SUB, -SUB);

  private final List<SpecialRow> rows = new ArrayList<>();

  private SpecialElements() {}

  static List<SpecialRow> rows() {
    SpecialElements table = new SpecialElements();
    table.activations();
    table.slopes();
    table.gradients();
    table.arithmetic();
    table.dropout();
    table.simpleUpdates();
    table.adaptiveUpdates();
    return table.rows;
  }

  private void add(
      String operation, double ulps, float[] x, SpecialRow.Call call, float... expected) {
    rows.add(new SpecialRow(operation, Along.COLUMN, call, ulps, x, expected));
  }

  private void forward(Activation f, double ulps, float... expected) {
    add("Activation." + f + ".forward", ulps, X, f::forward, expected);
  }

  private void activations() {
    float log2 = (float) StrictMath.log(2);
    float root = (float) (2 / StrictMath.sqrt(StrictMath.PI));
    forward(Activation.EXP, 1, NAN, INF, 0, 1, 1, 1, 1, 1, 1);
    float least = (float) StrictMath.log(MIN);
    float small = (float) StrictMath.log(SUB);
    forward(Activation.LOG, 1, NAN, INF, NAN, -INF, -INF, least, NAN, small, NAN);
    forward(Activation.SIGMOID, 2.5, NAN, 1, 0, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f);
    forward(Activation.TANH, 2.5, NAN, 1, -1, 0, -0f, MIN, -MIN, SUB, -SUB);
    forward(Activation.ERF, 2.5, NAN, 1, -1, 0, -0f, MIN, -MIN, root * SUB, -root * SUB);
    for (Activation f : List.of(Activation.GELU, Activation.GELU_TANH, Activation.SILU)) {
      forward(f, 2.5, NAN, INF, -0f, 0, -0f, MIN, -MIN, SUB / 2, -SUB / 2);
    }
    forward(Activation.SOFTPLUS, 2.5, NAN, INF, 0, log2, log2, log2, log2, log2, log2);
    forward(Activation.RELU, 0, NAN, INF, 0, 0, -0f, MIN, 0, SUB, 0);
    forward(Activation.leakyRelu(2), 0, NAN, INF, -INF, 0, -0f, MIN, -2 * MIN, SUB, -2 * SUB);
    // What falls below the normal numbers on the way out.
    float exp = (float) StrictMath.exp(-100);
    add(
        "Activation.exp.forward",
        1,
        numbers(-100, -104, 88.8f),
        Activation.EXP::forward,
        exp,
        0,
        INF);
    add("Activation.sigmoid.forward", 2.5, numbers(-100, 104), Activation.SIGMOID::forward, exp, 1);
    add(
        "Activation.softplus.forward",
        2.5,
        numbers(-100, 1e38f),
        Activation.SOFTPLUS::forward,
        exp,
        1e38f);
  }

  private void backward(Activation f, float... expected) {
    String operation = "Activation." + f + ".backward";
    add(operation, 8, X, (x, y) -> f.backward(x, constant(x, 1f), y), expected);
  }

  /** f'(x), with dy = 1. */
  private void slopes() {
    float root = (float) (2 / StrictMath.sqrt(StrictMath.PI));
    float half = 0.5f;
    backward(Activation.EXP, NAN, INF, 0, 1, 1, 1, 1, 1, 1);
    backward(Activation.LOG, NAN, 0, -0f, INF, -INF, INF, -INF, INF, -INF);
    backward(Activation.SIGMOID, NAN, 0, 0, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f);
    backward(Activation.TANH, NAN, 0, 0, 1, 1, 1, 1, 1, 1);
    backward(Activation.ERF, NAN, 0, 0, root, root, root, root, root, root);
    backward(Activation.GELU, NAN, 1, -0f, half, half, half, half, half, half);
    backward(Activation.GELU_TANH, NAN, 1, -0f, half, half, half, half, half, half);
    backward(Activation.SILU, NAN, 1, -0f, half, half, half, half, half, half);
    backward(Activation.SOFTPLUS, NAN, 1, 0, half, half, half, half, half, half);
    backward(Activation.RELU, 1, 1, 0, 0, 0, 1, 0, 1, 0);
    backward(Activation.leakyRelu(2), 1, 1, 2, 2, 2, 1, 2, 1, 2);
  }

  /** f'(x)·dy of odd dy. */
  private void gradients() {
    for (Activation f : List.of(Activation.SIGMOID, Activation.SOFTPLUS, Activation.SILU)) {
      float slope = f == Activation.SIGMOID ? 0.25f : 0.5f;
      float[] expected = {NAN, INF, -INF, 0f, -0f, slope * SUB};
      String operation = "Activation." + f + ".backward";
      add(
          operation,
          2,
          numbers(NAN, INF, -INF, 0f, -0f, SUB),
          (x, y) -> f.backward(constant(x, 0f), x, y),
          expected);
    }
    for (Activation f : List.of(Activation.EXP, Activation.TANH)) {
      String operation = "Activation." + f + ".backward";
      add(operation, 0, X, (x, y) -> f.backward(constant(x, 0f), x, y), X);
    }
    String relu = "Activation.relu.backward";
    add(relu, 0, X, (x, y) -> Activation.RELU.backward(constant(x, 1f), x, y), X);
    float[] zeros = new float[X.length];
    add(relu, 0, X, (x, y) -> Activation.RELU.backward(constant(x, -0f), x, y), zeros);
    add(relu, 0, X, (x, y) -> Activation.RELU.backward(constant(x, NAN), x, y), X);
  }

  private void binary(String operation, float[] a, float b, Operation f, float... expected) {
    add("Arithmetic." + operation, 0, a, (x, y) -> f.run(x, constant(x, b), y), expected);
  }

  @FunctionalInterface
  private interface Operation {
    void run(FloatMatrix a, FloatMatrix b, FloatMatrix c);
  }

  private void arithmetic() {
    binary("add", X, -0f, Arithmetic::add, X);
    binary("add", X, 0f, Arithmetic::add, NAN, INF, -INF, 0, 0, MIN, -MIN, SUB, -SUB);
    binary("add", X, INF, Arithmetic::add, NAN, INF, NAN, INF, INF, INF, INF, INF, INF);
    binary(
        "add", numbers(MIN, -MIN, 0x1p-126f), -MIN, Arithmetic::add, 0, -2 * MIN, 0x1.fffffcp-127f);
    binary("subtract", X, 0f, Arithmetic::subtract, X);
    binary("subtract", numbers(INF, -INF, -0f), INF, Arithmetic::subtract, NAN, -INF, -INF);
    binary("subtract", numbers(MIN, 3 * MIN, -0f), MIN, Arithmetic::subtract, 0, 2 * MIN, -MIN);
    binary("multiply", X, 1f, Arithmetic::multiply, X);
    binary("multiply", X, 0f, Arithmetic::multiply, NAN, NAN, NAN, 0, -0f, 0, -0f, 0, -0f);
    binary(
        "multiply",
        numbers(MIN, -MIN, 3 * MIN, SUB),
        0.5f,
        Arithmetic::multiply,
        0,
        -0f,
        2 * MIN,
        SUB / 2);
    binary(
        "multiply", X, -INF, Arithmetic::multiply, NAN, -INF, INF, NAN, NAN, -INF, INF, -INF, INF);
    binary("divide", X, 1f, Arithmetic::divide, X);
    binary("divide", X, -0f, Arithmetic::divide, NAN, -INF, INF, NAN, NAN, -INF, INF, -INF, INF);
    binary("divide", X, INF, Arithmetic::divide, NAN, NAN, NAN, 0, -0f, 0, -0f, 0, -0f);
    binary(
        "divide",
        numbers(MIN, -MIN, 3 * MIN, SUB),
        2f,
        Arithmetic::divide,
        0,
        -0f,
        2 * MIN,
        SUB / 2);
  }

  private void dropout() {
    String name = "Dropout.apply";
    add(name, 0, X, (x, y) -> Dropout.apply(x, y, 0, 1, 2, 3), X);
    // A rate next to 1 leaves one in 16 million, and of these none.
    float[] zeros = new float[X.length];
    add(name, 0, X, (x, y) -> Dropout.apply(x, y, 1 - 0x1p-24, 1, 2, 3), zeros);
  }

  /** X has p, g and the states in its rows; so has Y after the step. */
  private void update(String rule, float[] before, Step step, float... after) {
    SpecialRow.Call call =
        (x, y) -> {
          FloatMatrix operands = FloatMatrix.zeros(x.rows(), x.columns());
          copy(x, operands);
          FloatSpan[] spans = new FloatSpan[4];
          for (int k = 0; k < x.rows(); k++) {
            spans[k] = operands.row(k);
          }
          step.run(spans[0], spans[1], spans[2], spans[3]);
          copy(operands, y);
        };
    add("Update." + rule, 8, before, call, after);
  }

  @FunctionalInterface
  private interface Step {
    void run(FloatSpan p, FloatSpan g, FloatSpan v, FloatSpan s);
  }

  private void simpleUpdates() {
    String rule = "gradientDescent";
    Step step = (p, g, v, s) -> Update.gradientDescent(p, g, 0.5f);
    update(rule, numbers(1, NAN), step, NAN, NAN);
    update(rule, numbers(NAN, 1), step, NAN, 1);
    update(rule, numbers(1, INF), step, -INF, INF);
    update(rule, numbers(INF, INF), step, NAN, INF);
    update(rule, numbers(-0f, 0), step, -0f, 0);
    update(rule, numbers(-0f, -0f), step, 0, -0f);
    update(rule, numbers(MIN, 0), step, MIN, 0);
    update(rule, numbers(0, 3 * MIN), step, -2 * MIN, 3 * MIN);
    update(rule, numbers(0, MIN), step, -0f, MIN);
    for (boolean nesterov : new boolean[] {false, true}) {
      String name = nesterov ? "nesterov" : "momentum";
      Step other =
          nesterov
              ? (p, g, v, s) -> Update.nesterov(p, g, v, 1, 0.5)
              : (p, g, v, s) -> Update.momentum(p, g, v, 1, 0.5);
      update(name, numbers(1, NAN, 1), other, NAN, NAN, NAN);
      update(name, numbers(1, 1, NAN), other, NAN, 1, NAN);
      update(name, numbers(NAN, 1, 0), other, NAN, 1, 1);
      update(name, numbers(1, INF, 1), other, -INF, INF, INF);
      update(name, numbers(1, INF, -INF), other, NAN, INF, NAN);
      update(name, numbers(0, 0, 4 * MIN), other, nesterov ? -MIN : -2 * MIN, 0, 2 * MIN);
      update(name, numbers(1, -0f, -0f), other, 1, -0f, -0f);
    }
  }

  private void adaptiveUpdates() {
    Step rms = (p, g, v, s) -> Update.rmsProp(p, g, v, 1, 0.5, 1e-8);
    update("rmsProp", numbers(1, NAN, 1), rms, NAN, NAN, NAN);
    update("rmsProp", numbers(1, 1, NAN), rms, NAN, 1, NAN);
    update("rmsProp", numbers(1, INF, 1), rms, NAN, INF, INF);
    update("rmsProp", numbers(1, 1, INF), rms, 1, 1, INF);
    update("rmsProp", numbers(1, 0, 0), rms, 1, 0, 0);
    update("rmsProp", numbers(1, MIN, 4 * MIN), rms, 1, MIN, 2 * MIN);
    update(
        "rmsProp", numbers(1, 0, 0), (p, g, v, s) -> Update.rmsProp(p, g, v, 1, 0.5, 0), NAN, 0, 0);
    for (boolean decay : new boolean[] {false, true}) {
      String name = decay ? "adamW" : "adam";
      Step adam =
          decay
              ? (p, g, v, s) -> Update.adamW(p, g, v, s, 1, 1, 0.5, 0.5, 1e-8, 0)
              : (p, g, v, s) -> Update.adam(p, g, v, s, 1, 1, 0.5, 0.5, 1e-8);
      update(name, numbers(1, NAN, 1, 1), adam, NAN, NAN, NAN, NAN);
      update(name, numbers(1, 1, NAN, 1), adam, NAN, 1, NAN, 1);
      update(name, numbers(1, 1, 1, NAN), adam, NAN, 1, 1, NAN);
      update(name, numbers(1, INF, 1, 1), adam, NAN, INF, INF, INF);
      update(name, numbers(1, 1, 1, INF), adam, 1, 1, 1, INF);
      update(name, numbers(1, 0, 0, 0), adam, 1, 0, 0, 0);
      update(name, numbers(1, 0, 4 * MIN, 4 * MIN), adam, 1, 0, 2 * MIN, 2 * MIN);
      Step bare =
          decay
              ? (p, g, v, s) -> Update.adamW(p, g, v, s, 1, 1, 0.5, 0.5, 0, 0)
              : (p, g, v, s) -> Update.adam(p, g, v, s, 1, 1, 0.5, 0.5, 0);
      update(name, numbers(1, 0, 0, 0), bare, NAN, 0, 0, 0);
    }
  }
}
