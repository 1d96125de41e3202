package dev.lanewise.suite.bits;

import static dev.lanewise.suite.bits.Order.DOWN_A_COLUMN;

import dev.lanewise.kernels.FloatMatrix;

/** The reductions down columns, restated from their documentation. */
final class StatementOfColumns {
  private StatementOfColumns() {}

  private static double sum(FloatMatrix x, int j) {
    return DOWN_A_COLUMN.sum(x.rows(), i -> x.get(i, j));
  }

  static void columnSums(FloatMatrix x, FloatMatrix sums) {
    for (int j = 0; j < x.columns(); j++) {
      sums.set(0, j, (float) sum(x, j));
    }
  }

  /** The sum in double, divided before it is rounded. */
  static void columnMeans(FloatMatrix x, FloatMatrix means) {
    for (int j = 0; j < x.columns(); j++) {
      means.set(0, j, (float) (sum(x, j) / x.rows()));
    }
  }

  /** The first of the largest, in the order that puts -0 below +0 and NaN above all; -1 of none. */
  static void columnArgmax(FloatMatrix x, FloatMatrix places) {
    for (int j = 0; j < x.columns(); j++) {
      int place = x.rows() == 0 ? -1 : 0;
      for (int i = 1; i < x.rows(); i++) {
        place = Float.compare(x.get(i, j), x.get(place, j)) > 0 ? i : place;
      }
      places.set(0, j, place);
    }
  }

  static void columnDots(FloatMatrix x, FloatMatrix y, FloatMatrix sums) {
    for (int j = 0; j < x.columns(); j++) {
      int column = j;
      double total = DOWN_A_COLUMN.products(x.rows(), i -> x.get(i, column), i -> y.get(i, column));
      sums.set(0, j, (float) total);
    }
  }
}
