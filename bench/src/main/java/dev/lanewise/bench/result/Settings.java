package dev.lanewise.bench.result;

import java.util.List;

/**
 * What a run was asked to measure.
 *
 * @param full whether with all shapes and the times of a full run
 * @param suites the suites
 * @param peers the peers that were measured
 * @param absent the peers that would have been measured, were they there
 * @param threads what parallel implementations and the calibration with all threads use
 * @param rounds how many rounds were planned
 * @param jmh the options for JMH
 */
public record Settings(
    boolean full,
    List<String> suites,
    List<String> peers,
    List<String> absent,
    int threads,
    int rounds,
    List<String> jmh) {
  /** Copies its arguments. */
  public Settings {
    suites = List.copyOf(suites);
    peers = List.copyOf(peers);
    absent = List.copyOf(absent);
    jmh = List.copyOf(jmh);
  }
}
