package dev.lanewise.bench.run;

/**
 * How long a fork measures.
 *
 * <p>C2 takes a second or two for code on the Vector API, and longer where cores are busy; plain
 * loops and native code need less. Iterations are many and short, so that what a neighbour on a
 * shared machine disturbs are few of them, and their median is none of these.
 *
 * @param vectorWarmup warm-up of code on the Vector API in milliseconds
 * @param warmup warm-up of other code in milliseconds
 * @param iterations measured iterations
 * @param millis the length of one in milliseconds
 */
public record Pace(int vectorWarmup, int warmup, int iterations, int millis) {
  /** One round of it takes a few minutes. */
  public static final Pace QUICK = new Pace(2000, 800, 10, 50);

  /** The evidence. */
  public static final Pace FULL = new Pace(2000, 1000, 10, 100);

  /** The yardsticks: the fastest iteration counts. */
  static final Pace CALIBRATION = new Pace(600, 600, 20, 20);

  /** The length of a warm-up iteration in milliseconds. */
  static final int WARMUP_MILLIS = 200;

  /** Starting a JVM, filling operands, checking the result, ending: what forks here took. */
  private static final int OTHER_MILLIS = 900;

  /** How many warm-up iterations there are. */
  int warmupIterations(boolean vector) {
    return (vector ? vectorWarmup : warmup) / WARMUP_MILLIS;
  }

  /** About how long a fork takes, if none of its calls is longer than an iteration. */
  double seconds(boolean vector) {
    int warmupMillis = warmupIterations(vector) * WARMUP_MILLIS;
    return (OTHER_MILLIS + warmupMillis + iterations * millis) / 1000.0;
  }
}
