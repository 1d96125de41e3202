package dev.lanewise.bench.run;

import dev.lanewise.bench.jmh.WarmupBenchmark;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long a fork measures.
 *
 * <p>C2 takes a second or two for code on the Vector API, and longer where cores are busy; plain
 * loops and native code need less. Iterations are many and short, so that what a neighbour on a
 * shared machine disturbs are few of them, and their median is none of these.
 *
 * @param warmupIterations iterations before those that count
 * @param warmupMillis the length of one in milliseconds
 * @param iterations iterations that count
 * @param millis the length of one in milliseconds
 */
public record Pace(int warmupIterations, int warmupMillis, int iterations, int millis) {
  /** The yardsticks: the fastest iteration counts, and vectors stay in one loop. */
  static final Pace CALIBRATION = new Pace(4, 200, 20, 20);

  /** A curve from the first call on. */
  static final Pace WARMUP =
      new Pace(0, 0, WarmupBenchmark.ITERATIONS, WarmupBenchmark.ITERATION_MILLIS);

  private static final int WARMUP_MILLIS = 200;
  private static final int VECTOR_WARMUPS = 10;
  private static final int WARMUPS = 5;
  private static final int ITERATIONS = 10;
  private static final int QUICK_MILLIS = 50;
  private static final int FULL_MILLIS = 100;

  /** Starting a JVM, filling operands, checking the result, ending: what forks here took. */
  private static final int OTHER_MILLIS = 900;

  /**
   * The pace of an implementation, where the user's options leave it.
   *
   * @param full whether of a full run
   * @param vector whether it is code on the Vector API
   * @param user options of which times and numbers of iterations count
   * @return the pace
   */
  static Pace of(boolean full, boolean vector, JmhOptions user) {
    return new Pace(
        user.getWarmupIterations().orElse(vector ? VECTOR_WARMUPS : WARMUPS),
        millis(user.getWarmupTime().orElse(TimeValue.milliseconds(WARMUP_MILLIS))),
        user.getMeasurementIterations().orElse(ITERATIONS),
        millis(
            user.getMeasurementTime()
                .orElse(TimeValue.milliseconds(full ? FULL_MILLIS : QUICK_MILLIS))));
  }

  private static int millis(TimeValue time) {
    return Math.toIntExact(time.convertTo(TimeUnit.MILLISECONDS));
  }

  /** About how long a fork takes, if none of its calls is longer than an iteration. */
  double seconds() {
    return (OTHER_MILLIS + warmupIterations * warmupMillis + iterations * millis) / 1000.0;
  }
}
