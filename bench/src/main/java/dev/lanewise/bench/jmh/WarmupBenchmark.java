package dev.lanewise.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long a kernel takes to reach its full speed in a new JVM: without any warm-up, iterations so
 * short that each is a point of the curve.
 *
 * <p>The vectors of interpreted code are objects, so the first calls take a thousand times as long
 * as the last. An iteration lasts {@value #ITERATION_MILLIS} ms or one call, whichever is longer.
 * What would fool it: an iteration so long that the steps of the compilers blur; and the check
 * before it, which calls the kernel once or twice, as any first use would.
 */
@Warmup(iterations = 0)
@Measurement(
    iterations = WarmupBenchmark.ITERATIONS,
    time = WarmupBenchmark.ITERATION_MILLIS,
    timeUnit = TimeUnit.MILLISECONDS)
public class WarmupBenchmark extends OperationBenchmark {
  /** The shortest iteration. */
  public static final int ITERATION_MILLIS = 10;

  /** Points of a curve. */
  public static final int ITERATIONS = 250;

  /** An operation and a shape. */
  @Param({"GEMM@64x64x128", "SOFTMAX@256x1000", "BATCH_NORM_FORWARD@256x1024"})
  public String kernel;

  private Runnable call;

  /** Checks the kernel as its own benchmark does. */
  @Override
  public void prepare(String method) {
    String[] parts = kernel.split("@", 2);
    if (parts.length < 2) {
      throw new IllegalArgumentException(
          "kernel is \"" + kernel + "\"; expected OPERATION@SHAPE, such as GEMM@64x64x128");
    }
    Operation operation = Operation.valueOf(parts[0]);
    OperationBenchmark benchmark = operation.newBenchmark(operation.parse(parts[1]));
    benchmark.prepare(method);
    workers = benchmark.workers; // They end with this benchmark.
    call = benchmark.caller(method);
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    call.run();
  }
}
