package dev.lanewise.suite.contract;

import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Samples;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import java.util.Arrays;

/** Samples in which a few features have special elements. */
final class SpecialFeatures {
  /** More than a chunk, a group and a vector, and no multiple of either. */
  static final int M = 71;

  static final int N = 67;

  static final Layout[] LAYOUTS = {Layout.DENSE, Layout.STRIDED, Layout.COLUMN_MAJOR};

  /** The features whose elements are special: in a vector, at its end, and behind the last one. */
  static final int[] PLACES = {0, 15, 66};

  static final FloatSpan GAMMA = random(1, N, 1).row(0);
  static final FloatSpan BETA = random(1, N, 2).row(0);

  private SpecialFeatures() {}

  /** A matrix with a feature in each column, as it is and with channels first. */
  enum Form {
    MATRIX {
      @Override
      Samples of(FloatMatrix x) {
        return x;
      }
    },
    CHANNELS {
      @Override
      Samples of(FloatMatrix x) {
        FloatMatrix t = x.transpose();
        int n = t.columns();
        int rs = t.rowStride();
        int cs = t.columnStride();
        return FloatBatch.of(t.array(), t.offset(), 1, n * cs, t.rows(), n, rs, cs);
      }
    };

    abstract Samples of(FloatMatrix x);
  }

  /** A dense matrix of normal numbers. */
  static FloatMatrix random(int m, int n, int seed) {
    Mix mix = new Mix(seed);
    return Views.matrix(Layout.DENSE, m, n, mix::normal);
  }

  /** M by N normal numbers. */
  static FloatMatrix random(Layout layout, int seed) {
    Mix mix = new Mix(seed);
    return Views.matrix(layout, M, N, mix::normal);
  }

  /** Whether the elements of a feature are special. */
  static boolean isPlace(int j) {
    return Arrays.stream(PLACES).anyMatch(place -> place == j);
  }

  /** Gives the features at the places one value throughout. */
  static FloatMatrix constant(FloatMatrix x, float value) {
    for (int j : PLACES) {
      for (int i = 0; i < x.rows(); i++) {
        x.set(i, j, value);
      }
    }
    return x;
  }

  /** So many ones. */
  static FloatSpan ones(int n) {
    FloatSpan ones = FloatSpan.zeros(n);
    Arrays.fill(ones.array(), 1f);
    return ones;
  }
}
