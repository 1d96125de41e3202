package dev.lanewise.suite.bits;

/**
 * The order of a reduction, restated from the documentation: how elements are cut into blocks, and
 * what is done inside one. Blocks are added, or merged, from the first to the last in double.
 */
interface Order {
  /** Element i of those that are reduced. */
  @FunctionalInterface
  interface Element {
    float at(int i);
  }

  /** Chunks of 64, in them groups of 4; a chunk's first element is its pivot. */
  Order DOWN_A_COLUMN =
      new Order() {
        private static final int CHUNK = 64;
        private static final int GROUP = 4;

        @Override
        public int end(int from, int m) {
          return Math.min(m, from + CHUNK);
        }

        /** Groups as balanced trees, the roots and the elements left over one after the other. */
        @Override
        public float sum(int from, int to, Element x) {
          float sum = 0;
          int i = from;
          for (; i + GROUP <= to; i += GROUP) {
            sum += tree(i, i + GROUP, x);
          }
          for (; i < to; i++) {
            sum += x.at(i);
          }
          return sum;
        }

        private static float tree(int from, int to, Element x) {
          int middle = (from + to) / 2;
          return to - from == 1 ? x.at(from) : tree(from, middle, x) + tree(middle, to, x);
        }

        /** Two products meet in one fma, and one left over is fused into the sum. */
        @Override
        public float products(int from, int to, Element x, Element y) {
          float sum = 0;
          int i = from;
          for (; i + GROUP <= to; i += GROUP) {
            int first = i;
            sum += tree(0, GROUP / 2, pair -> pair(first + 2 * pair, x, y));
          }
          for (; i < to; i++) {
            sum = Math.fma(x.at(i), y.at(i), sum);
          }
          return sum;
        }

        private static float pair(int i, Element x, Element y) {
          return Math.fma(x.at(i + 1), y.at(i + 1), x.at(i) * y.at(i));
        }

        @Override
        public float pivot(int from, int to, Element x) {
          return x.at(from);
        }
      };

  /** Rows of a length one behind the other, blocks of 4096; a block's pivot is its mean. */
  static Order alongRows(int length) {
    return new Order() {
      private static final int BLOCK = 4096;

      @Override
      public int end(int from, int m) {
        return Math.min((from / length + 1) * length, from + BLOCK);
      }

      @Override
      public float sum(int from, int to, Element x) {
        return Statement.row(to - from, (i, sum) -> sum + x.at(from + i));
      }

      @Override
      public float products(int from, int to, Element x, Element y) {
        return Statement.row(to - from, (i, sum) -> Math.fma(x.at(from + i), y.at(from + i), sum));
      }

      /** By way of the differences to the first element, rounded. */
      @Override
      public float pivot(int from, int to, Element x) {
        float first = x.at(from);
        double differences = sum(from, to, i -> x.at(i) - first);
        return (float) (first + differences / (to - from));
      }
    };
  }

  /** Where the block that begins with an element ends, of m elements. */
  int end(int from, int m);

  /** Σ x inside a block. */
  float sum(int from, int to, Element x);

  /** Σ x·y inside a block. */
  float products(int from, int to, Element x, Element y);

  /** What the moments of a block are about. */
  float pivot(int from, int to, Element x);

  /** Σ x of m elements. */
  default double sum(int m, Element x) {
    double total = 0;
    for (int from = 0; from < m; from = end(from, m)) {
      total += sum(from, end(from, m), x);
    }
    return total;
  }

  /** Σ x·y of m elements. */
  default double products(int m, Element x, Element y) {
    double total = 0;
    for (int from = 0; from < m; from = end(from, m)) {
      total += products(from, end(from, m), x, y);
    }
    return total;
  }

  /** The mean and the variance of m elements. */
  default void moments(int m, Element x, Moments to, int feature) {
    double mean = 0;
    double squares = 0;
    for (int from = 0; from < m; from = end(from, m)) {
      int end = end(from, m);
      float pivot = pivot(from, end, x);
      Element d = i -> x.at(i) - pivot;
      double s1 = sum(from, end, d);
      double s2 = products(from, end, d, d);
      double shift = s1 * (1.0 / (end - from));
      double deviations = s2 - s1 * shift;
      double weight = (double) (end - from) / end;
      double delta = (pivot + shift) - mean;
      mean += delta * weight;
      squares += (deviations < 0 ? 0 : deviations) + (delta * delta) * (from * weight);
    }
    to.mean()[feature] = mean;
    to.variance()[feature] = squares / m;
  }
}
