package dev.lanewise.suite.engine;

import static dev.lanewise.suite.engine.Views.matrix;

import dev.lanewise.kernels.Gemm;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.GemmEngine;
import dev.lanewise.testkit.operand.Operand;
import java.util.Set;

/** The adapter of {@link Gemm}. */
public class LanewiseGemm implements GemmEngine {
  @Override
  public void gemm(float alpha, Operand a, Operand b, float beta, Operand c) {
    Gemm.gemm(alpha, matrix(a), matrix(b), beta, matrix(c));
  }

  @Override
  public Set<Capability> capabilities() {
    return Capability.everyLayoutAnd(
        Capability.EMPTY,
        Capability.ALPHA,
        Capability.BETA,
        Capability.NON_FINITE,
        Capability.SUBNORMALS,
        Capability.FUSED_CHAIN);
  }
}
