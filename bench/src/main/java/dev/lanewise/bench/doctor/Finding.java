package dev.lanewise.bench.doctor;

import java.util.Locale;

/**
 * Something that a user should know.
 *
 * @param severity whether it costs speed or correctness
 * @param problem what it is
 * @param consequence why it matters
 * @param advice what to do, with options and commands as they are typed
 */
public record Finding(Severity severity, String problem, String consequence, String advice) {
  /** How much a finding matters. */
  public enum Severity {
    /** Lanewise is slower than it could be here, or not to be relied on. */
    DEGRADED,
    /** Nothing is wrong; figures may differ from those of other machines. */
    NOTE;

    /** In lower case. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding degraded(String problem, String consequence, String advice) {
    return new Finding(Severity.DEGRADED, problem, consequence, advice);
  }

  static Finding note(String problem, String consequence, String advice) {
    return new Finding(Severity.NOTE, problem, consequence, advice);
  }
}
