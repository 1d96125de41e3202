package dev.lanewise.testkit.operand;

import dev.lanewise.testkit.internal.Checks;
import java.util.Arrays;
import java.util.Locale;

/**
 * How a matrix lies in its array. What lies around and between its elements belongs to the test: an
 * operation must neither use nor change it.
 */
public enum Layout {
  /** Row-major, the whole array. */
  DENSE,
  /** Row-major inside a longer array. */
  INSIDE,
  /** Columns of a wider row-major matrix. */
  PADDED,
  /** Column-major. */
  COLUMN_MAJOR,
  /** Every other element of wider rows. */
  STRIDED,
  /** Every third element of longer columns. */
  STRIDED_COLUMNS,
  /** One row for all; for inputs. */
  REPEATED_ROW,
  /** One column for all; for inputs. */
  REPEATED_COLUMN;

  /**
   * A matrix of zeros.
   *
   * @param m the number of rows
   * @param n the number of columns
   * @return a view of a new array
   * @throws IllegalArgumentException if an extent is negative or no array can be that long
   */
  public Operand operand(int m, int n) {
    Checks.atLeast("Layout", "rows", m, 0);
    Checks.atLeast("Layout", "columns", n, 0);
    return switch (this) {
      case DENSE -> view(0, m, n, n, 1, 0);
      case INSIDE -> view(3, m, n, n, 1, 5);
      case PADDED -> view(1, m, n, n + 3L, 1, 2);
      case COLUMN_MAJOR -> view(0, m, n, 1, m, 0);
      case STRIDED -> view(5, m, n, 2L * n + 1, 2, 4);
      case STRIDED_COLUMNS -> view(1, m, n, 3, 3L * m + 2, 1);
      case REPEATED_ROW -> view(2, m, n, 0, 1, 0);
      case REPEATED_COLUMN -> view(4, m, n, 1, 0, 1);
    };
  }

  /**
   * A matrix of values, its surroundings included.
   *
   * @param m the number of rows
   * @param n the number of columns
   * @param values what the elements are like
   * @param mix where their randomness comes from
   * @return a view of a new array
   * @throws IllegalArgumentException if an extent is negative or no array can be that long
   */
  public Operand operand(int m, int n, Values values, Mix mix) {
    Checks.notNull("Layout", "values", values);
    Checks.notNull("Layout", "mix", mix);
    Operand operand = operand(m, n);
    float[] array = operand.array();
    for (int i = 0; i < array.length; i++) {
      array[i] = values.next(mix);
    }
    return operand;
  }

  /**
   * A matrix of given values in surroundings of NaN.
   *
   * @param m the number of rows
   * @param n the number of columns
   * @param dense the elements, row-major; of repeated rows or columns the last one counts
   * @return a view of a new array
   * @throws IllegalArgumentException if an extent is negative, no array can be that long, or there
   *     are not m · n values
   */
  public Operand operand(int m, int n, float[] dense) {
    Checks.notNull("Layout", "dense", dense);
    Operand operand = operand(m, n);
    Arrays.fill(operand.array(), Float.NaN);
    operand.assign(dense);
    return operand;
  }

  /**
   * This layout, or one whose elements are distinct.
   *
   * @return {@link #INSIDE} for those with repetitions
   */
  public Layout distinct() {
    return this == REPEATED_ROW || this == REPEATED_COLUMN ? INSIDE : this;
  }

  private Operand view(int offset, int m, int n, long rs, long cs, int margin) {
    long last = m == 0 || n == 0 ? -1 : (m - 1) * rs + (n - 1) * cs;
    long length = offset + last + 1 + margin;
    if (Math.max(length, Math.max(rs, cs)) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Layout: %d×%d, %s, is more than an array can hold", m, n, this));
    }
    return new Operand(new float[(int) length], offset, m, n, (int) rs, (int) cs);
  }
}
