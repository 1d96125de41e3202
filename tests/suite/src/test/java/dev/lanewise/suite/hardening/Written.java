package dev.lanewise.suite.hardening;

import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.DoubleMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Standardize;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.graph.VariableArrays;
import dev.lanewise.testkit.operand.Operand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a call could write: the elements behind its receiver and its arguments, as they were. */
final class Written {
  private final List<Object> things = new ArrayList<>();
  private final String before;

  Written(Examples.Call call) {
    add(call.receiver());
    for (Object argument : call.arguments()) {
      add(argument);
    }
    before = contents();
  }

  private void add(Object thing) {
    switch (thing) {
      case null -> {}
      case Iterable<?> all when !(all instanceof java.nio.file.Path) -> all.forEach(this::add);
      case Object[] all -> Arrays.stream(all).forEach(this::add);
      default -> things.add(thing);
    }
  }

  private String contents() {
    StringBuilder text = new StringBuilder();
    things.forEach(thing -> text.append(contents(thing)).append('\n'));
    return text.toString();
  }

  /** Whether anything differs from what it was. */
  boolean isAnything() {
    return !contents().equals(before);
  }

  /** The elements of an argument as text, empty if it has none. */
  static String contents(Object thing) {
    float[] floats = BadValues.array(thing);
    if (floats != null) {
      return Arrays.toString(floats);
    }
    return switch (thing) {
      case float[] array -> Arrays.toString(array);
      case double[] array -> Arrays.toString(array);
      case int[] array -> Arrays.toString(array);
      case DoubleMatrix x -> Arrays.toString(x.array());
      case Labels x -> Arrays.toString(x.array());
      case Dataset x -> Arrays.toString(x.inputs().array());
      case Operand x -> Arrays.toString(x.array());
      case Session x -> x.steps() + Arrays.toString(x.variables().array());
      case VariableArrays x ->
          Arrays.toString(x.all().values().array()) + Arrays.toString(x.all().gradient().array());
      case BatchStatistics x -> x.samples() + " " + x.mean(0) + " " + x.variance(0);
      case Standardize x -> x.samples() + " " + x.mean(0) + " " + x.variance(0);
      case null, default -> "";
    };
  }
}
