package dev.lanewise.bench.run;

/** A benchmark that gave no figure. */
public final class BenchmarkFailure extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * A failure.
   *
   * @param log what JMH and the forked JVM printed
   * @param cause what JMH threw, or null
   */
  BenchmarkFailure(String log, Throwable cause) {
    super(explanation(log.strip(), cause), cause);
  }

  /** JMH says some things in its log alone, and some in its exceptions alone. */
  private static String explanation(String log, Throwable cause) {
    if (cause == null) {
      return log;
    }
    String said = cause.getMessage() == null ? cause.toString() : cause.getMessage().strip();
    return log.contains(said) ? log : (said + System.lineSeparator() + log).strip();
  }
}
