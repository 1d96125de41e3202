package dev.lanewise.suite.bits;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Lanes;
import dev.lanewise.suite.Alone;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Values;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/**
 * The bits of vector code that C2 has compiled, after a warm-up that is checked in the JVM's own
 * list of machine code. What else runs in its JVM decides what C2 inlines into what.
 */
@Alone
class CompiledTest {
  private static final long LIMIT_NANOS = 60_000_000_000L;

  /** The loops that each kind of subject spends its time in; one of each must be hot. */
  private static final Map<String, String> LOOPS =
      new TreeMap<>(
          Map.ofEntries(
              entry(
                  "gemm",
                  "MicroKernel4x2.run|MicroKernel4x3.run|MicroKernel8x2.run|MicroKernel6x3.run|MicroKernel6x4.run|MicroKernel6x4Packing.run"),
              entry("gemm of one column", "VectorReduce.dot"),
              entry("batchNormForward", "VectorColumns.chunkMoments|VectorColumns.mergeChunk"),
              entry(
                  "batchNormInference",
                  "VectorBatchNorm.normalise|VectorBatchNorm.normalisePairs|ColumnNormCall.normalise"),
              entry(
                  "batchNormBackward",
                  "VectorBatchNormSums.group|VectorBatchNormSums.gradientSums"),
              entry(
                  "batchNormBackward relu",
                  "VectorBatchNormSums.rectifiedGroup|VectorBatchNormSums.gradientSums"),
              entry(
                  "batchNormInferenceBackward",
                  "VectorBatchNorm.products|VectorBatchNorm.backwardPairs"),
              entry(
                  "batchStatistics of channels",
                  "VectorRowMoments.addSquares|VectorRowMoments.block"),
              entry("batchNormForward of channels", "VectorChannels.normalise|ChannelsCall.write"),
              entry("batchNormBackward of channels", "VectorChannels.backward|ChannelsCall.write"),
              entry("layerNormForward", "VectorLayerNorm.normalise|RowNormCall.forward"),
              entry(
                  "layerNormBackward",
                  "VectorLayerNorm.backward|RowNormCall.gradient|RowNormCall.backward"),
              entry("rmsNormForward", "VectorLayerNorm.scale|RowNormCall.forward"),
              entry(
                  "softmax",
                  "VectorExponentials.normalExponentials|VectorExponentials.block|VectorExponentials.exponentials|SoftmaxCall.row"),
              entry("crossEntropyGradient", "VectorCrossEntropy.gradient|CrossEntropyCall.range"),
              entry("tanh", "VectorActivation.tanh"),
              entry("adam", "VectorUpdate.adam"),
              entry("momentum", "VectorUpdate.momentum"),
              entry("nesterov", "VectorUpdate.nesterov"),
              entry("rmsProp", "VectorUpdate.rmsProp"),
              entry("arithmetic", "VectorArithmetic.run|ArithmeticCall.leaf"),
              entry("dropout", "DropoutCall.row|DropoutCall.range")));

  @Test
  void compiledCodeHasTheSameBits() throws Exception {
    assumeTrue(Lanes.implementation() == Lanes.Implementation.VECTOR, Lanes.describe());
    assumeTrue(!Lanes.reason().contains("slow"), Lanes.describe());
    List<Subject> subjects = Subjects.all(9, 37, 11, 5);
    long start = System.nanoTime();
    List<String> cold;
    do {
      for (Subject subject : subjects) {
        FloatMatrix[] operands =
            subject.create(List.of(Layout.PADDED), Values.ORDINARY, new Mix(3));
        for (int call = 0; call < 300; call++) {
          subject.operation().run(operands);
        }
      }
      cold = notCompiled();
    } while (!cold.isEmpty() && System.nanoTime() - start < LIMIT_NANOS);
    assertEquals(List.of(), cold, "not compiled by C2 after warming up");
    for (Subject subject : subjects) {
      for (Layout layout : List.of(Layout.DENSE, Layout.PADDED)) {
        for (Values values : Values.values()) {
          Agreement.check(subject, List.of(layout), values, 3);
        }
      }
    }
  }

  private static List<String> notCompiled() throws Exception {
    String code =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "compilerCodelist",
                    null,
                    null);
    List<String> hot = code.lines().filter(CompiledTest::isC2).toList();
    List<String> cold = new ArrayList<>();
    LOOPS.forEach(
        (subject, name) -> {
          if (hot.stream().noneMatch(line -> isOneOf(name, line))) {
            cold.add(subject + ": " + name);
          }
        });
    return cold;
  }

  private static boolean isOneOf(String names, String line) {
    return Arrays.stream(names.split("\\|")).anyMatch(name -> line.contains("." + name + "("));
  }

  /** A line is: compile id, level, state, method, addresses; level 4 is C2. */
  private static boolean isC2(String line) {
    String[] columns = line.trim().split("\\s+", 4);
    return columns.length == 4 && columns[1].equals("4");
  }
}
