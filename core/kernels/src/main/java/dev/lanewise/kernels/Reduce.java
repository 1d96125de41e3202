package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;

/**
 * Reductions of the rows, of the columns and of all elements of a matrix: sums and what {@link
 * Reduction} has beside them, dot products, and where the largest element lies.
 *
 * <p>{@link Reduction} has order, special values and error. Matrices have any strides; a result
 * must not overlap them. NaN, infinities, subnormals and -0 follow IEEE 754 along that order.
 */
public final class Reduce {
  private static final String ROWS = "Reduce.rows";
  private static final String COLUMNS = "Reduce.columns";
  private static final String ALL = "Reduce.all";
  private static final String ROW_DOTS = "Reduce.rowDots";
  private static final String COLUMN_DOTS = "Reduce.columnDots";
  private static final String DOT = "Reduce.dot";
  private static final String ROW_ARGMAX = "Reduce.rowArgmax";
  private static final String COLUMN_ARGMAX = "Reduce.columnArgmax";
  private static final String ARGMAX = "Reduce.argmax";

  private Reduce() {}

  /**
   * r_i = reduction of row i.
   *
   * @param reduction what is made of the elements
   * @param x the matrix X
   * @param result r, an element for each row
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if there is not one element for each row, or the result
   *     overlaps X or itself; nothing is written then
   */
  public static void rows(Reduction reduction, FloatMatrix x, FloatSpan result) {
    checkRows(ROWS, reduction, x, result);
    ReduceCall.rows(kind(reduction), x, squared(reduction, x), result, null, null);
  }

  /**
   * As {@link #rows(Reduction, FloatMatrix, FloatSpan)}, with the same bits, on several threads:
   * they share the rows, or where these are few and long, each row's blocks.
   *
   * @param reduction what is made of the elements
   * @param x the matrix X
   * @param result r, an element for each row
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if there is not one element for each row, or the result
   *     overlaps X or itself; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void rows(Reduction reduction, FloatMatrix x, FloatSpan result, Workers workers) {
    checkRows(ROWS, reduction, x, result);
    Operands.open(ROWS, workers);
    ReduceCall.rows(kind(reduction), x, squared(reduction, x), result, null, workers);
  }

  /**
   * r_j = reduction of column j, such as the sums that are the gradient of a bias.
   *
   * @param reduction what is made of the elements
   * @param x the matrix X
   * @param result r, an element for each column
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if there is not one element for each column, or the result
   *     overlaps X or itself; nothing is written then
   */
  public static void columns(Reduction reduction, FloatMatrix x, FloatSpan result) {
    checkColumns(COLUMNS, reduction, x, result);
    ReduceCall.columns(kind(reduction), x, squared(reduction, x), result, null, null);
  }

  /**
   * As {@link #columns(Reduction, FloatMatrix, FloatSpan)}, with the same bits, on several threads:
   * they share the columns.
   *
   * @param reduction what is made of the elements
   * @param x the matrix X
   * @param result r, an element for each column
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if there is not one element for each column, or the result
   *     overlaps X or itself; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void columns(
      Reduction reduction, FloatMatrix x, FloatSpan result, Workers workers) {
    checkColumns(COLUMNS, reduction, x, result);
    Operands.open(COLUMNS, workers);
    ReduceCall.columns(kind(reduction), x, squared(reduction, x), result, null, workers);
  }

  /**
   * The reduction of all elements as one row.
   *
   * @param reduction what is made of the elements
   * @param x the matrix X
   * @return the result
   * @throws NullPointerException if an operand is null
   */
  public static float all(Reduction reduction, FloatMatrix x) {
    Checks.notNull(ALL, "reduction", reduction);
    Checks.notNull(ALL, "X", x);
    return ReduceCall.all(kind(reduction), x, squared(reduction, x), null);
  }

  /**
   * As {@link #all(Reduction, FloatMatrix)}, with the same bits, on several threads: they share its
   * blocks.
   *
   * @param reduction what is made of the elements
   * @param x the matrix X
   * @param workers the threads
   * @return the result
   * @throws NullPointerException if an operand is null
   * @throws IllegalStateException if the workers are closed
   */
  public static float all(Reduction reduction, FloatMatrix x, Workers workers) {
    Checks.notNull(ALL, "reduction", reduction);
    Checks.notNull(ALL, "X", x);
    Operands.open(ALL, workers);
    return ReduceCall.all(kind(reduction), x, squared(reduction, x), workers);
  }

  /**
   * r_i = Σ_j X[i][j]·Y[i][j], each product fused with its sum; the error is that of a sum of
   * products with one more u, where none underflows.
   *
   * @param x the matrix X
   * @param y the matrix Y
   * @param result r, an element for each row
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ, there is not one element for each row,
   *     or the result overlaps a matrix or itself; nothing is written then
   */
  public static void rowDots(FloatMatrix x, FloatMatrix y, FloatSpan result) {
    checkRows(ROW_DOTS, x, y, result);
    ReduceCall.rows(ReduceCall.Kind.DOT, x, y, result, null, null);
  }

  /**
   * As {@link #rowDots(FloatMatrix, FloatMatrix, FloatSpan)}, with the same bits, on several
   * threads: they share the rows, or where these are few and long, each row's blocks.
   *
   * @param x the matrix X
   * @param y the matrix Y
   * @param result r, an element for each row
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ, there is not one element for each row,
   *     or the result overlaps a matrix or itself; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void rowDots(FloatMatrix x, FloatMatrix y, FloatSpan result, Workers workers) {
    checkRows(ROW_DOTS, x, y, result);
    Operands.open(ROW_DOTS, workers);
    ReduceCall.rows(ReduceCall.Kind.DOT, x, y, result, null, workers);
  }

  /**
   * r_j = Σ_i X[i][j]·Y[i][j], in a group of 4 rows every other product fused, behind the last
   * whole group of a chunk each; the error is that of a sum of products with one more u, where none
   * underflows.
   *
   * @param x the matrix X
   * @param y the matrix Y
   * @param result r, an element for each column
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ, there is not one element for each
   *     column, or the result overlaps a matrix or itself; nothing is written then
   */
  public static void columnDots(FloatMatrix x, FloatMatrix y, FloatSpan result) {
    checkColumns(COLUMN_DOTS, x, y, result);
    ReduceCall.columns(ReduceCall.Kind.DOT, x, y, result, null, null);
  }

  /**
   * As {@link #columnDots(FloatMatrix, FloatMatrix, FloatSpan)}, with the same bits, on several
   * threads: they share the columns.
   *
   * @param x the matrix X
   * @param y the matrix Y
   * @param result r, an element for each column
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ, there is not one element for each
   *     column, or the result overlaps a matrix or itself; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void columnDots(FloatMatrix x, FloatMatrix y, FloatSpan result, Workers workers) {
    checkColumns(COLUMN_DOTS, x, y, result);
    Operands.open(COLUMN_DOTS, workers);
    ReduceCall.columns(ReduceCall.Kind.DOT, x, y, result, null, workers);
  }

  /**
   * Σ X[i][j]·Y[i][j] of all elements as one row.
   *
   * @param x the matrix X
   * @param y the matrix Y
   * @return the sum
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ
   */
  public static float dot(FloatMatrix x, FloatMatrix y) {
    Operands.sameShape(DOT, "X", x, "Y", y);
    return ReduceCall.all(ReduceCall.Kind.DOT, x, y, null);
  }

  /**
   * As {@link #dot(FloatMatrix, FloatMatrix)}, with the same bits, on several threads: they share
   * its blocks.
   *
   * @param x the matrix X
   * @param y the matrix Y
   * @param workers the threads
   * @return the sum
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ
   * @throws IllegalStateException if the workers are closed
   */
  public static float dot(FloatMatrix x, FloatMatrix y, Workers workers) {
    Operands.sameShape(DOT, "X", x, "Y", y);
    Operands.open(DOT, workers);
    return ReduceCall.all(ReduceCall.Kind.DOT, x, y, workers);
  }

  /**
   * The column of each row's largest element: the first of several, a NaN before all numbers, +0
   * before -0; -1 of no elements.
   *
   * @param x the matrix X
   * @param result the columns, one for each row
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if there is not one label for each row; nothing is written
   *     then
   */
  public static void rowArgmax(FloatMatrix x, Labels result) {
    checkLabels(ROW_ARGMAX, x, "rows", x == null ? 0 : x.rows(), result);
    ReduceCall.rows(ReduceCall.Kind.ARGMAX, x, null, null, result, null);
  }

  /**
   * As {@link #rowArgmax(FloatMatrix, Labels)}, with the same bits, on several threads: they share
   * the rows.
   *
   * @param x the matrix X
   * @param result the columns, one for each row
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if there is not one label for each row; nothing is written
   *     then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void rowArgmax(FloatMatrix x, Labels result, Workers workers) {
    checkLabels(ROW_ARGMAX, x, "rows", x == null ? 0 : x.rows(), result);
    Operands.open(ROW_ARGMAX, workers);
    ReduceCall.rows(ReduceCall.Kind.ARGMAX, x, null, null, result, workers);
  }

  /**
   * The row of each column's largest element: the first of several, a NaN before all numbers, +0
   * before -0; -1 of no elements.
   *
   * @param x the matrix X
   * @param result the rows, one for each column
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if there is not one label for each column; nothing is written
   *     then
   */
  public static void columnArgmax(FloatMatrix x, Labels result) {
    checkLabels(COLUMN_ARGMAX, x, "columns", x == null ? 0 : x.columns(), result);
    ReduceCall.columns(ReduceCall.Kind.ARGMAX, x, null, null, result, null);
  }

  /**
   * As {@link #columnArgmax(FloatMatrix, Labels)}, with the same bits, on several threads: they
   * share the columns.
   *
   * @param x the matrix X
   * @param result the rows, one for each column
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if there is not one label for each column; nothing is written
   *     then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void columnArgmax(FloatMatrix x, Labels result, Workers workers) {
    checkLabels(COLUMN_ARGMAX, x, "columns", x == null ? 0 : x.columns(), result);
    Operands.open(COLUMN_ARGMAX, workers);
    ReduceCall.columns(ReduceCall.Kind.ARGMAX, x, null, null, result, workers);
  }

  /**
   * The number of the largest of all elements, row behind row: the first of several, a NaN before
   * all numbers, +0 before -0.
   *
   * @param x the matrix X
   * @return i·columns + j of element (i, j); -1 of no elements
   * @throws NullPointerException if the matrix is null
   */
  public static long argmax(FloatMatrix x) {
    Checks.notNull(ARGMAX, "X", x);
    if (x.rows() == 0 || x.columns() == 0) {
      return -1;
    }
    int wanted = Float.floatToIntBits(all(Reduction.MAX, x));
    float[] array = x.array();
    for (int i = 0; ; i++) {
      int at = x.offset() + i * x.rowStride();
      for (int j = 0; j < x.columns(); j++, at += x.columnStride()) {
        if (Float.floatToIntBits(array[at]) == wanted) {
          return (long) i * x.columns() + j;
        }
      }
    }
  }

  private static ReduceCall.Kind kind(Reduction reduction) {
    return switch (reduction) {
      case SUM -> ReduceCall.Kind.SUM;
      case MEAN -> ReduceCall.Kind.MEAN;
      case SUM_OF_SQUARES -> ReduceCall.Kind.DOT;
      case MAX -> ReduceCall.Kind.MAX;
    };
  }

  /** The second factor of squares. */
  private static FloatMatrix squared(Reduction reduction, FloatMatrix x) {
    return reduction == Reduction.SUM_OF_SQUARES ? x : null;
  }

  private static void checkRows(String op, Reduction reduction, FloatMatrix x, FloatSpan result) {
    Checks.notNull(op, "reduction", reduction);
    Checks.notNull(op, "X", x);
    checkRows(op, x, x, result);
  }

  private static void checkRows(String op, FloatMatrix x, FloatMatrix y, FloatSpan result) {
    Operands.sameShape(op, "X", x, "Y", y);
    Operands.perRow(op, "X", x, "result", result);
    checkResult(op, x, y, result);
  }

  private static void checkColumns(
      String op, Reduction reduction, FloatMatrix x, FloatSpan result) {
    Checks.notNull(op, "reduction", reduction);
    Checks.notNull(op, "X", x);
    checkColumns(op, x, x, result);
  }

  private static void checkColumns(String op, FloatMatrix x, FloatMatrix y, FloatSpan result) {
    Operands.sameShape(op, "X", x, "Y", y);
    Operands.perColumn(op, "X", x, "result", result);
    checkResult(op, x, y, result);
  }

  private static void checkResult(String op, FloatMatrix x, FloatMatrix y, FloatSpan result) {
    Operands.output(op, "result", result);
    Operands.disjoint(op, "result", result, "X", x);
    Operands.disjoint(op, "result", result, "Y", y);
  }

  private static void checkLabels(
      String op, FloatMatrix x, String what, int expected, Labels result) {
    Checks.notNull(op, "X", x);
    Checks.notNull(op, "result", result);
    if (result.length() != expected) {
      throw Checks.shape(
          op,
          "result's length",
          result.length(),
          "the number of " + what,
          expected,
          "it must be equal");
    }
  }
}
