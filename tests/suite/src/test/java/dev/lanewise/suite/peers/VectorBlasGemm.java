package dev.lanewise.suite.peers;

import dev.lanewise.testkit.law.Capability;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.util.Set;

/** netlib's BLAS in Java: with the Vector API's module, as here, it is VectorBLAS. */
final class VectorBlasGemm extends BlasGemm {
  private static final JavaBLAS BLAS = JavaBLAS.getInstance();

  @Override
  void sgemm(int m, int n, int k, float alpha, Matrix a, Matrix b, float beta, Matrix c) {
    BLAS.sgemm(
        a.transposed() ? "T" : "N",
        b.transposed() ? "T" : "N",
        m,
        n,
        k,
        alpha,
        a.array(),
        a.offset(),
        a.leadingDimension(),
        b.array(),
        b.offset(),
        b.leadingDimension(),
        beta,
        c.array(),
        c.offset(),
        c.leadingDimension());
  }

  /** Without empty operands, which it refuses. */
  @Override
  public Set<Capability> capabilities() {
    Set<Capability> capabilities = super.capabilities();
    capabilities.remove(Capability.EMPTY);
    return capabilities;
  }

  @Override
  public String toString() {
    return "netlib " + BLAS.getClass().getSimpleName();
  }
}
