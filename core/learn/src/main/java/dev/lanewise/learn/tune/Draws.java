package dev.lanewise.learn.tune;

import dev.lanewise.kernels.Philox;

/** The random numbers of a study: functions of its seed and the number of a trial. */
final class Draws {
  private static final int POINT = 1;
  private static final int SEED = 2;

  private Draws() {}

  /** A number of [0, 1), a multiple of 2^-32, for each parameter. */
  static double[] point(Space space, long seed, int trial) {
    double[] point = new double[space.parameters().size()];
    for (int i = 0; i < point.length; i++) {
      point[i] = Integer.toUnsignedLong(Philox.bits(seed, POINT, trial, i)) * 0x1p-32;
    }
    return point;
  }

  /** What a trial's own random numbers follow from. */
  static long seed(long seed, int trial) {
    long high = Philox.bits(seed, SEED, trial, 0);
    return (high << Integer.SIZE) | Integer.toUnsignedLong(Philox.bits(seed, SEED, trial, 1));
  }
}
