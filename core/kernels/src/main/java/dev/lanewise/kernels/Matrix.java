package dev.lanewise.kernels;

/** The layout of a matrix, whatever its elements are. */
sealed interface Matrix permits FloatMatrix, DoubleMatrix {
  Object array();

  int offset();

  int rows();

  int columns();

  int rowStride();

  int columnStride();
}
