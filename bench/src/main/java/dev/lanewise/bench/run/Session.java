package dev.lanewise.bench.run;

import dev.lanewise.bench.result.Fork;
import dev.lanewise.bench.result.Measurement;
import dev.lanewise.bench.result.Results;
import dev.lanewise.bench.result.ResultsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Carries out a {@link Plan}, and writes the results file anew after every fork, so that whatever
 * stops it loses the fork under way at most.
 */
public final class Session {
  /** What may be stolen from a fork without it being repeated. */
  private static final double STEAL_ALLOWED = 0.01;

  /** A machine that is always busy would repeat for ever. */
  private static final int MOST_REPEATS = 3;

  private final Plan plan;
  private final Results start;
  private final Path file;
  private final Measurer measurer;
  private final Supplier<Steal> counters;
  private final Map<Measurement.Key, Measurement> measurements = new LinkedHashMap<>();
  private final Map<Measurement.Key, Results.Failure> failures = new LinkedHashMap<>();
  private boolean stopping;
  private boolean written;

  /** Measures a trial once. */
  @FunctionalInterface
  public interface Measurer {
    /**
     * Measures.
     *
     * @param trial what
     * @return JMH's record of it
     * @throws BenchmarkFailure if there is none
     */
    JsonNode measure(Trial trial) throws BenchmarkFailure;
  }

  /**
   * A session.
   *
   * @param plan what to measure
   * @param start what has been measured already; its failures are tried again
   * @param file where results go
   * @param measurer what measures
   * @param counters the counters of stolen time, read before and after each fork
   */
  public Session(Plan plan, Results start, Path file, Measurer measurer, Supplier<Steal> counters) {
    this.plan = plan;
    this.start = start;
    this.file = file;
    this.measurer = measurer;
    this.counters = counters;
    start.measurements().forEach(m -> measurements.put(m.key(), m));
  }

  /**
   * Lets no further fork begin, and takes the failure of the present one for no failure.
   *
   * @return whether the file holds anything that was measured
   */
  public synchronized boolean stop() {
    stopping = true;
    return written || !start.measurements().isEmpty();
  }

  /**
   * Whether it was told to stop.
   *
   * @return whether {@link #stop} was called
   */
  public synchronized boolean isStopped() {
    return stopping;
  }

  /**
   * Measures what is missing.
   *
   * @param progress told of every fork
   * @return all results
   * @throws IOException if the file cannot be written
   * @throws BenchmarkFailure if a yardstick cannot be had, without which figures say little
   */
  public Results run(Progress progress) throws IOException, BenchmarkFailure {
    for (int round = 0; round <= plan.rounds(); round++) {
      for (Trial trial : round == 0 ? plan.calibration() : plan.round()) {
        if (isStopped()) {
          return results();
        }
        if (isDone(trial, round) || failures.containsKey(trial.key())) {
          progress.skip(trial);
        } else {
          measure(trial, round, progress);
        }
      }
    }
    return results();
  }

  private boolean isDone(Trial trial, int round) {
    Measurement measurement = measurements.get(trial.key());
    return measurement != null
        && measurement.forks().stream().anyMatch(fork -> fork.round() == round);
  }

  private void measure(Trial trial, int round, Progress progress)
      throws IOException, BenchmarkFailure {
    progress.start(trial, round);
    String outcome;
    try {
      Attempt attempt = leastStolen(trial, round);
      measurements.merge(
          trial.key(),
          new Measurement(List.of(attempt.fork), attempt.jmh),
          (before, now) ->
              new Measurement(
                  append(before.forks(), attempt.fork), JmhRecord.append(before.jmh(), now.jmh())));
      outcome = microseconds(attempt.jmh);
    } catch (BenchmarkFailure e) {
      if (isStopped()) {
        return;
      }
      if (round == 0) {
        throw e;
      }
      failures.put(trial.key(), new Results.Failure(trial.key().toString(), e.getMessage()));
      outcome = "failed";
    }
    write();
    progress.finish(trial, round, outcome);
  }

  /** Once it is told to stop, no file is half-written and none is begun. */
  private synchronized void write() throws IOException {
    if (!stopping) {
      ResultsFile.write(file, results());
      written = true;
    }
  }

  private record Attempt(Fork fork, JsonNode jmh) {}

  /** Measures until little enough was stolen, and gives the attempt with the least. */
  private Attempt leastStolen(Trial trial, int round) throws BenchmarkFailure {
    Attempt best = null;
    for (int repeats = 0; repeats <= MOST_REPEATS; repeats++) {
      Instant started = Instant.now();
      Steal before = counters.get();
      JsonNode jmh;
      try {
        jmh = measurer.measure(trial);
      } catch (BenchmarkFailure e) {
        if (best == null) {
          throw e;
        }
        break;
      }
      double steal = counters.get().shareSince(before);
      double seconds = started.until(Instant.now(), ChronoUnit.MILLIS) / 1000.0;
      String time = started.truncatedTo(ChronoUnit.SECONDS).toString();
      Fork fork = new Fork(round, time, seconds, steal, repeats);
      if (best == null || steal < best.fork.steal()) {
        best = new Attempt(fork, jmh);
      }
      if (steal <= STEAL_ALLOWED || isStopped()) {
        break;
      }
    }
    return best;
  }

  private static String microseconds(JsonNode jmh) {
    double nanos = new Measurement(List.of(new Fork(0, "", 0, 0, 0)), jmh).time().median();
    return String.format(Locale.ROOT, "%.2f us", nanos / 1000);
  }

  private static <T> List<T> append(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  private Results results() {
    return new Results(
        start.format(),
        start.started(),
        start.environment(),
        start.settings(),
        List.copyOf(measurements.values()),
        List.copyOf(failures.values()));
  }
}
