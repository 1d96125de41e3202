package dev.lanewise.bench.demo;

/** A benchmark that gave no figure. */
public final class BenchmarkFailure extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * A failure.
   *
   * @param benchmark which benchmark, with its shape
   * @param log what JMH and the forked JVM printed
   * @param cause what JMH threw, or null
   */
  BenchmarkFailure(String benchmark, String log, Throwable cause) {
    super(benchmark + " failed; JMH and its fork said:\n" + log.strip(), cause);
  }
}
