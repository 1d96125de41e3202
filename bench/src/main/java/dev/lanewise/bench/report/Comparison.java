package dev.lanewise.bench.report;

import dev.lanewise.bench.jmh.Implementation;
import dev.lanewise.bench.peer.Threads;
import dev.lanewise.bench.result.Estimate;
import dev.lanewise.bench.result.Measurement;
import dev.lanewise.bench.result.Results;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which benchmarks got faster or slower from one run to another.
 *
 * <p>A benchmark is slower if its times are beyond doubt: the confidence intervals of both runs are
 * disjoint, and the medians differ by more than a threshold. Rounds are five at least; between five
 * and five equally distributed values, whatever their distribution, that is so in 2/C(10, 5) = 0.8
 * % of all cases.
 *
 * <p>But the rounds of a run are not independent: while it ran, a neighbour may have shared the
 * cores, or the clock have been lower, and then all its rounds are slow together. What each round
 * has measured of the machine shows that: the multiply-add peak, whose loop never changes, and the
 * copy of the same operands where there is one. So a verdict must hold twice, for the times and for
 * the quotients of times and each such yardstick of the same round. A shared clock cancels in the
 * quotient; a kernel's own slow-down is in both. Asking for both rather than for the quotient alone
 * means that the noise of a yardstick can cost a verdict and never make one.
 *
 * <p>Yardsticks themselves are not judged: they are the state of the machine.
 *
 * @param differences what the environments and settings differ in
 * @param machine how the yardsticks changed
 * @param onlyBefore what only the earlier run has measured
 * @param onlyAfter what only the later run has
 * @param broken what the earlier run has measured and the later one failed to
 * @param cases what both have: slower ones first, then faster ones
 * @param threshold the least difference of medians, 0.03 for 3 %
 */
public record Comparison(
    List<String> differences,
    List<String> machine,
    List<Measurement.Key> onlyBefore,
    List<Measurement.Key> onlyAfter,
    List<Results.Failure> broken,
    List<Case> cases,
    double threshold) {

  /** What is known of a benchmark. */
  public enum Verdict {
    /** It takes longer. */
    SLOWER,
    /** It takes less time. */
    FASTER,
    /** The rounds do not tell. */
    UNDECIDED
  }

  /**
   * A benchmark of both runs.
   *
   * @param key the benchmark
   * @param before its time in nanoseconds
   * @param after its time in nanoseconds
   * @param verdict what follows
   * @param reason why nothing follows; empty if something does
   */
  public record Case(
      Measurement.Key key, Estimate before, Estimate after, Verdict verdict, String reason) {

    /** The change of the medians: 0.1 if it takes 10 % longer. */
    double change() {
      return after.median() / before.median() - 1;
    }
  }

  /** Copies its arguments. */
  public Comparison {
    differences = List.copyOf(differences);
    machine = List.copyOf(machine);
    onlyBefore = List.copyOf(onlyBefore);
    onlyAfter = List.copyOf(onlyAfter);
    broken = List.copyOf(broken);
    cases = List.copyOf(cases);
  }

  /**
   * Compares.
   *
   * @param before the earlier run
   * @param after the later run
   * @param threshold the least difference of medians that counts, 0.03 for 3 %
   * @return the comparison
   */
  public static Comparison of(Results before, Results after, double threshold) {
    Map<Measurement.Key, Measurement> old = byKey(before);
    Map<Measurement.Key, Measurement> now = byKey(after);
    Map<Measurement.Key, Pair> pairs = new LinkedHashMap<>();
    old.forEach(
        (key, measurement) -> {
          if (now.containsKey(key)) {
            pairs.put(key, new Pair(measurement, now.get(key)));
          }
        });
    int threads = before.settings().threads();
    List<Case> cases =
        pairs.keySet().stream()
            .filter(key -> !isYardstick(key))
            .map(key -> judge(key, pairs.get(key), yardsticks(key, pairs, threads), threshold))
            .sorted(Comparator.comparing(Case::verdict))
            .toList();
    return new Comparison(
        differences(before, after),
        machine(pairs),
        missing(old, now),
        missing(now, old),
        broken(old.keySet(), after),
        cases,
        threshold);
  }

  private static Map<Measurement.Key, Measurement> byKey(Results results) {
    Map<Measurement.Key, Measurement> measurements = new LinkedHashMap<>();
    results.measurements().forEach(m -> measurements.put(m.key(), m));
    return measurements;
  }

  /**
   * How many benchmarks have a verdict.
   *
   * @param verdict the verdict
   * @return the count
   */
  public long count(Verdict verdict) {
    return cases.stream().filter(c -> c.verdict() == verdict).count();
  }

  /** A measurement of both runs. */
  private record Pair(Measurement before, Measurement after) {
    /** The rounds in which both runs have measured both, counted in the run with fewer. */
    int roundsWith(Pair other) {
      return Math.min(common(before, other.before), common(after, other.after));
    }

    private static int common(Measurement one, Measurement other) {
      Set<Integer> rounds = new TreeSet<>(one.rounds().keySet());
      rounds.retainAll(other.rounds().keySet());
      return rounds.size();
    }
  }

  private static Case judge(
      Measurement.Key key, Pair pair, List<Pair> yardsticks, double threshold) {
    Estimate before = pair.before.time();
    Estimate after = pair.after.time();
    if (!before.isInterval() || !after.isInterval()) {
      return undecided(
          key,
          before,
          after,
          "too few rounds for an interval: %d and %d".formatted(before.count(), after.count()));
    }
    Verdict verdict = verdict(before, after, threshold);
    if (verdict == Verdict.UNDECIDED) {
      boolean overlap = before.low() <= after.high() && after.low() <= before.high();
      return undecided(
          key, before, after, overlap ? "intervals overlap" : "less than the threshold");
    }
    for (Pair yardstick : yardsticks) {
      Estimate relativeBefore = pair.before.ratioTo(yardstick.before);
      Estimate relativeAfter = pair.after.ratioTo(yardstick.after);
      if (verdict(relativeBefore, relativeAfter, threshold) != verdict) {
        return undecided(
            key, before, after, "not beyond doubt relative to " + yardstick.before.key());
      }
    }
    return new Case(key, before, after, verdict, "");
  }

  private static Case undecided(
      Measurement.Key key, Estimate before, Estimate after, String reason) {
    return new Case(key, before, after, Verdict.UNDECIDED, reason);
  }

  private static Verdict verdict(Estimate before, Estimate after, double threshold) {
    if (isLess(before, after, threshold)) {
      return Verdict.SLOWER;
    }
    return isLess(after, before, threshold) ? Verdict.FASTER : Verdict.UNDECIDED;
  }

  private static boolean isLess(Estimate less, Estimate more, double threshold) {
    return less.high() < more.low() && less.median() * (1 + threshold) < more.median();
  }

  /** What every round of both runs tells of the machine where this benchmark ran. */
  private static List<Pair> yardsticks(
      Measurement.Key key, Map<Measurement.Key, Pair> pairs, int allThreads) {
    int threads = Threads.isParallel(key.method()) ? allThreads : key.threads();
    Stream<Measurement.Key> peaks =
        pairs.keySet().stream().filter(k -> isPeak(k) && k.threads() == threads);
    Measurement.Key copy =
        new Measurement.Key(
            key.benchmark(), Implementation.COPY.method(), key.parameters(), key.threads());
    return Stream.concat(peaks, Stream.of(copy).filter(pairs::containsKey))
        .map(pairs::get)
        .filter(yardstick -> hasRounds(pairs.get(key), yardstick))
        .toList();
  }

  private static boolean hasRounds(Pair pair, Pair yardstick) {
    int rounds = pair.roundsWith(yardstick);
    return rounds > 0 && Estimate.of(new double[rounds]).isInterval();
  }

  private static boolean isPeak(Measurement.Key key) {
    return Implementation.of(key.method()) == Implementation.PEAK;
  }

  private static boolean isYardstick(Measurement.Key key) {
    return Implementation.of(key.method()).isYardstick();
  }

  private static List<String> differences(Results before, Results after) {
    List<String> differences =
        new ArrayList<>(before.environment().differencesTo(after.environment()));
    add(differences, "full", before.settings().full(), after.settings().full());
    add(differences, "threads", before.settings().threads(), after.settings().threads());
    add(differences, "options for JMH", before.settings().jmh(), after.settings().jmh());
    return differences;
  }

  private static void add(List<String> differences, String name, Object old, Object now) {
    if (!old.equals(now)) {
      differences.add(name + " " + old + ", now " + now);
    }
  }

  private static List<String> machine(Map<Measurement.Key, Pair> pairs) {
    return pairs.entrySet().stream()
        .filter(e -> isYardstick(e.getKey()))
        .map(
            e ->
                "%s: %s"
                    .formatted(
                        e.getKey(),
                        Numbers.change(
                            e.getValue().after.time().median() / e.getValue().before.time().median()
                                - 1)))
        .toList();
  }

  private static List<Results.Failure> broken(Set<Measurement.Key> measured, Results after) {
    Set<String> names = measured.stream().map(Object::toString).collect(Collectors.toSet());
    return after.failures().stream().filter(f -> names.contains(f.benchmark())).toList();
  }

  private static List<Measurement.Key> missing(
      Map<Measurement.Key, Measurement> from, Map<Measurement.Key, Measurement> in) {
    return from.keySet().stream().filter(key -> !in.containsKey(key)).toList();
  }
}
