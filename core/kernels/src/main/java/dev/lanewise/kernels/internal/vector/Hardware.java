package dev.lanewise.kernels.internal.vector;

import jdk.incubator.vector.FloatVector;

/** What the compiler says of the hardware's vectors. */
public final class Hardware {
  private Hardware() {}

  /** The widest float vector in bits; 64 where no compiler knows one. */
  public static int bits() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }
}
