package dev.lanewise.learn.graph;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.learn.internal.Checks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that a session keeps from run to run, as flat arrays with a view for each name. */
final class State {
  private final List<Variable> variables;
  private final Map<Variable, Integer> offsets = new HashMap<>();
  private final float[] values;
  private final List<float[]> optimizer = new ArrayList<>();
  private final List<RunningStatistics> running;
  private final Map<RunningStatistics, Integer> runningOffsets = new HashMap<>();
  private final float[] statistics;
  private final int decayed;
  private final Map<String, FloatMatrix> tensors;

  State(List<Variable> variables, List<RunningStatistics> running, int states, long seed) {
    this.variables = new ArrayList<>(variables);
    this.variables.sort((a, b) -> Boolean.compare(b.isDecayed(), a.isDecayed())); // is stable
    this.running = running;
    long size = 0;
    long first = 0;
    for (Variable variable : this.variables) {
      offsets.put(variable, (int) size);
      size += (long) variable.shape().rows() * variable.shape().columns();
      first = variable.isDecayed() ? size : first;
      if (size > Checks.LARGEST_ARRAY) {
        throw new IllegalArgumentException(
            "Session: with %s the variables have %d elements, more than an array"
                .formatted(variable, size));
      }
    }
    decayed = (int) first;
    values = new float[(int) size];
    for (int i = 0; i < states; i++) {
      optimizer.add(new float[values.length]);
    }
    int features = 0;
    for (RunningStatistics each : running) {
      runningOffsets.put(each, 2 * features);
      features += each.features();
    }
    statistics = new float[2 * features];
    tensors = named();
    initialise(seed);
  }

  private void initialise(long seed) {
    for (Variable variable : variables) {
      variable.initializer().fill(view(values, variable), seed, variable.purpose());
    }
    for (RunningStatistics each : running) {
      int from = runningOffsets.get(each) + each.features();
      Arrays.fill(statistics, from, from + each.features(), 1f);
    }
  }

  private FloatMatrix view(float[] array, Variable variable) {
    Integer offset = offsets.get(Checks.notNull("Session", "variable", variable));
    if (offset == null) {
      throw new IllegalArgumentException("Session: %s is no variable of it".formatted(variable));
    }
    Shape shape = variable.shape();
    return FloatMatrix.of(array, offset, shape.rows(), shape.columns(), shape.columns(), 1);
  }

  FloatMatrix value(Variable variable) {
    return view(values, variable);
  }

  /** The part of a gradient of all variables that is one variable's. */
  FloatMatrix gradient(float[] gradient, int from, Variable variable) {
    Shape shape = variable.shape();
    return FloatMatrix.of(
        gradient, from + offsets.get(variable), shape.rows(), shape.columns(), shape.columns(), 1);
  }

  int size() {
    return values.length;
  }

  FloatSpan all() {
    return FloatSpan.of(values);
  }

  FloatSpan runningMean(RunningStatistics running) {
    return FloatSpan.of(statistics, runningOffsets.get(running), running.features());
  }

  FloatSpan runningVariance(RunningStatistics running) {
    int from = runningOffsets.get(running) + running.features();
    return FloatSpan.of(statistics, from, running.features());
  }

  VariableArrays arrays(float[] gradient) {
    return new VariableArrays(values, gradient, optimizer, decayed);
  }

  /** Every array by name: variables, running statistics, what the optimizer keeps. */
  Map<String, FloatMatrix> tensors() {
    return tensors;
  }

  private Map<String, FloatMatrix> named() {
    Map<String, FloatMatrix> named = new LinkedHashMap<>();
    variables.forEach(variable -> add(named, variable.name(), view(values, variable)));
    for (RunningStatistics each : running) {
      add(named, each.name() + ".mean", row(runningMean(each)));
      add(named, each.name() + ".variance", row(runningVariance(each)));
    }
    for (int i = 0; i < optimizer.size(); i++) {
      for (Variable variable : variables) {
        add(named, "optimizer." + i + "." + variable.name(), view(optimizer.get(i), variable));
      }
    }
    return Collections.unmodifiableMap(named);
  }

  private static void add(Map<String, FloatMatrix> named, String name, FloatMatrix tensor) {
    if (named.putIfAbsent(name, tensor) != null) {
      throw new IllegalArgumentException("Session: two tensors would be named " + name);
    }
  }

  private static FloatMatrix row(FloatSpan span) {
    return FloatMatrix.of(span.array(), span.offset(), 1, span.length(), span.length(), 1);
  }

  /** Writes all tensors, or none if one is absent or has another shape. */
  void load(Map<String, FloatMatrix> loaded) {
    tensors.forEach((name, tensor) -> checkShape(name, tensor, loaded.get(name)));
    tensors.forEach(
        (name, tensor) -> {
          FloatMatrix value = loaded.get(name);
          for (int i = 0; i < tensor.rows(); i++) {
            for (int j = 0; j < tensor.columns(); j++) {
              tensor.set(i, j, value.get(i, j));
            }
          }
        });
  }

  private static void checkShape(String name, FloatMatrix tensor, FloatMatrix value) {
    if (value == null || value.rows() != tensor.rows() || value.columns() != tensor.columns()) {
      throw new IllegalArgumentException(
          "Session: tensor %s is %s; expected %d×%d"
              .formatted(
                  name,
                  value == null ? "absent" : value.rows() + "×" + value.columns(),
                  tensor.rows(),
                  tensor.columns()));
    }
  }
}
