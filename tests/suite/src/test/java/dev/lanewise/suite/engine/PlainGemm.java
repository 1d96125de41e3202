package dev.lanewise.suite.engine;

import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.GemmEngine;
import dev.lanewise.testkit.operand.Operand;
import java.util.Set;

/** The product as it is written first: three loops, any strides, no fused operation. */
public class PlainGemm implements GemmEngine {
  @Override
  public void gemm(float alpha, Operand a, Operand b, float beta, Operand c) {
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.columns(); j++) {
        float sum = 0;
        if (alpha != 0) {
          for (int l = 0; l < a.columns(); l++) {
            sum += a.get(i, l) * b.get(l, j);
          }
          sum = alpha * sum;
        }
        if (beta != 0) {
          sum += beta * c.get(i, j);
        }
        c.set(i, j, sum);
      }
    }
  }

  @Override
  public Set<Capability> capabilities() {
    return Capability.everyLayoutAnd(
        Capability.EMPTY,
        Capability.ALPHA,
        Capability.BETA,
        Capability.NON_FINITE,
        Capability.SUBNORMALS);
  }
}
