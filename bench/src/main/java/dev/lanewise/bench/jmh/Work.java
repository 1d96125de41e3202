package dev.lanewise.bench.jmh;

import dev.lanewise.bench.example.Digits;
import java.util.List;

/**
 * What one call of an operation has to do at a shape, whatever the implementation.
 *
 * <p>Floating-point operations are those of the formula: a multiply-add counts two, a comparison,
 * division or root one, and an exponential {@value #EXP}, as its shortest evaluation in float takes
 * eight multiply-adds, two to reduce the argument and six for a polynomial; a logarithm {@value
 * #LOG}, one multiply-add for the exponent and eight for a polynomial. Bytes are those of matrices
 * and parameter arrays, each operand read once and each result written once, however often an
 * implementation passes over them. What is done once per row or column is left out.
 *
 * @param flops floating-point operations
 * @param bytes bytes read plus bytes written
 * @param workingSet bytes of all distinct operands and results
 * @param lanes how many lanes of a float an element takes: a vector holds so many times fewer
 */
public record Work(long flops, long bytes, long workingSet, int lanes) {
  /** Floating-point operations of an exponential. */
  static final int EXP = 16;

  /** Floating-point operations of a logarithm. */
  static final int LOG = 18;

  /**
   * Work on floats.
   *
   * @param flops floating-point operations
   * @param bytes bytes read plus bytes written
   * @param workingSet bytes of all distinct operands and results
   */
  public Work(long flops, long bytes, long workingSet) {
    this(flops, bytes, workingSet, 1);
  }

  /** C ← A·B for A M×K and B K×N, C not read. */
  static Work product(Shape shape) {
    return products(1, shape.extent(0), shape.extent(1), shape.extent(2));
  }

  /** C ← A·B in double. */
  static Work productOfDoubles(Shape shape) {
    Work floats = product(shape);
    return new Work(floats.flops, 2 * floats.bytes, 2 * floats.workingSet, 2);
  }

  /** C ← A·B for so many pairs of matrices; their number is the first extent. */
  static Work batch(Shape shape) {
    return products(shape.extent(0), shape.extent(1), shape.extent(2), shape.extent(3));
  }

  /** C ← max(A·B + bias, 0): a sum and a comparison for each element of C. */
  static Work productWithEpilogue(Shape shape) {
    Work product = product(shape);
    long elements = (long) shape.extent(0) * shape.extent(2);
    return new Work(product.flops + 2 * elements, product.bytes, product.workingSet);
  }

  /**
   * A training step of dense layers: for each a product forward and one for the gradient of its
   * weights, and one for that of its input, which the first layer does not need. Bytes are those of
   * the weights for each of them, and of parameter, gradient and moments for Adam.
   */
  static Work trainStep(Shape shape) {
    long flops = 0;
    long weights = 0;
    for (int i = 2; i < shape.extents().size(); i++) {
      long layer = (long) shape.extent(i - 1) * shape.extent(i);
      flops += (i == 2 ? 4 : 6) * layer * shape.extent(0);
      weights += layer;
    }
    return new Work(flops, Float.BYTES * 10 * weights, Float.BYTES * 4 * weights);
  }

  /** All training steps of a study: its trials train for some epochs, in batches. */
  static Work study(Shape shape) {
    int units = shape.extent(2);
    Shape samples =
        new Shape(List.of(shape.extent(1), Digits.PIXELS, units, units, Digits.CLASSES));
    Work epoch = trainStep(samples);
    long epochs = (long) shape.extent(0) * StudyBenchmark.EPOCHS;
    int steps = Math.ceilDiv(shape.extent(1), StudyBenchmark.BATCH);
    return new Work(epochs * epoch.flops, epochs * steps * epoch.bytes, epoch.workingSet);
  }

  private static Work products(long count, long m, long k, long n) {
    long bytes = Float.BYTES * count * (m * k + k * n + m * n);
    return new Work(2 * count * m * k * n, bytes, bytes);
  }

  /** So many operations, transfers and arrays for each element of the shape. */
  static Work elements(Shape shape, long flops, long transfers, long arrays) {
    long size = shape.size();
    return new Work(flops * size, Float.BYTES * transfers * size, Float.BYTES * arrays * size);
  }

  /**
   * A copy of one matrix.
   *
   * @param shape its rows and columns
   * @return no operations, each element read and written once
   */
  public static Work copy(Shape shape) {
    return elements(shape, 0, 2, 2);
  }

  /**
   * Arithmetic intensity: operations per byte.
   *
   * @return the quotient
   */
  public double intensity() {
    return (double) flops / bytes;
  }
}
