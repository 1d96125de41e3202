package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.kernels.Activation;
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
import dev.lanewise.kernels.Workers;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In steady state an operation allocates nothing: 0 B in a thousand calls of compiled code. */
@Tag("allocation")
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
  private static final long[] HELPERS = helpers();
  private static final FloatMatrix TRANSPOSED = X.transpose();
  private static final FloatMatrix COLUMN = SQUARE.columns(0, 1);
  private static final FloatMatrix NARROW = FloatMatrix.zeros(20, 1);
  private static final FloatMatrix LONG = FloatMatrix.zeros(2, 5000);
  private static final FloatMatrix LONG_TOO = FloatMatrix.zeros(2, 5000);
  private static final FloatSpan LONG_ROWS = FloatSpan.zeros(2);
  private static final FloatMatrix SHORT = FloatMatrix.zeros(40, 10);
  private static final FloatMatrix SHORT_TOO = FloatMatrix.zeros(40, 10);
  private static final FloatMatrix SHORT_THREE = FloatMatrix.zeros(40, 10);
  private static final Labels SHORT_LABELS = Labels.of(new int[40]);
  private static final FloatSpan P = FloatSpan.zeros(30);
  private static final FloatSpan ROWS = FloatSpan.zeros(20);
  private static final FloatMatrix TURNED = FloatMatrix.zeros(60, 30).columns(0, 20).rows(0, 30);
  private static final Labels LABELS = Labels.of(new int[20]);
  private static final Labels LABELS_TOO = Labels.of(new int[20]);
  private static final Labels TOP_TWO = Labels.of(new int[40]);
  private static final CrossEntropy MEAN = CrossEntropy.MEAN;
  private static final CrossEntropy SMOOTHED = MEAN.withLabelSmoothing(0.1);
  private static final CrossEntropy OPTED = MEAN.withWeights(ROWS).ignoring(0);

  static Map<String, Runnable> operations() {
    Map<String, Runnable> calls = new TreeMap<>();
    calls.put("Gemm", () -> Gemm.gemm(1f, X, SQUARE, 1f, Y));
    calls.put("Gemm, transposed", () -> Gemm.gemm(1f, TRANSPOSED, Y, 0f, SQUARE));
    calls.put("Gemm, one column", () -> Gemm.gemm(1f, X, COLUMN, 0f, NARROW));
    ProductCalls.addTo(calls, WORKERS);
    NormCalls.addTo(calls);
    calls.put("Softmax.forward", () -> Softmax.forward(X, Y));
    calls.put("Softmax.backward", () -> Softmax.backward(X, Y, Z));
    calls.put("LogSoftmax.forward", () -> LogSoftmax.forward(X, Y));
    calls.put("LogSoftmax.backward", () -> LogSoftmax.backward(X, Y, Z));
    calls.put("LogSumExp.forward", () -> LogSumExp.forward(X, ROWS));
    calls.put("LogSumExp.backward", () -> LogSumExp.backward(X, ROWS, ROWS, Y));
    calls.put("CrossEntropy, distributions", () -> SMOOTHED.lossAndGradient(X, Y, Z));
    calls.put("BinaryCrossEntropy", () -> BinaryCrossEntropy.MEAN.lossAndGradient(X, Y, Z));
    calls.put("Activation.gelu", () -> Activation.GELU.forward(X, Y));
    calls.put("Activation.gelu, strides", () -> Activation.GELU.forward(TRANSPOSED, TURNED));
    calls.put("Activation.silu, backward", () -> Activation.SILU.backward(X, Y, Z));
    calls.put("Reduce.rows", () -> Reduce.rows(Reduction.SUM, X, ROWS));
    calls.put("Reduce.rowArgmax", () -> Reduce.rowArgmax(X, LABELS_TOO));
    calls.put("Reduce.all", () -> Reduce.all(Reduction.MAX, TRANSPOSED));
    calls.put("Classification.topK", () -> Classification.topK(X, 2, TOP_TWO));
    calls.put("CrossEntropy.loss", () -> CrossEntropy.MEAN.loss(X, LABELS));
    calls.put(
        "CrossEntropy.lossAndGradient", () -> CrossEntropy.MEAN.lossAndGradient(X, LABELS, Y));
    calls.put("Activation.relu", () -> Activation.RELU.forward(X, Y));
    calls.put("Activation.reluBackward", () -> Activation.RELU.backward(X, Y, Z));
    calls.put("Reduce.columnSums", () -> Reduce.columns(Reduction.SUM, X, P));
    addRows(calls);
    ElementCalls.addTo(calls);
    shared().forEach((name, call) -> calls.put(name, () -> call.accept(WORKERS)));
    return calls;
  }

  /** Rows of more than a block, rows that are taken many at a time, and what has options. */
  private static void addRows(Map<String, Runnable> calls) {
    calls.put("Softmax.forward, long rows", () -> Softmax.forward(LONG, LONG_TOO));
    calls.put("LogSoftmax.forward, long rows", () -> LogSoftmax.forward(LONG, LONG_TOO));
    calls.put("LogSumExp.forward, long rows", () -> LogSumExp.forward(LONG, LONG_ROWS));
    calls.put("Reduce.rows, long rows", () -> Reduce.rows(Reduction.SUM, LONG, LONG_ROWS));
    calls.put("Softmax.forward, short rows", () -> Softmax.forward(SHORT, SHORT_TOO));
    calls.put(
        "Softmax.backward, short rows", () -> Softmax.backward(SHORT, SHORT_TOO, SHORT_THREE));
    calls.put("LogSoftmax.forward, short rows", () -> LogSoftmax.forward(SHORT, SHORT_TOO));
    calls.put(
        "CrossEntropy, short rows", () -> MEAN.lossAndGradient(SHORT, SHORT_LABELS, SHORT_TOO));
    calls.put("CrossEntropy, options", () -> OPTED.lossAndGradient(X, LABELS, Y));
    calls.put("CrossEntropy.losses", () -> MEAN.losses(X, LABELS, ROWS));
    calls.put("CrossEntropy.lossesAndGradient", () -> MEAN.lossesAndGradient(X, LABELS, ROWS, Y));
    calls.put("BinaryCrossEntropy.losses", () -> BinaryCrossEntropy.MEAN.losses(X, Y, Z));
    calls.put("Reduce.columnMaxima", () -> Reduce.columns(Reduction.MAX, X, P));
    calls.put("Reduce.columnDots", () -> Reduce.columnDots(X, Y, P));
    calls.put("Reduce.rowDots", () -> Reduce.rowDots(X, Y, ROWS));
  }

  /** Calls that are large enough for workers, of many rows, one long row and many short rows. */
  private static Map<String, Consumer<Workers>> shared() {
    Map<String, Consumer<Workers>> calls = new TreeMap<>();
    calls.put("Gemm, workers", w -> Gemm.gemm(1f, LARGE, LARGE, 0f, LARGE_TOO, w));
    for (int[] shape : new int[][] {{256, 1000}, {1, 100_001}, {12_001, 10}}) {
      addShared(calls, shape[0], shape[1]);
    }
    ElementCalls.addShared(calls, 256, 1000);
    NormCalls.addShared(calls, 256, 1000);
    NormCalls.addShared(calls, 1, 100_001);
    return calls;
  }

  private static void addShared(Map<String, Consumer<Workers>> calls, int m, int n) {
    String with = ", workers, " + m + "×" + n;
    FloatMatrix x = FloatMatrix.zeros(m, n);
    FloatMatrix y = FloatMatrix.zeros(m, n);
    FloatMatrix z = FloatMatrix.zeros(m, n);
    FloatSpan rows = FloatSpan.zeros(m);
    Labels labels = Labels.of(new int[m]);
    int[] some = new int[m];
    for (int i = 1; i < m; i += 2) {
      some[i] = -1;
    }
    Labels someLabels = Labels.of(some);
    CrossEntropy weighted = MEAN.withWeights(rows);
    rows.array()[0] = 1;
    CrossEntropy ignoring = MEAN.ignoring(-1);
    FloatSpan results = FloatSpan.zeros(m);
    calls.put("Softmax.forward" + with, w -> Softmax.forward(x, y, 2f, w));
    calls.put("Softmax.backward" + with, w -> Softmax.backward(x, y, z, 2f, w));
    calls.put("LogSoftmax.forward" + with, w -> LogSoftmax.forward(x, y, 2f, w));
    calls.put("LogSumExp.forward" + with, w -> LogSumExp.forward(x, results, 2f, w));
    calls.put("CrossEntropy.loss" + with, w -> MEAN.loss(x, labels, w));
    calls.put("CrossEntropy.gradient" + with, w -> MEAN.lossAndGradient(x, labels, z, w));
    calls.put("CrossEntropy, targets" + with, w -> SMOOTHED.lossAndGradient(x, y, z, w));
    calls.put("CrossEntropy, weights" + with, w -> weighted.lossAndGradient(x, labels, z, w));
    calls.put("CrossEntropy, ignoring" + with, w -> ignoring.lossAndGradient(x, someLabels, z, w));
    calls.put("CrossEntropy.losses" + with, w -> MEAN.losses(x, labels, results, w));
    calls.put("Activation.tanh" + with, w -> Activation.TANH.forward(x, y, w));
    calls.put("Reduce.rows" + with, w -> Reduce.rows(Reduction.SUM, x, results, w));
    calls.put("Reduce.rowDots" + with, w -> Reduce.rowDots(x, y, results, w));
    calls.put("Reduce.all" + with, w -> Reduce.all(Reduction.SUM, x, w));
    if (m > 1) { // which has no steps that share a row
      BinaryCrossEntropy binary = BinaryCrossEntropy.MEAN;
      calls.put("BinaryCrossEntropy" + with, w -> binary.lossAndGradient(x, y, z, w));
    }
    if (n > 64) { // columns are shared 64 at a time
      FloatSpan columns = FloatSpan.zeros(n);
      calls.put("Reduce.columnSums" + with, w -> Reduce.columns(Reduction.SUM, x, columns, w));
      calls.put("Reduce.columnMaxima" + with, w -> Reduce.columns(Reduction.MAX, x, columns, w));
      calls.put("Reduce.columnDots" + with, w -> Reduce.columnDots(x, y, columns, w));
    }
  }

  /** The threads of the workers, and of other tests that left some, which are idle. */
  private static long[] helpers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("lanewise-"))
        .mapToLong(Thread::threadId)
        .toArray();
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

  /** Otherwise their allocation would be that of the caller alone. */
  @Test
  void whatHasWorkersIsShared() {
    assertTrue(HELPERS.length > 0);
    AtomicInteger asked = new AtomicInteger();
    Workers workers = Workers.of(2, task -> asked.incrementAndGet());
    shared()
        .forEach(
            (name, call) -> {
              asked.set(0);
              call.accept(workers);
              assertTrue(asked.get() > 0, name);
            });
  }

  private static long allocatedBy(Runnable call) {
    long helpers = allocatedByHelpers();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    long own = THREADS.getCurrentThreadAllocatedBytes() - before;
    return own + allocatedByHelpers() - helpers;
  }

  private static long allocatedByHelpers() {
    long sum = 0;
    for (long bytes : THREADS.getThreadAllocatedBytes(HELPERS)) {
      sum += Math.max(0, bytes); // -1 of a thread that has ended
    }
    return sum;
  }
}
