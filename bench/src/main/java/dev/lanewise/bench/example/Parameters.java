package dev.lanewise.bench.example;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Philox;

/** Parameters and their gradients as two flat arrays, handed out from front to back. */
final class Parameters {
  final float[] values;
  final float[] gradients;
  private int used;

  Parameters(int size) {
    values = new float[size];
    gradients = new float[size];
  }

  FloatMatrix matrix(int rows, int columns) {
    used += rows * columns;
    return FloatMatrix.of(values, used - rows * columns, rows, columns, columns, 1);
  }

  FloatSpan span(int length) {
    used += length;
    return FloatSpan.of(values, used - length, length);
  }

  FloatMatrix gradient(FloatMatrix w) {
    return FloatMatrix.of(gradients, w.offset(), w.rows(), w.columns(), w.rowStride(), 1);
  }

  FloatSpan gradient(FloatSpan b) {
    return FloatSpan.of(gradients, b.offset(), b.length());
  }

  FloatSpan all() {
    return FloatSpan.of(values);
  }

  FloatSpan allGradients() {
    return FloatSpan.of(gradients);
  }

  /** Normal with variance 2 / inputs (K. He et al., Delving deep into rectifiers, 2015). */
  static void initialise(FloatMatrix w, long seed, int purpose) {
    float deviation = (float) Math.sqrt(2.0 / w.rows());
    for (int i = 0; i < w.rows(); i++) {
      for (int j = 0; j < w.columns(); j++) {
        w.set(i, j, deviation * Philox.normal(seed, purpose, 0, (long) i * w.columns() + j));
      }
    }
  }
}
