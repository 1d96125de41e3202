package dev.lanewise.suite.properties;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.testkit.Elements;
import java.util.Random;
import java.util.function.DoubleSupplier;

/** Elements from a seed, and views as dense arrays of double. */
public final class Samples {
  private final Random random;

  /** Starts the sequence of a seed. */
  public Samples(long seed) {
    random = new Random(seed);
  }

  /** A normal deviate with the given mean and deviation. */
  public double normal(double mean, double deviation) {
    return mean + deviation * random.nextGaussian();
  }

  /** A matrix of normal deviates. */
  public FloatMatrix normal(Layout layout, int rows, int columns, double mean, double deviation) {
    FloatMatrix matrix = layout.matrix(rows, columns);
    fill(matrix, () -> normal(mean, deviation));
    return matrix;
  }

  /** A span of normal deviates. */
  public FloatSpan normal(Layout layout, int length, double mean, double deviation) {
    FloatSpan span = layout.span(length);
    for (int i = 0; i < length; i++) {
      span.set(i, (float) normal(mean, deviation));
    }
    return span;
  }

  /** Whole numbers from -bound to bound. */
  public FloatMatrix integers(Layout layout, int rows, int columns, int bound) {
    FloatMatrix matrix = layout.matrix(rows, columns);
    fill(matrix, () -> random.nextInt(2 * bound + 1) - bound);
    return matrix;
  }

  /** A class for each of a number of samples. */
  public Labels labels(int samples, int classes) {
    return Labels.of(random.ints(samples, 0, classes).toArray());
  }

  private static void fill(FloatMatrix matrix, DoubleSupplier elements) {
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.columns(); j++) {
        matrix.set(i, j, (float) elements.getAsDouble());
      }
    }
  }

  /** A matrix as dense row-major doubles. */
  public static double[] wide(FloatMatrix matrix) {
    return Elements.widen(matrix.rows(), matrix.columns(), matrix::get);
  }

  /** A span as doubles. */
  public static double[] wide(FloatSpan span) {
    return Elements.widen(dense(span));
  }

  /** A span as a dense array. */
  public static float[] dense(FloatSpan span) {
    float[] array = new float[span.length()];
    for (int i = 0; i < array.length; i++) {
      array[i] = span.get(i);
    }
    return array;
  }

  /** A matrix as a dense row-major array. */
  public static float[] dense(FloatMatrix matrix) {
    float[] array = new float[matrix.rows() * matrix.columns()];
    for (int i = 0; i < array.length; i++) {
      array[i] = matrix.get(i / matrix.columns(), i % matrix.columns());
    }
    return array;
  }

  /** Doubles rounded into a span. */
  public static FloatSpan round(Layout layout, double[] values) {
    FloatSpan span = layout.span(values.length);
    for (int i = 0; i < values.length; i++) {
      span.set(i, (float) values[i]);
    }
    return span;
  }
}
