package dev.lanewise.suite.bits;

import static org.junit.jupiter.api.Assertions.fail;

import dev.lanewise.kernels.Lanes;
import org.junit.jupiter.api.Test;

/**
 * The bits of every operation on fixed inputs. They change together with {@link Lanes#numerics()}
 * or not at all; after such a change the table is the one that the failure prints.
 */
@EveryFork
public class ChecksumTest {
  /** What {@link Checksums#table()} gives everywhere. */
  public static final String EXPECTED =
      """
      53a81545  gemm 75x43x267 alpha=1.0 beta=0.0
      f54eb8e9  gemm 75x43x267 alpha=0.75 beta=-0.5
      51724fdd  gemm 75x1x267 alpha=1.0 beta=1.0
      06f6b3ad  batchNormForward 75x43
      c19e0ce9  batchNormForward 75x43 in place
      1b9d8803  batchNormInference 75x43
      de88bdf6  batchNormBackward 75x43 to operand 0
      640e1c9c  batchNormBackward 75x43 to operand 1
      80a00c2d  softmax 75x43
      4e7ec4ad  softmax 75x43 in place
      e72545a1  softmaxBackward 75x43 to operand 0
      228835f1  crossEntropy 75x43
      d471a83e  crossEntropyGradient 75x43
      ee1d7efd  crossEntropyGradient 75x43 in place
      65cfd719  relu 75x43
      bb7bac23  reluBackward 75x43 to operand 1
      2663fcc1  columnSums 75x43
      ceda4b9d  gradientDescent 3225
      abc4aaa2  adam 3225 step=3
      """;

  @Test
  void everyOperationHasItsBits() {
    String actual = Checksums.table();
    if (!actual.equals(EXPECTED)) {
      fail("bits have changed; the table is now\n" + actual);
    }
  }
}
