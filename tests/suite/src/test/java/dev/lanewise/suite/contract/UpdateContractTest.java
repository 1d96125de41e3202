package dev.lanewise.suite.contract;

import dev.lanewise.kernels.Arithmetic;
import dev.lanewise.kernels.Dropout;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Update;
import dev.lanewise.kernels.Workers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and workers that updates, arithmetic and dropout refuse. */
class UpdateContractTest {
  private static final Class<IllegalArgumentException> REFUSED = IllegalArgumentException.class;

  private final FloatMatrix x = FloatMatrix.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
  private final FloatMatrix y = FloatMatrix.of(new float[] {7, 7, 7, 7, 7, 7}, 3, 2);
  private final FloatSpan p = FloatSpan.of(new float[] {1, 2});
  private final FloatSpan q = FloatSpan.of(new float[] {3, 4});
  private final FloatSpan v = FloatSpan.of(new float[] {5, 6});
  private final FloatSpan s = FloatSpan.of(new float[] {7, 8});
  private final List<float[]> arrays =
      List.of(x.array(), y.array(), p.array(), q.array(), v.array(), s.array());

  private void refuses(String words, Executable call) {
    Refusal.leaving(arrays, REFUSED, call, words);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, -Double.MIN_VALUE})
  void rateEpsAndDecayAreFiniteAndNotNegative(double x) {
    String is = " is " + x + "; it must be finite and at least 0";
    refuses("Update.momentum: rate" + is, () -> Update.momentum(p, q, v, x, 0.9));
    refuses("Update.nesterov: rate" + is, () -> Update.nesterov(p, q, v, x, 0.9));
    refuses("Update.rmsProp: rate" + is, () -> Update.rmsProp(p, q, s, x, 0.9, 1e-8));
    refuses("Update.adam: rate" + is, () -> Update.adam(p, q, v, s, 1, x, 0.9, 0.999, 1e-8));
    refuses("Update.adamW: rate" + is, () -> Update.adamW(p, q, v, s, 1, x, 0.9, 0.999, 1e-8, 0));
    refuses("Update.rmsProp: eps" + is, () -> Update.rmsProp(p, q, s, 0.1, 0.9, x));
    refuses("Update.adam: eps" + is, () -> Update.adam(p, q, v, s, 1, 0.1, 0.9, 0.999, x));
    refuses("Update.adamW: eps" + is, () -> Update.adamW(p, q, v, s, 1, 0.1, 0.9, 0.999, x, 0));
    refuses("Update.adamW: decay" + is, () -> Update.adamW(p, q, v, s, 1, 0.1, 0.9, 0.9, 1e-8, x));
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, Float.NaN, Float.POSITIVE_INFINITY})
  void rateOfGradientDescentIsFiniteAndNotNegative(float rate) {
    refuses("Update.gradientDescent: rate is " + rate, () -> Update.gradientDescent(p, q, rate));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 1.5, 0.99999999999, Double.NaN})
  void weightsAndDropoutRatesLieBelowOneAsAFloat(double x) {
    String is = " is " + x + "; it must be at least 0 and below 1 as a float";
    refuses("Update.momentum: beta" + is, () -> Update.momentum(p, q, v, 0.1, x));
    refuses("Update.nesterov: beta" + is, () -> Update.nesterov(p, q, v, 0.1, x));
    refuses("Update.rmsProp: rho" + is, () -> Update.rmsProp(p, q, s, 0.1, x, 1e-8));
    refuses("Update.adam: beta1" + is, () -> Update.adam(p, q, v, s, 1, 0.1, x, 0.999, 1e-8));
    refuses("Update.adam: beta2" + is, () -> Update.adam(p, q, v, s, 1, 0.1, 0.9, x, 1e-8));
    refuses("Update.adamW: beta1" + is, () -> Update.adamW(p, q, v, s, 1, 0.1, x, 0.9, 1e-8, 0));
    refuses("Update.adamW: beta2" + is, () -> Update.adamW(p, q, v, s, 1, 0.1, 0.9, x, 1e-8, 0));
    refuses("Dropout: rate" + is, () -> Dropout.apply(this.x, y, x, 1, 2, 3));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void stepsCountFromOne(long t) {
    refuses("Update.adam: step is " + t, () -> Update.adam(p, q, v, s, t, 0.1, 0.9, 0.9, 1e-8));
    refuses(
        "Update.adamW: step is " + t, () -> Update.adamW(p, q, v, s, t, 0.1, 0.9, 0.9, 1e-8, 0.1));
  }

  @Test
  void whatAFloatCannotHoldIsRefused() {
    String zero = " is 1.0E-50, which is 0.0 as a float";
    String infinity = " is 1.0E50, which is Infinity as a float";
    refuses("Update.momentum: rate" + zero, () -> Update.momentum(p, q, v, 1e-50, 0.9));
    refuses("Update.nesterov: rate" + infinity, () -> Update.nesterov(p, q, v, 1e50, 0.9));
    refuses("Update.rmsProp: rate" + zero, () -> Update.rmsProp(p, q, s, 1e-50, 0.9, 1e-8));
    refuses("Update.rmsProp: eps" + zero, () -> Update.rmsProp(p, q, s, 0.1, 0.9, 1e-50));
    refuses("Update.adam: eps" + zero, () -> Update.adam(p, q, v, s, 1, 0.1, 0.9, 0.999, 1e-50));
    refuses(
        "Update.adamW: eps" + infinity, () -> Update.adamW(p, q, v, s, 1, 0.1, 0.9, 0.9, 1e50, 0));
    Refusal.leaving(
        arrays,
        REFUSED,
        () -> Update.adam(p, q, v, s, 1, 1e38, 0.9, 0.999, 1e-8),
        "bias-corrected rate is",
        "Infinity as a float");
    refuses(
        "Update.adamW: rate·decay" + infinity,
        () -> Update.adamW(p, q, v, s, 1, 1e20, 0.9, 0.9, 1e-8, 1e30));
    refuses(
        "Update.adamW: rate·decay" + zero,
        () -> Update.adamW(p, q, v, s, 1, 1e-30, 0.9, 0.9, 1e-8, 1e-20));
  }

  @Test
  void closedWorkersAreRefused() {
    Workers closed = Workers.of(2);
    closed.close();
    calls(closed)
        .forEach(
            (name, call) ->
                Refusal.leaving(
                    arrays, IllegalStateException.class, call, name + ": the workers are closed"));
  }

  @Test
  void workersAreNeeded() {
    calls(null)
        .forEach(
            (name, call) ->
                Refusal.leaving(
                    arrays, NullPointerException.class, call, name + ": workers is null"));
  }

  private Map<String, Executable> calls(Workers w) {
    return Map.ofEntries(
        Map.entry("Arithmetic.add", () -> Arithmetic.add(x, x, y, w)),
        Map.entry("Arithmetic.subtract", () -> Arithmetic.subtract(x, x, y, w)),
        Map.entry("Arithmetic.multiply", () -> Arithmetic.multiply(x, x, y, w)),
        Map.entry("Arithmetic.divide", () -> Arithmetic.divide(x, x, y, w)),
        Map.entry("Dropout", () -> Dropout.apply(x, y, 0.5, 1, 2, 3, w)),
        Map.entry("Update.gradientDescent", () -> Update.gradientDescent(p, q, 0.1f, w)),
        Map.entry("Update.momentum", () -> Update.momentum(p, q, v, 0.1, 0.9, w)),
        Map.entry("Update.nesterov", () -> Update.nesterov(p, q, v, 0.1, 0.9, w)),
        Map.entry("Update.rmsProp", () -> Update.rmsProp(p, q, s, 0.1, 0.9, 1e-8, w)),
        Map.entry("Update.adam", () -> Update.adam(p, q, v, s, 1, 0.1, 0.9, 0.999, 1e-8, w)),
        Map.entry("Update.adamW", () -> Update.adamW(p, q, v, s, 1, 0.1, 0.9, 0.9, 1e-8, 0, w)));
  }
}
