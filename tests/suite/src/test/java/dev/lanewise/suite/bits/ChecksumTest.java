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
      940e4f4a  batchNormInference 75x43 relu in place
      b2759b19  batchNormInferenceBackward 75x43 to operand 3
      c25df361  batchNormInferenceBackward 75x43 relu to operand 0
      0720d85a  batchNormForward 75x43 relu
      96a90007  batchNormForward 75x43 relu in place
      ae35575d  batchNormBackward 75x43 relu to operand 3
      dd27b3d1  batchStatistics 75x43
      0a16ce3d  batchNormForward 2x75x43
      a074ab8a  batchNormInference 2x75x43
      04a9ee68  batchNormBackward 2x75x43 to operand 0
      f742b62e  batchNormBackward 2x75x43 to operand 1
      1ad2b0d6  batchNormInference 2x75x43 relu in place
      1d7f7c36  batchNormInferenceBackward 2x75x43 to operand 3
      32fe6c08  batchNormInferenceBackward 2x75x43 relu to operand 0
      af250293  batchNormForward 2x75x43 relu
      68f4a8cb  batchNormForward 2x75x43 relu in place
      a9f0d6fa  batchNormBackward 2x75x43 relu to operand 3
      1a36f372  batchStatistics 2x75x43
      8bf0d04d  layerNormForward 75x43
      545cfc1f  layerNormForward 75x43 in place
      e637fd07  layerNormBackward 75x43 to operand 0
      1fc3c276  layerNormBackward 75x43 to operand 1
      59d8363d  layerNormBackward 75x43 to operand 3
      9b2a45df  rmsNormForward 75x43
      b4dd553e  rmsNormForward 75x43 in place
      3fcfd85c  rmsNormBackward 75x43 to operand 0
      1eb68f5b  rmsNormBackward 75x43 to operand 1
      d5e4c140  rmsNormBackward 75x43 to operand 3
      5081acea  standardize 75x43 of [25, 50]
      09614bf7  momentum 3225
      5ef78454  nesterov 3225
      e39d0b9a  rmsProp 3225
      50ec4044  adamW 3225 step=3 decay=0.01
      719c767d  ADD 75x43 of NOTHING and NOTHING to operand 2
      226aab81  ADD 75x43 of NUMBER and NOTHING to operand 1
      02c1755e  SUBTRACT 75x43 of NOTHING and ROW to operand 2
      bd23642c  SUBTRACT 75x43 of COLUMN and NOTHING to operand 1
      0d5efe57  MULTIPLY 75x43 of NOTHING and COLUMN to operand 2
      5d1ecb30  MULTIPLY 75x43 of ROW and NOTHING to operand 1
      db1d228d  DIVIDE 75x43 of NOTHING and NUMBER to operand 2
      29c8dd0d  DIVIDE 75x43 of NOTHING and NOTHING to operand 1
      1c90fcf6  dropout 75x43 rate=0.25
      65d0476c  dropout 75x43 rate=0.9 in place
      """;

  @Test
  void everyOperationHasItsBits() {
    String actual = Checksums.table();
    if (!actual.equals(EXPECTED)) {
      fail("bits have changed; the table is now\n" + actual);
    }
  }
}
