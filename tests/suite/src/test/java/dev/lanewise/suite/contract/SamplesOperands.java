package dev.lanewise.suite.contract;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Samples;

/** Operands with channels first, of which a test spoils one, in one array. */
final class SamplesOperands {
  /** Two matrices of 3 channels and 4 samples. */
  static final int SIZE = 2;

  static final int C = 3;
  static final int L = 4;
  static final int ELEMENTS = SIZE * C * L;

  final float[] array = new float[5 * ELEMENTS];
  Samples x = batch(0);
  Samples dy = batch(ELEMENTS);
  Samples out = batch(2 * ELEMENTS);
  FloatSpan gamma = span(0);
  FloatSpan beta = span(1);
  FloatSpan mean = span(2);
  FloatSpan variance = span(3);
  FloatSpan dgamma = span(4);
  FloatSpan dbeta = span(5);

  SamplesOperands() {
    for (int i = 0; i < array.length; i++) {
      array[i] = i % 7 + 1;
    }
  }

  BatchNorm norm() {
    return new BatchNorm(gamma, beta, 1e-5);
  }

  FloatBatch batch(int offset) {
    return FloatBatch.of(array, offset, SIZE, C * L, C, L, L, 1);
  }

  /** One of the spans behind three batches. */
  FloatSpan span(int number) {
    return FloatSpan.of(array, 3 * ELEMENTS + number * C, C);
  }
}
