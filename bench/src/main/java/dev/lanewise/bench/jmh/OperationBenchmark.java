package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.Threads;
import dev.lanewise.kernels.Workers;
import dev.lanewise.testkit.Elements;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * What all benchmarks have in common: how long they run, in which JVM, and that nothing is measured
 * before it has been checked.
 *
 * <p>The times are for a quick pass: what the Vector API takes to be compiled decides the warm-up.
 * JMH's options override them; {@code -jvmArgsPrepend} would also replace the module flag, so
 * options for the forked JVM belong in {@code -jvmArgs} or {@code -jvmArgsAppend}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 8, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 150, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsPrepend = OperationBenchmark.VECTOR_MODULE)
public abstract class OperationBenchmark implements AutoCloseable {
  /** What each fork needs; a method with a {@code @Fork} of its own must repeat it. */
  static final String VECTOR_MODULE = "--add-modules=jdk.incubator.vector";

  /** What makes a fork run the definitions. */
  static final String SCALAR_CODE = "-Dlanewise.impl=scalar";

  /** Nanoseconds of calls after which a method is compiled. */
  private static final long COMPILED = 1_500_000_000;

  /** Of {@link #openWorkers}; null in a benchmark that has no use for them. */
  Workers workers;

  /** For subclasses. */
  protected OperationBenchmark() {}

  /**
   * Checks the implementation and the result of the method that is about to be measured.
   *
   * @param params which method that is
   */
  @Setup
  public final void setUp(BenchmarkParams params) {
    String benchmark = params.getBenchmark();
    String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
    Guard.require(method);
    prepare(method);
  }

  /**
   * Fills the operands, runs a method once and compares its result with the oracle.
   *
   * @param method the name of a benchmark method
   * @throws AssertionError if the result is wrong
   */
  public abstract void prepare(String method);

  /**
   * Opens {@link #workers}: our kernels' threads, of which only {@code lanewiseParallel} has many.
   */
  final void openWorkers(String method) {
    workers =
        Workers.of(
            Implementation.of(method) == Implementation.LANEWISE_PARALLEL ? Threads.of(method) : 1);
  }

  /** Ends the threads. */
  @Override
  @TearDown
  public final void close() {
    if (workers != null) {
      workers.close();
    }
  }

  /**
   * Calls a benchmark method, as often as wanted and at next to no cost of its own.
   *
   * @param method the name of a public method without parameters
   * @return what calls it on this object
   * @throws IllegalArgumentException if there is no such method
   */
  public final Runnable caller(String method) {
    MethodHandle handle;
    try {
      handle =
          MethodHandles.publicLookup()
              .unreflect(getClass().getMethod(method))
              .bindTo(this)
              .asType(MethodType.methodType(void.class));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalArgumentException(label(method) + " is no benchmark", e);
    }
    return () -> {
      try {
        handle.invokeExact();
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(label(method) + " fails", e);
      }
    };
  }

  /**
   * Runs a benchmark method, so that its result can be checked: once, but for SVML, which compiled
   * code alone calls, until it is compiled.
   */
  final void run(String method) {
    Runnable call = caller(method);
    long end = System.nanoTime() + (method.equals("svml") ? COMPILED : 0);
    do {
      call.run();
    } while (System.nanoTime() < end);
  }

  /** The name of a method in messages, such as {@code SoftmaxBenchmark.naive}. */
  final String label(String method) {
    return getClass().getSimpleName().replace("_jmhType", "") + "." + method;
  }

  /** The result of a method: {@code autovec} writes rows, all others a flat array. */
  static Elements result(String method, float[] flat, float[][] rows) {
    return method.equals("autovec") ? (i, j) -> rows[i][j] : Elements.dense(flat, rows[0].length);
  }

  /**
   * How many roundings count for the sum of so many terms in one chain: no more than 10·√m, as
   * their errors are of either sign (N. Higham and T. Mary, A new approach to probabilistic
   * rounding error analysis, 2019, with λ = 10).
   */
  static int roundings(int terms) {
    return (int) Math.min(terms, 10 * Math.sqrt(terms));
  }

  /** Normally distributed values, the same ones for a seed. */
  static float[] normal(long seed, int length, double mean, double deviation) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (mean + deviation * random.nextGaussian());
    }
    return values;
  }

  /** A copy with an array for each row. */
  static float[][] rows(float[] flat, int rows, int columns) {
    float[][] copy = new float[rows][columns];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(flat, i * columns, copy[i], 0, columns);
    }
    return copy;
  }
}
