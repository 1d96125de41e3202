package dev.lanewise.suite.engine;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Operand;
import java.util.Arrays;
import java.util.function.DoubleSupplier;

/** Operands of the kit as views of Lanewise, on the same arrays, and views as dense arrays. */
public final class Views {
  private Views() {}

  /** A matrix. */
  public static FloatMatrix matrix(Operand x) {
    return FloatMatrix.of(
        x.array(), x.offset(), x.rows(), x.columns(), x.rowStride(), x.columnStride());
  }

  /** The only row of an operand. */
  public static FloatSpan span(Operand x) {
    return matrix(x).row(0);
  }

  /** A matrix of NaN in NaN: what is read by mistake, or left unwritten, shows. */
  public static FloatMatrix matrix(Layout layout, int rows, int columns) {
    return matrix(layout, rows, columns, () -> Double.NaN);
  }

  /** A span of NaN in NaN. */
  public static FloatSpan span(Layout layout, int length) {
    return span(layout, length, () -> Double.NaN);
  }

  /** A matrix of what a source gives, in order of rows and rounded, in surroundings of NaN. */
  public static FloatMatrix matrix(Layout layout, int rows, int columns, DoubleSupplier elements) {
    float[] dense = new float[rows * columns];
    for (int i = 0; i < dense.length; i++) {
      dense[i] = (float) elements.getAsDouble();
    }
    return matrix(layout.operand(rows, columns, dense));
  }

  /** A span of what a source gives, rounded, in surroundings of NaN. */
  public static FloatSpan span(Layout layout, int length, DoubleSupplier elements) {
    return matrix(layout, 1, length, elements).row(0);
  }

  /** Doubles rounded into a span, in surroundings of NaN. */
  public static FloatSpan span(Layout layout, double[] values) {
    return span(layout, values.length, Arrays.stream(values).iterator()::nextDouble);
  }

  /** The same view of a copy of its array. */
  public static FloatMatrix copy(FloatMatrix x) {
    return FloatMatrix.of(
        x.array().clone(), x.offset(), x.rows(), x.columns(), x.rowStride(), x.columnStride());
  }

  /** A matrix as a dense row-major array. */
  public static float[] dense(FloatMatrix x) {
    float[] array = new float[x.rows() * x.columns()];
    for (int i = 0; i < array.length; i++) {
      array[i] = x.get(i / x.columns(), i % x.columns());
    }
    return array;
  }

  /** A span as a dense array. */
  public static float[] dense(FloatSpan x) {
    float[] array = new float[x.length()];
    for (int i = 0; i < array.length; i++) {
      array[i] = x.get(i);
    }
    return array;
  }

  /** A matrix as dense row-major doubles. */
  public static double[] wide(FloatMatrix x) {
    return Elements.widen(x.rows(), x.columns(), x::get);
  }

  /** A span as doubles. */
  public static double[] wide(FloatSpan x) {
    return Elements.widen(dense(x));
  }
}
