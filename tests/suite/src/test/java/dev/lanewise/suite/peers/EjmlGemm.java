package dev.lanewise.suite.peers;

import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.GemmEngine;
import dev.lanewise.testkit.operand.Operand;
import java.util.EnumSet;
import java.util.Set;
import org.ejml.EjmlVersion;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** EJML's product of dense matrices; beta is 0 or 1 there. */
final class EjmlGemm implements GemmEngine {
  @Override
  public void gemm(float alpha, Operand a, Operand b, float beta, Operand c) {
    FMatrixRMaj result = matrix(c);
    CommonOps_FDRM.mult(alpha, matrix(a), matrix(b), result);
    c.assign(result.data);
  }

  private static FMatrixRMaj matrix(Operand x) {
    return FMatrixRMaj.wrap(x.rows(), x.columns(), x.toArray());
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.EMPTY, Capability.ALPHA, Capability.NON_FINITE, Capability.SUBNORMALS);
  }

  @Override
  public String toString() {
    return "EJML " + EjmlVersion.VERSION;
  }
}
