package dev.lanewise.suite.engine;

import dev.lanewise.kernels.DoubleMatrix;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.operand.Values;
import java.util.Arrays;
import java.util.function.DoubleSupplier;

/** Matrices of doubles in the layouts and with the values of the kit. */
public final class DoubleViews {
  private DoubleViews() {}

  /** A matrix of what a source gives, its surroundings included. */
  public static DoubleMatrix matrix(Layout layout, int rows, int columns, DoubleSupplier elements) {
    Operand x = layout.operand(rows, columns);
    double[] array = new double[x.array().length];
    Arrays.setAll(array, i -> elements.getAsDouble());
    return DoubleMatrix.of(array, x.offset(), rows, columns, x.rowStride(), x.columnStride());
  }

  /** A matrix of such values, its surroundings included. */
  public static DoubleMatrix matrix(Layout layout, int rows, int columns, Values values, Mix mix) {
    return matrix(layout, rows, columns, () -> next(values, mix));
  }

  /** What the values are for floats, for doubles: all bits used, and the exponent stretched. */
  private static double next(Values values, Mix mix) {
    double x = values.next(mix) * (values == Values.WHOLE ? 1 : 1 + 0x1p-24 * mix.unit());
    return switch (values) {
      case UNDERFLOWING -> 1e-150 * x;
      case SUBNORMAL -> 0x1p-896 * x;
      case HUGE -> 0x1p896 * x;
      default -> x;
    };
  }

  /** The same view of a copy of its array. */
  public static DoubleMatrix copy(DoubleMatrix x) {
    return DoubleMatrix.of(
        x.array().clone(), x.offset(), x.rows(), x.columns(), x.rowStride(), x.columnStride());
  }

  /** A matrix as a dense row-major array. */
  public static double[] dense(DoubleMatrix x) {
    double[] array = new double[x.rows() * x.columns()];
    Arrays.setAll(array, i -> x.get(i / x.columns(), i % x.columns()));
    return array;
  }
}
