package dev.lanewise.learn.graph;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.learn.internal.Checks;
import java.util.List;

/** A value that never changes. */
public final class Constant extends Node {
  private final FloatMatrix values;

  private Constant(String name, FloatMatrix values) {
    super(name, new Shape(values.rows(), values.columns()), List.of());
    this.values = values;
  }

  /**
   * A single number.
   *
   * @param value the number, rounded to float
   * @return the constant
   */
  public static Constant of(double value) {
    float rounded = (float) value;
    return new Constant(Float.toString(rounded), FloatMatrix.of(new float[] {rounded}, 1, 1));
  }

  /**
   * A matrix.
   *
   * @param values its elements, which are copied
   * @return the constant
   * @throws NullPointerException if the values are null
   * @throws IllegalArgumentException if they are none
   */
  public static Constant of(FloatMatrix values) {
    Checks.notNull("Constant", "values", values);
    FloatMatrix copy = FloatMatrix.zeros(values.rows(), values.columns());
    for (int i = 0; i < values.rows(); i++) {
      for (int j = 0; j < values.columns(); j++) {
        copy.set(i, j, values.get(i, j));
      }
    }
    return new Constant("constant", copy);
  }

  FloatMatrix values() {
    return values;
  }
}
