package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;

/**
 * Checks of an operation's operands, made before anything is written: null, shape, distinct output
 * elements, overlap. And how matrices lie in their arrays.
 */
@SuppressWarnings("ReferenceEquality") // arrays: the very array is meant, not equal contents
final class Operands {
  private Operands() {}

  /** There are workers, and they are open. */
  static void open(String op, Workers workers) {
    Checks.notNull(op, "workers", workers);
    workers.requireOpen(op);
  }

  static String shape(Matrix x) {
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

  /** The shapes are those of a product C of A and B. */
  static void product(String op, Matrix a, Matrix b, Matrix c) {
    Checks.notNull(op, "A", a);
    Checks.notNull(op, "B", b);
    Checks.notNull(op, "C", c);
    product(op, a.rows(), a.columns(), b.rows(), b.columns(), c.rows(), c.columns());
  }

  /** The shapes are those of a product C of A and B. */
  static void product(String op, FloatMatrix a, FloatFactor b, FloatMatrix c) {
    Checks.notNull(op, "A", a);
    Checks.notNull(op, "B", b);
    Checks.notNull(op, "C", c);
    product(op, a.rows(), a.columns(), b.rows(), b.columns(), c.rows(), c.columns());
  }

  /** Sizes and shapes are those of products C of A and B, which share no element with each C. */
  static void products(String op, FloatBatch a, FloatBatch b, FloatBatch c) {
    Checks.notNull(op, "A", a);
    Checks.notNull(op, "B", b);
    Checks.notNull(op, "C", c);
    if (a.size() != c.size() || b.size() != c.size()) {
      throw new IllegalArgumentException(
          "%s: A has %d matrices, B has %d and C has %d; they must have equally many"
              .formatted(op, a.size(), b.size(), c.size()));
    }
    product(op, a.rows(), a.columns(), b.rows(), b.columns(), c.rows(), c.columns());
    output(op, "C", c);
    disjoint(op, "C", c, "A", a);
    disjoint(op, "C", c, "B", b);
  }

  /** The output's elements are distinct. */
  static void output(String op, String name, FloatBatch y) {
    if (!Checks.distinct(
        y.size(), y.stride(), y.rows(), y.columns(), y.rowStride(), y.columnStride())) {
      throw new IllegalArgumentException(
          "%s: output %s is %s; its elements must be distinct, each stride beyond those of smaller ones"
              .formatted(op, name, y));
    }
  }

  private static void product(String op, int am, int an, int bm, int bn, int cm, int cn) {
    if (an != bm) {
      throw Checks.shape(
          op, "A", am + "×" + an, "B", bm + "×" + bn, "A's columns must equal B's rows");
    }
    if (cm != am || cn != bn) {
      throw Checks.shape(
          op, "C", cm + "×" + cn, "A·B", am + "×" + bn, "their shapes must be equal");
    }
  }

  /** The ranges of the batches' elements do not meet. */
  static void disjoint(String op, String nameY, FloatBatch y, String nameX, FloatBatch x) {
    if (y.array() == x.array() && !isEmpty(y) && !isEmpty(x)) {
      if (last(y) >= x.offset() && last(x) >= y.offset()) {
        throw overlap(op, nameY, y, nameX, x);
      }
    }
  }

  /**
   * The ranges of a batch's and a span's elements do not meet; which one is written is named first.
   */
  static void disjoint(
      String op, String nameY, Object y, String nameX, Object x, FloatBatch batch, FloatSpan span) {
    boolean apart =
        batch.array() != span.array()
            || isEmpty(batch)
            || span.length() == 0
            || last(batch) < span.offset()
            || span.offset() + (span.length() - 1L) * span.stride() < batch.offset();
    if (!apart) {
      throw overlap(op, nameY, y, nameX, x);
    }
  }

  private static boolean isEmpty(FloatBatch x) {
    return x.size() == 0 || x.rows() == 0 || x.columns() == 0;
  }

  private static long last(FloatBatch x) {
    return last(x.offset(), x.rows(), x.columns(), x.rowStride(), x.columnStride())
        + (x.size() - 1L) * x.stride();
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

  /** The span has one element per row of the matrix. */
  static void perRow(String op, String nameX, FloatMatrix x, String nameS, FloatSpan s) {
    Checks.notNull(op, nameX, x);
    Checks.notNull(op, nameS, s);
    if (s.length() != x.rows()) {
      throw Checks.shape(
          op,
          nameX,
          shape(x),
          nameS + "'s length",
          s.length(),
          "it must equal " + nameX + "'s rows");
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

  /** Every label is a class of X or the ignored one, unless that is null; one per row. */
  static void labels(String op, FloatMatrix x, Labels labels, Integer ignored) {
    Checks.notNull(op, "labels", labels);
    if (labels.length() != x.rows()) {
      throw Checks.shape(
          op, "X", shape(x), "labels' length", labels.length(), "it must equal X's rows");
    }
    for (int i = 0; i < labels.length(); i++) {
      int label = labels.get(i);
      boolean known = label >= 0 && label < x.columns();
      if (!known && (ignored == null || label != ignored)) {
        throw new IllegalArgumentException(
            "%s: label %d is %d; it must be one of the %d classes, 0 to %d"
                .formatted(op, i, label, x.columns(), x.columns() - 1));
      }
    }
  }

  /** Whether the elements of each row lie one behind the other; so do those of no matrix. */
  static boolean hasContiguousRows(FloatMatrix x) {
    return x == null || x.columnStride() == 1 || x.columns() <= 1;
  }

  /** Whether all elements lie one behind the other, row behind row; so do those of no matrix. */
  static boolean isDense(FloatMatrix x) {
    return x == null || (x.columnStride() == 1 && (x.rows() == 1 || x.rowStride() == x.columns()));
  }

  /** The output's elements are distinct. */
  static void output(String op, String name, Matrix y) {
    distinct(op, name, y, y.rows(), y.columns(), y.rowStride(), y.columnStride());
  }

  static void output(String op, String name, FloatSpan y) {
    distinct(op, name, y, y.length(), 1, y.stride(), 1);
  }

  private static void distinct(
      String op, String name, Object y, int rows, int columns, int rowStride, int columnStride) {
    if (!Checks.distinct(rows, columns, rowStride, columnStride)) {
      throw new IllegalArgumentException(
          "%s: output %s is %s; its elements must be distinct".formatted(op, name, y));
    }
  }

  /** The output shares no element with the other operand. */
  static void disjoint(String op, String nameY, Matrix y, String nameX, Matrix x) {
    if (y.array() == x.array()
        && meet(
            y.offset(),
            y.rows(),
            y.columns(),
            y.rowStride(),
            y.columnStride(),
            x.offset(),
            x.rows(),
            x.columns(),
            x.rowStride(),
            x.columnStride())) {
      throw overlap(op, nameY, y, nameX, x);
    }
  }

  static void disjoint(String op, String nameY, FloatSpan y, String nameX, FloatMatrix x) {
    if (y.array() == x.array()
        && meet(
            y.offset(),
            y.length(),
            1,
            y.stride(),
            1,
            x.offset(),
            x.rows(),
            x.columns(),
            x.rowStride(),
            x.columnStride())) {
      throw overlap(op, nameY, y, nameX, x);
    }
  }

  static void disjoint(String op, String nameY, FloatMatrix y, String nameX, FloatSpan x) {
    if (y.array() == x.array()
        && meet(
            y.offset(),
            y.rows(),
            y.columns(),
            y.rowStride(),
            y.columnStride(),
            x.offset(),
            x.length(),
            1,
            x.stride(),
            1)) {
      throw overlap(op, nameY, y, nameX, x);
    }
  }

  static void disjoint(String op, String nameY, FloatSpan y, String nameX, FloatSpan x) {
    if (y.array() == x.array()
        && meet(
            y.offset(), y.length(), 1, y.stride(), 1, x.offset(), x.length(), 1, x.stride(), 1)) {
      throw overlap(op, nameY, y, nameX, x);
    }
  }

  /** X and Y of a forward pass, which may be in place. */
  static void forward(String op, FloatMatrix x, FloatMatrix y) {
    sameShape(op, "X", x, "Y", y);
    output(op, "Y", y);
    inPlaceOrDisjoint(op, "Y", y, "X", x);
  }

  /** What a backward pass has of the forward pass, dY and dX, which may be in place of either. */
  static void backward(String op, String nameX, FloatMatrix x, FloatMatrix dy, FloatMatrix dx) {
    sameShape(op, nameX, x, "dY", dy);
    sameShape(op, nameX, x, "dX", dx);
    output(op, "dX", dx);
    inPlaceOrDisjoint(op, "dX", dx, nameX, x);
    inPlaceOrDisjoint(op, "dX", dx, "dY", dy);
  }

  /** The output is the very view of the input, or shares no element with it. */
  static void inPlaceOrDisjoint(
      String op, String nameY, FloatMatrix y, String nameX, FloatMatrix x) {
    if (!isIdentical(y, x)) {
      disjoint(op, nameY, y, nameX, x);
    }
  }

  private static boolean isIdentical(FloatMatrix y, FloatMatrix x) {
    return y.array() == x.array()
        && y.offset() == x.offset()
        && y.rows() == x.rows()
        && y.columns() == x.columns()
        && y.rowStride() == x.rowStride()
        && y.columnStride() == x.columnStride();
  }

  private static IllegalArgumentException overlap(
      String op, String nameY, Object y, String nameX, Object x) {
    return new IllegalArgumentException(
        "%s: output %s %s overlaps %s %s in one array".formatted(op, nameY, y, nameX, x));
  }

  /**
   * Whether two layouts of one array may share an element: their ranges meet, and they are not two
   * column blocks of one matrix. A span is a matrix of one column here, so that two columns of a
   * matrix are seen to be apart.
   */
  private static boolean meet(
      int yo, int ym, int yn, int yrs, int ycs, int xo, int xm, int xn, int xrs, int xcs) {
    if (ym == 0 || yn == 0 || xm == 0 || xn == 0) {
      return false;
    }
    if (last(yo, ym, yn, yrs, ycs) < xo || last(xo, xm, xn, xrs, xcs) < yo) {
      return false;
    }
    if (yrs == 0 || yrs != xrs) {
      return true;
    }
    int distance = Math.floorMod(xo - yo, yrs);
    return distance < width(yn, ycs) || distance + width(xn, xcs) > yrs;
  }

  private static long last(int offset, int rows, int columns, int rowStride, int columnStride) {
    return offset + (rows - 1L) * rowStride + (columns - 1L) * columnStride;
  }

  private static long width(int columns, int columnStride) {
    return (columns - 1L) * columnStride + 1;
  }
}
