package dev.lanewise.bench.result;

import dev.lanewise.bench.machine.Environment;
import java.util.List;

/**
 * The content of a results file.
 *
 * @param format the version of the file's format, {@link #FORMAT}
 * @param started when the run began, in ISO 8601
 * @param environment where
 * @param settings what was asked for
 * @param measurements what has been measured
 * @param failures what could not be
 */
public record Results(
    int format,
    String started,
    Environment environment,
    Settings settings,
    List<Measurement> measurements,
    List<Failure> failures) {
  /** The version of the format that this code writes and reads. */
  public static final int FORMAT = 1;

  /** Copies its arguments. */
  public Results {
    measurements = List.copyOf(measurements);
    failures = List.copyOf(failures);
  }

  /**
   * A benchmark that gave no figure.
   *
   * @param benchmark what was to be measured
   * @param message what it said
   */
  public record Failure(String benchmark, String message) {}

  /**
   * The rounds that have been measured, of those that the settings ask for.
   *
   * @return how many; the last may be incomplete
   */
  public int rounds() {
    return measurements.stream()
        .flatMap(m -> m.forks().stream())
        .mapToInt(Fork::round)
        .max()
        .orElse(0);
  }
}
