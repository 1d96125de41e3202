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
      ffdd4317  softmax 75x43 T=1.0
      e72545a1  softmaxBackward 75x43 T=1.0 to operand 0
      719d0ed7  logSoftmax 75x43 T=1.0
      a65a7e7a  logSoftmaxBackward 75x43 T=2.0 to operand 2
      a58dbfdc  logSumExp 75x43 T=1.0
      112be760  logSumExpBackward 75x43 T=1.0
      3b5d23f8  rowReductions 75x43
      af9b4b27  columnReductions 75x43
      a577b1e2  exp 75x43 in place
      651bd5b4  expBackward 75x43 to operand 0
      24aaec9f  log 75x43
      496c8958  logBackward 75x43 to operand 1
      8283a836  sigmoid 75x43 in place
      b3c1e8d6  sigmoidBackward 75x43 to operand 2
      c6f28094  tanh 75x43
      c9635114  tanhBackward 75x43 to operand 0
      081b07cf  erf 75x43 in place
      cab11e95  erfBackward 75x43 to operand 1
      ae57dde7  gelu 75x43
      82568270  geluBackward 75x43 to operand 2
      b7d65169  geluTanh 75x43 in place
      b92cc1a2  geluTanhBackward 75x43 to operand 0
      8ff9dd22  silu 75x43
      6312dd56  siluBackward 75x43 to operand 1
      f317d40f  softplus 75x43 in place
      bcdc4163  softplusBackward 75x43 to operand 2
      65cfd719  relu 75x43
      d9d05d61  reluBackward 75x43 to operand 0
      366e359a  leakyRelu(0.125) 75x43 in place
      cfa6a74e  leakyRelu(0.125)Backward 75x43 to operand 1
      8e7d77b7  softmax 75x43 T=1.0 in place
      81928067  softmax 75x43 T=3.0
      b2db07f5  logSoftmax 75x43 T=1.0 in place
      8ca34db5  logSumExp 75x43 T=0.5
      228835f1  crossEntropy 75x43
      7fd72cc9  crossEntropyGradient 75x43
      9d56105d  crossEntropyGradient 75x43 in place
      5a3c22d4  crossEntropyOfDistributions 75x43 smoothing=0.0
      ab9579a8  crossEntropyOfDistributions 75x43 smoothing=0.1
      143e9c0a  binaryCrossEntropy 75x43
      8afa4634  reductions of all 75x43
      53a81545  gemm 75x43x267 alpha=1.0 beta=0.0
      f54eb8e9  gemm 75x43x267 alpha=0.75 beta=-0.5
      51724fdd  gemm 75x1x267 alpha=1.0 beta=1.0
      06f6b3ad  batchNormForward 75x43
      c19e0ce9  batchNormForward 75x43 in place
      1b9d8803  batchNormInference 75x43
      de88bdf6  batchNormBackward 75x43 to operand 0
      640e1c9c  batchNormBackward 75x43 to operand 1
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
