package dev.lanewise.bench.jmh;

/**
 * What one call of an operation has to do at a shape, whatever the implementation.
 *
 * <p>Floating-point operations are those of the formula: a multiply-add counts two, a comparison,
 * division or root one, and an exponential {@value #EXP}, as its shortest evaluation in float takes
 * eight multiply-adds, two to reduce the argument and six for a polynomial. Bytes are those of
 * matrices and parameter arrays, each operand read once and each result written once, however often
 * an implementation passes over them. What is done once per row or column is left out.
 *
 * @param flops floating-point operations
 * @param bytes bytes read plus bytes written
 * @param workingSet bytes of all distinct operands and results
 */
public record Work(long flops, long bytes, long workingSet) {
  /** Floating-point operations of an exponential. */
  static final int EXP = 16;

  /** C ← A·B for A M×K and B K×N, C not read. */
  static Work product(Shape shape) {
    long m = shape.extent(0);
    long k = shape.extent(1);
    long n = shape.extent(2);
    long bytes = Float.BYTES * (m * k + k * n + m * n);
    return new Work(2 * shape.size(), bytes, bytes);
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
