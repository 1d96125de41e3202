package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.BinaryCrossEntropy;
import dev.lanewise.kernels.Classification;
import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Lanes;
import dev.lanewise.kernels.LogSoftmax;
import dev.lanewise.kernels.LogSumExp;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.kernels.Update;
import dev.lanewise.kernels.Workers;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In steady state an operation allocates nothing: 0 B in a thousand calls of compiled code. */
class AllocationTest {
  private static final int CALLS = 1000;

  /** What other processes leave of the cores decides how soon the compiler is done. */
  private static final long LIMIT_NANOS = 30_000_000_000L;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final FloatMatrix X = FloatMatrix.zeros(20, 30);
  private static final FloatMatrix Y = FloatMatrix.zeros(20, 30);
  private static final FloatMatrix Z = FloatMatrix.zeros(20, 30);
  private static final FloatMatrix SQUARE = FloatMatrix.zeros(30, 30);
  private static final FloatMatrix LARGE = FloatMatrix.zeros(130, 130);
  private static final FloatMatrix LARGE_TOO = FloatMatrix.zeros(130, 130);
  private static final Workers WORKERS = Workers.of(2);
  private static final FloatMatrix TRANSPOSED = X.transpose();
  private static final FloatMatrix COLUMN = SQUARE.columns(0, 1);
  private static final FloatMatrix NARROW = FloatMatrix.zeros(20, 1);
  private static final FloatSpan P = FloatSpan.zeros(30);
  private static final FloatSpan Q = FloatSpan.zeros(30);
  private static final FloatSpan R = FloatSpan.zeros(30);
  private static final FloatSpan S = FloatSpan.zeros(30);
  private static final FloatSpan ROWS = FloatSpan.zeros(20);
  private static final FloatMatrix TURNED = FloatMatrix.zeros(60, 30).columns(0, 20).rows(0, 30);
  private static final Labels LABELS = Labels.of(new int[20]);
  private static final Labels LABELS_TOO = Labels.of(new int[20]);
  private static final Labels MANY_LABELS = Labels.of(new int[130]);
  private static final Labels TOP_TWO = Labels.of(new int[40]);
  private static final CrossEntropy MEAN = CrossEntropy.MEAN;
  private static final CrossEntropy SMOOTHED = MEAN.withLabelSmoothing(0.1);
  private static final BatchStatistics STATISTICS = new BatchStatistics(30);

  static {
    BatchNorm.forward(X, P, P, 1e-5, STATISTICS, Y);
  }

  static Map<String, Runnable> operations() {
    Map<String, Runnable> calls = new TreeMap<>();
    calls.put("Gemm", () -> Gemm.gemm(1f, X, SQUARE, 1f, Y));
    calls.put("Gemm, transposed", () -> Gemm.gemm(1f, TRANSPOSED, Y, 0f, SQUARE));
    calls.put("Gemm, workers", () -> Gemm.gemm(1f, LARGE, LARGE, 0f, LARGE_TOO, WORKERS));
    calls.put("Gemm, one column", () -> Gemm.gemm(1f, X, COLUMN, 0f, NARROW));
    ProductCalls.addTo(calls, WORKERS);
    calls.put("BatchNorm.forward", () -> BatchNorm.forward(X, P, Q, 1e-5, STATISTICS, Y));
    calls.put("BatchNorm.inference", () -> BatchNorm.inference(X, P, Q, R, S, 1e-5, Y));
    calls.put("BatchNorm.backward", () -> BatchNorm.backward(X, Y, P, 1e-5, STATISTICS, Z, Q, R));
    calls.put(
        "BatchStatistics.updateRunning",
        () -> STATISTICS.updateRunning(P, Q, 0.1, BatchStatistics.Variance.BIASED));
    calls.put("Softmax.forward", () -> Softmax.forward(X, Y));
    calls.put("Softmax.backward", () -> Softmax.backward(X, Y, Z));
    calls.put("Softmax.forward, workers", () -> Softmax.forward(LARGE, LARGE_TOO, 2f, WORKERS));
    calls.put("LogSoftmax.forward", () -> LogSoftmax.forward(X, Y));
    calls.put("LogSoftmax.backward", () -> LogSoftmax.backward(X, Y, Z));
    calls.put("LogSumExp.forward", () -> LogSumExp.forward(X, ROWS));
    calls.put("LogSumExp.backward", () -> LogSumExp.backward(X, ROWS, ROWS, Y));
    calls.put("CrossEntropy, distributions", () -> SMOOTHED.lossAndGradient(X, Y, Z));
    calls.put("CrossEntropy, workers", () -> MEAN.loss(LARGE, MANY_LABELS, WORKERS));
    calls.put("BinaryCrossEntropy", () -> BinaryCrossEntropy.MEAN.lossAndGradient(X, Y, Z));
    calls.put("Activation.gelu", () -> Activation.GELU.forward(X, Y));
    calls.put("Activation.gelu, strides", () -> Activation.GELU.forward(TRANSPOSED, TURNED));
    calls.put("Activation.tanh, workers", () -> Activation.TANH.forward(LARGE, LARGE_TOO, WORKERS));
    calls.put("Activation.silu, backward", () -> Activation.SILU.backward(X, Y, Z));
    calls.put("Reduce.rows", () -> Reduce.rows(Reduction.SUM, X, ROWS));
    calls.put("Reduce.rowArgmax", () -> Reduce.rowArgmax(X, LABELS_TOO));
    calls.put("Reduce.all", () -> Reduce.all(Reduction.MAX, TRANSPOSED));
    calls.put("Reduce.all, workers", () -> Reduce.all(Reduction.SUM, LARGE, WORKERS));
    calls.put("Classification.topK", () -> Classification.topK(X, 2, TOP_TWO));
    calls.put("CrossEntropy.loss", () -> CrossEntropy.MEAN.loss(X, LABELS));
    calls.put(
        "CrossEntropy.lossAndGradient", () -> CrossEntropy.MEAN.lossAndGradient(X, LABELS, Y));
    calls.put("Activation.relu", () -> Activation.RELU.forward(X, Y));
    calls.put("Activation.reluBackward", () -> Activation.RELU.backward(X, Y, Z));
    calls.put("Reduce.columnSums", () -> Reduce.columns(Reduction.SUM, X, P));
    calls.put("Update.gradientDescent", () -> Update.gradientDescent(P, Q, 0.1f));
    calls.put("Update.adam", () -> Update.adam(P, Q, R, S, 5, 0.1, 0.9, 0.999, 1e-8));
    return calls;
  }

  static Set<String> names() {
    return operations().keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void allocatesNothing(String name) {
    Runnable operation = operations().get(name);
    assumeTrue(!Lanes.reason().contains("slow"), Lanes.describe());
    long start = System.nanoTime();
    long allocated;
    do {
      allocated = allocatedBy(operation);
    } while (allocated > 0 && System.nanoTime() - start < LIMIT_NANOS);
    assertEquals(0, allocated, "bytes in " + CALLS + " calls of " + name);
  }

  private static long allocatedBy(Runnable call) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
