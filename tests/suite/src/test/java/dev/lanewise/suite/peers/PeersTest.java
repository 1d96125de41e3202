package dev.lanewise.suite.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.lanewise.suite.Apart;
import dev.lanewise.testkit.law.BitsLaws;
import dev.lanewise.testkit.law.GemmEngine;
import dev.lanewise.testkit.law.GemmLaws;
import dev.lanewise.testkit.law.Verification;
import dev.lanewise.testkit.law.Verification.Outcome;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.junit.jupiter.api.Test;

/** Which laws other libraries break; each finding is reproduced without the kit. */
@Apart
class PeersTest {
  @Test
  void ejml() {
    check(new EjmlGemm(), Set.of("zeroFactorReadsNothing"), Set.of());
  }

  /** Unlike a BLAS, for which alpha = 0 means that A and B are not read. */
  @Test
  void ejmlMultipliesNanByAFactorOfZero() {
    FMatrixRMaj nan = FMatrixRMaj.wrap(1, 1, new float[] {Float.NaN});
    FMatrixRMaj result = new FMatrixRMaj(1, 1);
    CommonOps_FDRM.mult(0, nan, nan, result);
    assertTrue(Float.isNaN(result.get(0, 0)));
  }

  /** Without the Vector API's module it would be another class, and its findings not these. */
  @Test
  void netlib() {
    assertEquals("VectorBLAS", JavaBLAS.getInstance().getClass().getSimpleName());
    check(new VectorBlasGemm(), Set.of(), Set.of());
  }

  /** The reference BLAS returns beta·C where k = 0, and reads neither A nor B. */
  @Test
  void netlibRefusesOperandsWithoutElements() {
    float[] none = {};
    float[] c = {3};
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> JavaBLAS.getInstance().sgemm("N", "N", 1, 1, 0, 1, none, 1, none, 1, 2, c, 1));
  }

  @Test
  void openBlas() {
    GemmEngine engine;
    try {
      engine = new OpenBlasGemm();
    } catch (LinkageError | RuntimeException absent) {
      abort("OpenBLAS's native library is not on the class path of this platform: " + absent);
      return;
    }
    check(engine, Set.of(), Set.of("zeroFactorReadsNothing", "batches", "layouts"));
  }

  /**
   * The laws of the product and of its rows' bits that are broken, and those that may be: which
   * native code runs depends on the processor. With AVX-512, OpenBLAS 0.3.31 reads A and B though
   * alpha is 0.
   */
  private static void check(GemmEngine engine, Set<String> broken, Set<String> maybeBroken) {
    Set<String> found = new HashSet<>(broken(engine, Verification.of(GemmLaws.ALL, engine, 1)));
    RowsOfProduct rows = new RowsOfProduct(engine);
    found.addAll(broken(engine, Verification.of(BitsLaws.ALL, rows, 1)));
    assertTrue(found.containsAll(broken), found::toString);
    found.removeAll(broken);
    assertTrue(maybeBroken.containsAll(found), found::toString);
  }

  private static Set<String> broken(GemmEngine engine, Verification verification) {
    System.out.println(engine + System.lineSeparator() + verification);
    return verification.findings(Outcome.BROKEN).stream()
        .map(Verification.Finding::law)
        .collect(Collectors.toSet());
  }
}
