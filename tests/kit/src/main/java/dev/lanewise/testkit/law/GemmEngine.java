package dev.lanewise.testkit.law;

import dev.lanewise.testkit.operand.Operand;

/** The adapter of an implementation of C = alpha · A · B + beta · C in {@code float}. */
@FunctionalInterface
public interface GemmEngine extends Engine {
  /**
   * C = alpha · A · B + beta · C.
   *
   * @param alpha the factor of the product; 1 unless {@link Capability#ALPHA} is declared
   * @param a A, m × k
   * @param b B, k × n
   * @param beta the factor of C; 0, with C full of NaN, unless {@link Capability#BETA} is declared
   * @param c C, m × n
   */
  void gemm(float alpha, Operand a, Operand b, float beta, Operand c);
}
