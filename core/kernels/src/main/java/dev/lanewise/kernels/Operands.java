package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;

/**
 * Checks of an operation's operands, made before anything is written: null, shape, distinct output
 * elements, overlap.
 */
final class Operands {
  private Operands() {}

  static String shape(FloatMatrix x) {
    return x.rows() + "×" + x.columns();
  }

  /** Both matrices have the same shape. */
  static void sameShape(String op, String nameX, FloatMatrix x, String nameY, FloatMatrix y) {
    Checks.notNull(op, nameX, x);
    Checks.notNull(op, nameY, y);
    if (x.rows() != y.rows() || x.columns() != y.columns()) {
      throw Checks.shape(op, nameX, shape(x), nameY, shape(y), "their shapes must be equal");
    }
  }

  /** The span has one element per column of the matrix. */
  static void perColumn(String op, String nameX, FloatMatrix x, String nameS, FloatSpan s) {
    Checks.notNull(op, nameS, s);
    if (s.length() != x.columns()) {
      throw Checks.shape(
          op,
          nameX,
          shape(x),
          nameS + "'s length",
          s.length(),
          "it must equal " + nameX + "'s columns");
    }
  }

  /** Both spans have the same length. */
  static void sameLength(String op, String nameX, FloatSpan x, String nameY, FloatSpan y) {
    Checks.notNull(op, nameX, x);
    Checks.notNull(op, nameY, y);
    if (x.length() != y.length()) {
      throw Checks.shape(
          op, nameX + "'s length", x.length(), nameY + "'s", y.length(), "they must be equal");
    }
  }

  /** The span has this length. */
  static void length(String op, String name, FloatSpan s, String what, int expected) {
    if (s.length() != expected) {
      throw Checks.shape(
          op,
          name + "'s length",
          s.length(),
          "the number of " + what,
          expected,
          "it must be equal");
    }
  }

  /** Every label is a class of the logits, one per row. */
  static void labels(String op, FloatMatrix logits, Labels labels) {
    Checks.notNull(op, "labels", labels);
    if (labels.length() != logits.rows()) {
      throw Checks.shape(
          op,
          "logits",
          shape(logits),
          "labels' length",
          labels.length(),
          "it must equal the logits' rows");
    }
    for (int i = 0; i < labels.length(); i++) {
      int label = labels.get(i);
      if (label < 0 || label >= logits.columns()) {
        throw new IllegalArgumentException(
            "%s: label %d is %d; it must be one of the %d classes, 0 to %d"
                .formatted(op, i, label, logits.columns(), logits.columns() - 1));
      }
    }
  }

  /** The output's elements are distinct. */
  static void output(String op, String name, FloatMatrix y) {
    if (!Checks.distinct(y.rows(), y.columns(), y.rowStride(), y.columnStride())) {
      throw new IllegalArgumentException(
          "%s: output %s is %s; its elements must be distinct".formatted(op, name, y));
    }
  }

  static void output(String op, String name, FloatSpan y) {
    output(op, name, column(y));
  }

  /** The output shares no element with the other operand. */
  static void disjoint(String op, String nameY, FloatMatrix y, String nameX, FloatMatrix x) {
    if (!isDisjoint(y, x)) {
      throw new IllegalArgumentException(
          "%s: output %s %s overlaps %s %s in one array".formatted(op, nameY, y, nameX, x));
    }
  }

  static void disjoint(String op, String nameY, FloatSpan y, String nameX, FloatMatrix x) {
    disjoint(op, nameY, column(y), nameX, x);
  }

  static void disjoint(String op, String nameY, FloatMatrix y, String nameX, FloatSpan x) {
    disjoint(op, nameY, y, nameX, column(x));
  }

  static void disjoint(String op, String nameY, FloatSpan y, String nameX, FloatSpan x) {
    disjoint(op, nameY, column(y), nameX, column(x));
  }

  /** The output is the very view of the input, or shares no element with it. */
  static void inPlaceOrDisjoint(
      String op, String nameY, FloatMatrix y, String nameX, FloatMatrix x) {
    if (!isIdentical(y, x)) {
      disjoint(op, nameY, y, nameX, x);
    }
  }

  private static boolean isIdentical(FloatMatrix y, FloatMatrix x) {
    return shareArray(y, x)
        && y.offset() == x.offset()
        && y.rows() == x.rows()
        && y.columns() == x.columns()
        && y.rowStride() == x.rowStride()
        && y.columnStride() == x.columnStride();
  }

  private static boolean isDisjoint(FloatMatrix y, FloatMatrix x) {
    if (!shareArray(y, x) || isEmpty(y) || isEmpty(x)) {
      return true;
    }
    if (last(y) < x.offset() || last(x) < y.offset()) {
      return true;
    }
    // Two column blocks of one matrix: their ranges interleave, their columns do not meet.
    int stride = y.rowStride();
    if (stride == 0 || stride != x.rowStride()) {
      return false;
    }
    int distance = Math.floorMod(x.offset() - y.offset(), stride);
    return distance >= width(y) && distance + width(x) <= stride;
  }

  @SuppressWarnings("ReferenceEquality") // the very array is meant, not equal contents
  private static boolean shareArray(FloatMatrix y, FloatMatrix x) {
    return y.array() == x.array();
  }

  private static boolean isEmpty(FloatMatrix x) {
    return x.rows() == 0 || x.columns() == 0;
  }

  private static long last(FloatMatrix x) {
    return x.offset() + (x.rows() - 1L) * x.rowStride() + (x.columns() - 1L) * x.columnStride();
  }

  private static long width(FloatMatrix x) {
    return (x.columns() - 1L) * x.columnStride() + 1;
  }

  /** A span as a matrix of one column, so that two columns of a matrix are seen to be disjoint. */
  private static FloatMatrix column(FloatSpan s) {
    return FloatMatrix.of(s.array(), s.offset(), s.length(), 1, s.stride(), 1);
  }
}
