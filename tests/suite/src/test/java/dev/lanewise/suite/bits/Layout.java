package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatMatrix;

/**
 * How a matrix lies in its array. What lies between and around its elements is compared as well.
 */
public enum Layout {
  /** Row-major, the whole array. */
  DENSE {
    @Override
    FloatMatrix of(int m, int n) {
      return view(0, m, n, n, 1, 0);
    }
  },
  /** Row-major inside a longer array. */
  INSIDE {
    @Override
    FloatMatrix of(int m, int n) {
      return view(3, m, n, n, 1, 5);
    }
  },
  /** Columns of a wider row-major matrix. */
  PADDED {
    @Override
    FloatMatrix of(int m, int n) {
      return view(1, m, n, n + 3, 1, 2);
    }
  },
  /** One row for all; for inputs. */
  REPEATED_ROW {
    @Override
    FloatMatrix of(int m, int n) {
      return view(2, m, n, 0, 1, 0);
    }
  },
  /** Column-major. */
  COLUMN_MAJOR {
    @Override
    FloatMatrix of(int m, int n) {
      return view(0, m, n, 1, m, 0);
    }
  },
  /** Every other element of wider rows. */
  STRIDED {
    @Override
    FloatMatrix of(int m, int n) {
      return view(5, m, n, 2 * n + 1, 2, 4);
    }
  },
  /** Every third element of longer columns. */
  STRIDED_COLUMNS {
    @Override
    FloatMatrix of(int m, int n) {
      return view(1, m, n, 3, 3 * m + 2, 1);
    }
  },
  /** One column for all; for inputs. */
  REPEATED_COLUMN {
    @Override
    FloatMatrix of(int m, int n) {
      return view(4, m, n, 1, 0, 1);
    }
  };

  /** A matrix of m rows and n columns in an array of its own. */
  abstract FloatMatrix of(int m, int n);

  /** The same, filled with values, its surroundings included. */
  FloatMatrix of(int m, int n, Values values, Mix mix) {
    FloatMatrix matrix = of(m, n);
    float[] array = matrix.array();
    for (int i = 0; i < array.length; i++) {
      array[i] = values.next(mix);
    }
    return matrix;
  }

  /** This layout, or another one whose elements are distinct. */
  Layout distinct() {
    return this == REPEATED_ROW || this == REPEATED_COLUMN ? INSIDE : this;
  }

  private static FloatMatrix view(int offset, int m, int n, int rs, int cs, int margin) {
    int last = m == 0 || n == 0 ? -1 : (m - 1) * rs + (n - 1) * cs;
    return FloatMatrix.of(new float[offset + last + 1 + margin], offset, m, n, rs, cs);
  }

  /** The same view of a copy of its array. */
  static FloatMatrix copy(FloatMatrix x) {
    return FloatMatrix.of(
        x.array().clone(), x.offset(), x.rows(), x.columns(), x.rowStride(), x.columnStride());
  }
}
