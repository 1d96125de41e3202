package dev.lanewise.suite.properties;

import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.testkit.Elements;
import java.util.Arrays;
import java.util.function.DoubleSupplier;

/** How samples with channels first lie in their array, between elements of NaN. */
public enum ChannelsLayout {
  /** (N, C, L), the whole array. */
  DENSE,
  /** (N, C, L) with gaps behind each row and each matrix. */
  PADDED,
  /** (N, L, C). */
  CHANNELS_LAST,
  /** Every other element of (N, C, L). */
  STRIDED;

  /** Elements of what a source gives, rounded, sample by sample and then by channel. */
  public FloatBatch batch(int size, int channels, int length, DoubleSupplier elements) {
    FloatBatch x = view(size, channels, length);
    Arrays.fill(x.array(), Float.NaN);
    for (int i = 0; i < size * length; i++) {
      for (int c = 0; c < channels; c++) {
        x.array()[index(x, i, c)] = (float) elements.getAsDouble();
      }
    }
    return x;
  }

  /** Elements of NaN: what is left unwritten shows. */
  public FloatBatch batch(int size, int channels, int length) {
    return batch(size, channels, length, () -> Double.NaN);
  }

  private FloatBatch view(int size, int channels, int length) {
    int n = size * channels * length;
    return switch (this) {
      case DENSE -> FloatBatch.of(new float[n], size, channels, length);
      case PADDED -> {
        int stride = channels * (length + 3) + 2;
        float[] array = new float[5 + size * stride];
        yield FloatBatch.of(array, 5, size, stride, channels, length, length + 3, 1);
      }
      case CHANNELS_LAST -> FloatBatch.of(new float[n], size, length, channels).transpose();
      case STRIDED ->
          FloatBatch.of(
              new float[2 * n + 1],
              1,
              size,
              2 * channels * length,
              channels,
              length,
              2 * length,
              2);
    };
  }

  private static int index(FloatBatch x, int i, int c) {
    int p = i / x.columns();
    int j = i % x.columns();
    return x.offset() + p * x.stride() + c * x.rowStride() + j * x.columnStride();
  }

  /** The matrix with a sample in each row and a feature in each column. */
  public static Elements samples(FloatBatch x) {
    return (i, c) -> x.array()[index(x, i, c)];
  }

  /** The same as dense row-major doubles. */
  public static double[] wide(FloatBatch x) {
    return Elements.widen(x.size() * x.columns(), x.rows(), samples(x));
  }
}
