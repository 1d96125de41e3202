package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Samples;

/** Where the samples of a feature lie in a matrix that is an operand. */
interface Arrangement {
  /** A sample in each row, a feature in each column. */
  Arrangement ROWS =
      new Arrangement() {
        @Override
        public Samples of(FloatMatrix x) {
          return x;
        }

        @Override
        public int features(FloatMatrix x) {
          return x.columns();
        }

        @Override
        public int samples(FloatMatrix x) {
          return x.rows();
        }

        @Override
        public float get(FloatMatrix x, int sample, int feature) {
          return x.get(sample, feature);
        }

        @Override
        public void set(FloatMatrix x, int sample, int feature, float value) {
          x.set(sample, feature, value);
        }

        @Override
        public Order order(FloatMatrix x) {
          return Order.DOWN_A_COLUMN;
        }
      };

  /** Matrices one below the other, with a channel in each row of each. */
  record ChannelsFirst(int size, int channels) implements Arrangement {
    @Override
    public FloatBatch of(FloatMatrix x) {
      int stride = channels * x.rowStride();
      return FloatBatch.of(
          x.array(),
          x.offset(),
          size,
          stride,
          channels,
          x.columns(),
          x.rowStride(),
          x.columnStride());
    }

    @Override
    public int features(FloatMatrix x) {
      return channels;
    }

    @Override
    public int samples(FloatMatrix x) {
      return size * x.columns();
    }

    @Override
    public float get(FloatMatrix x, int sample, int feature) {
      return x.get(row(x, sample, feature), sample % x.columns());
    }

    @Override
    public void set(FloatMatrix x, int sample, int feature, float value) {
      x.set(row(x, sample, feature), sample % x.columns(), value);
    }

    private int row(FloatMatrix x, int sample, int feature) {
      return sample / x.columns() * channels + feature;
    }

    @Override
    public Order order(FloatMatrix x) {
      return Order.alongRows(x.columns());
    }
  }

  /** The samples as users give them. */
  Samples of(FloatMatrix x);

  /** How many features each has. */
  int features(FloatMatrix x);

  /** How many there are. */
  int samples(FloatMatrix x);

  /** A feature of a sample. */
  float get(FloatMatrix x, int sample, int feature);

  /** Replaces it. */
  void set(FloatMatrix x, int sample, int feature, float value);

  /** The order of reductions over the samples. */
  Order order(FloatMatrix x);
}
