package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.ArithmeticFunction;

/**
 * Sums, differences, products and quotients of matrices, element by element: c_ij = a_ij + b_ij and
 * so on, each rounded once.
 *
 * <p>All three have one shape; {@link FloatMatrix#broadcast} repeats a row, a column or a number
 * until it has that. In place (C the very view of A or of B) is allowed; any other overlap is not.
 * Special values follow IEEE 754. The form with workers has the same bits.
 *
 * <p><b>Error.</b> Half an ulp.
 */
public final class Arithmetic {
  private static final String ADD = "Arithmetic.add";
  private static final String SUBTRACT = "Arithmetic.subtract";
  private static final String MULTIPLY = "Arithmetic.multiply";
  private static final String DIVIDE = "Arithmetic.divide";

  private Arithmetic() {}

  /**
   * c = a + b.
   *
   * @param a the matrix A
   * @param b the matrix B
   * @param c the result C
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or C overlaps an operand or itself;
   *     nothing is written then
   */
  public static void add(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    check(ADD, a, b, c);
    ArithmeticCall.run(ArithmeticFunction.ADD, a, b, c, null);
  }

  /**
   * c = a + b, on several threads.
   *
   * @param a the matrix A
   * @param b the matrix B
   * @param c the result C
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or C overlaps an operand or itself;
   *     nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void add(FloatMatrix a, FloatMatrix b, FloatMatrix c, Workers workers) {
    check(ADD, a, b, c);
    Operands.open(ADD, workers);
    ArithmeticCall.run(ArithmeticFunction.ADD, a, b, c, workers);
  }

  /**
   * c = a - b.
   *
   * @param a the matrix A
   * @param b the matrix B
   * @param c the result C
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or C overlaps an operand or itself;
   *     nothing is written then
   */
  public static void subtract(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    check(SUBTRACT, a, b, c);
    ArithmeticCall.run(ArithmeticFunction.SUBTRACT, a, b, c, null);
  }

  /**
   * c = a - b, on several threads.
   *
   * @param a the matrix A
   * @param b the matrix B
   * @param c the result C
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or C overlaps an operand or itself;
   *     nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void subtract(FloatMatrix a, FloatMatrix b, FloatMatrix c, Workers workers) {
    check(SUBTRACT, a, b, c);
    Operands.open(SUBTRACT, workers);
    ArithmeticCall.run(ArithmeticFunction.SUBTRACT, a, b, c, workers);
  }

  /**
   * c = a·b.
   *
   * @param a the matrix A
   * @param b the matrix B
   * @param c the result C
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or C overlaps an operand or itself;
   *     nothing is written then
   */
  public static void multiply(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    check(MULTIPLY, a, b, c);
    ArithmeticCall.run(ArithmeticFunction.MULTIPLY, a, b, c, null);
  }

  /**
   * c = a·b, on several threads.
   *
   * @param a the matrix A
   * @param b the matrix B
   * @param c the result C
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or C overlaps an operand or itself;
   *     nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void multiply(FloatMatrix a, FloatMatrix b, FloatMatrix c, Workers workers) {
    check(MULTIPLY, a, b, c);
    Operands.open(MULTIPLY, workers);
    ArithmeticCall.run(ArithmeticFunction.MULTIPLY, a, b, c, workers);
  }

  /**
   * c = a / b.
   *
   * @param a the matrix A
   * @param b the matrix B
   * @param c the result C
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or C overlaps an operand or itself;
   *     nothing is written then
   */
  public static void divide(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    check(DIVIDE, a, b, c);
    ArithmeticCall.run(ArithmeticFunction.DIVIDE, a, b, c, null);
  }

  /**
   * c = a / b, on several threads.
   *
   * @param a the matrix A
   * @param b the matrix B
   * @param c the result C
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or C overlaps an operand or itself;
   *     nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void divide(FloatMatrix a, FloatMatrix b, FloatMatrix c, Workers workers) {
    check(DIVIDE, a, b, c);
    Operands.open(DIVIDE, workers);
    ArithmeticCall.run(ArithmeticFunction.DIVIDE, a, b, c, workers);
  }

  private static void check(String op, FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    Operands.sameShape(op, "A", a, "C", c);
    Operands.sameShape(op, "B", b, "C", c);
    Operands.output(op, "C", c);
    Operands.inPlaceOrDisjoint(op, "C", c, "A", a);
    Operands.inPlaceOrDisjoint(op, "C", c, "B", b);
  }
}
