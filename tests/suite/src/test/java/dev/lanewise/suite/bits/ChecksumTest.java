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
      26be9069  softmax 75x43 T=1.0
      e72545a1  softmaxBackward 75x43 T=1.0 to operand 0
      719d0ed7  logSoftmax 75x43 T=1.0
      e589f6dd  logSoftmaxBackward 75x43 T=2.0 to operand 2
      a58dbfdc  logSumExp 75x43 T=1.0
      28f4af15  logSumExpBackward 75x43 T=1.0
      3b5d23f8  rowReductions 75x43
      2d803fab  columnReductions 75x43
      eca2ff81  exp 75x43 in place
      718a9a8f  expBackward 75x43 to operand 0
      24aaec9f  log 75x43
      496c8958  logBackward 75x43 to operand 1
      6a05ef6b  sigmoid 75x43 in place
      7a5562c5  sigmoidBackward 75x43 to operand 2
      c8b6f07b  tanh 75x43
      8ba144ee  tanhBackward 75x43 to operand 0
      2e36d182  erf 75x43 in place
      04e45c10  erfBackward 75x43 to operand 1
      8b921d1f  gelu 75x43
      6b578522  geluBackward 75x43 to operand 2
      4a7409df  geluTanh 75x43 in place
      cdae02ab  geluTanhBackward 75x43 to operand 0
      f47bb506  silu 75x43
      6da3b1b2  siluBackward 75x43 to operand 1
      163633a1  softplus 75x43 in place
      32e4caca  softplusBackward 75x43 to operand 2
      65cfd719  relu 75x43
      d9d05d61  reluBackward 75x43 to operand 0
      366e359a  leakyRelu(0.125) 75x43 in place
      cfa6a74e  leakyRelu(0.125)Backward 75x43 to operand 1
      6afabf80  softmax 75x43 T=1.0 in place
      898f62de  softmax 75x43 T=3.0
      b2db07f5  logSoftmax 75x43 T=1.0 in place
      8ca34db5  logSumExp 75x43 T=0.5
      228835f1  crossEntropy 75x43
      d9c2388f  crossEntropyGradient 75x43
      7afc186a  crossEntropyGradient 75x43 in place
      710cd5ea  crossEntropyOfDistributions 75x43 smoothing=0.0
      667f0535  crossEntropyOfDistributions 75x43 smoothing=0.1
      dff1e372  binaryCrossEntropy 75x43
      8afa4634  reductions of all 75x43
      53a81545  gemm 75x43x267 alpha=1.0 beta=0.0
      f54eb8e9  gemm 75x43x267 alpha=0.75 beta=-0.5
      51724fdd  gemm 75x1x267 alpha=1.0 beta=1.0
      6f82469f  batchNormForward 75x43
      73cc9962  batchNormForward 75x43 in place
      1b9d8803  batchNormInference 75x43
      e9c28616  batchNormBackward 75x43 to operand 0
      23fc3b6d  batchNormBackward 75x43 to operand 1
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
