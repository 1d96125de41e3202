package dev.lanewise.bench.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import tools.jackson.databind.JsonNode;

/**
 * All forks of one benchmark method with one set of parameters.
 *
 * @param forks the forks, in the order in which they ran
 * @param jmh JMH's own record, with a row of raw data for each fork
 */
public record Measurement(List<Fork> forks, JsonNode jmh) {
  /** Copies the list. */
  public Measurement {
    forks = List.copyOf(forks);
  }

  /**
   * What tells measurements apart.
   *
   * @param benchmark the simple name of the JMH class
   * @param method its method
   * @param parameters by name
   * @param threads how many threads called the method
   */
  public record Key(
      String benchmark, String method, SortedMap<String, String> parameters, int threads) {
    /** Copies the parameters. */
    public Key {
      parameters = new TreeMap<>(parameters);
    }

    /**
     * For people.
     *
     * @return for example {@code GemmBenchmark.lanewise shape=512x512x512}
     */
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(benchmark + "." + method);
      parameters.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
      return threads == 1 ? text.toString() : text + " threads=" + threads;
    }
  }

  /**
   * What was measured.
   *
   * @return its key
   */
  @JsonIgnore
  public Key key() {
    String[] name = jmh.path("benchmark").asString().split("\\.");
    SortedMap<String, String> parameters = new TreeMap<>();
    jmh.path("params")
        .properties()
        .forEach(p -> parameters.put(p.getKey(), p.getValue().asString()));
    return new Key(
        name[name.length - 2], name[name.length - 1], parameters, jmh.path("threads").asInt());
  }

  /**
   * Every iteration of every fork.
   *
   * @return nanoseconds per call, a row for each fork
   */
  public List<double[]> nanos() {
    List<double[]> rows = new ArrayList<>();
    for (JsonNode fork : jmh.path("primaryMetric").path("rawData")) {
      double[] row = new double[fork.size()];
      Arrays.setAll(row, i -> fork.get(i).asDouble());
      rows.add(row);
    }
    return rows;
  }

  /**
   * The median iteration of each round.
   *
   * @return nanoseconds per call, by round
   */
  public SortedMap<Integer, Double> rounds() {
    SortedMap<Integer, Double> medians = new TreeMap<>();
    List<double[]> rows = nanos();
    for (int i = 0; i < forks.size(); i++) {
      medians.put(forks.get(i).round(), Estimate.of(rows.get(i)).median());
    }
    return medians;
  }

  /**
   * The median of the rounds.
   *
   * @return nanoseconds per call
   */
  public Estimate time() {
    return Estimate.of(values(rounds()));
  }

  /**
   * The fastest iteration of all, for what the machine can do at best.
   *
   * @return nanoseconds per call
   */
  public double best() {
    return nanos().stream().flatMapToDouble(DoubleStream::of).min().orElseThrow();
  }

  /**
   * How many times as fast another measurement is: the median of the quotients of the rounds that
   * both have.
   *
   * @param other the measurement to divide by
   * @return this one's time divided by the other's
   * @throws IllegalArgumentException if they have no round in common
   */
  public Estimate ratioTo(Measurement other) {
    Map<Integer, Double> divisors = other.rounds();
    SortedMap<Integer, Double> quotients = rounds();
    quotients.keySet().retainAll(divisors.keySet());
    quotients.replaceAll((round, nanos) -> nanos / divisors.get(round));
    return Estimate.of(values(quotients));
  }

  private static double[] values(SortedMap<Integer, Double> rounds) {
    return rounds.values().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
