package dev.lanewise.suite.lanes;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Lanes;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.suite.bits.Checksums;

/**
 * What a child process runs: it loads the classes, says what runs, and computes the checksums or
 * says how the first operation failed.
 */
public final class LanesMain {
  private LanesMain() {}

  /** Prints lines of the form "name: value", and then the table. */
  public static void main(String[] arguments) {
    System.out.println("module: " + Softmax.class.getModule());
    System.out.println("bits: " + Lanes.bits());
    System.out.println("reason: " + Lanes.reason());
    try {
      FloatMatrix x = FloatMatrix.zeros(2, 2);
      Softmax.forward(x, x);
      System.out.println("implementation: " + Lanes.implementation());
    } catch (IllegalStateException refused) {
      System.out.println("refused: " + refused.getMessage());
      return;
    }
    System.out.print(Checksums.table());
  }
}
