package dev.lanewise.kernels;

/** The right factor of a product: a matrix, or a copy of one that was made for products. */
public sealed interface FloatFactor permits FloatMatrix, PackedMatrix {
  /**
   * The number of rows.
   *
   * @return the number of rows
   */
  int rows();

  /**
   * The number of columns.
   *
   * @return the number of columns
   */
  int columns();
}
