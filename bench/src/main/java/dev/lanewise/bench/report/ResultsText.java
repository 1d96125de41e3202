package dev.lanewise.bench.report;

import dev.lanewise.bench.console.CommandText;
import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.peer.Peer;
import dev.lanewise.bench.result.Estimate;
import dev.lanewise.bench.result.Figure;
import dev.lanewise.bench.result.Figures;
import dev.lanewise.bench.result.Fork;
import dev.lanewise.bench.result.Results;
import dev.lanewise.bench.result.Roofs;
import dev.lanewise.bench.result.SpeedUp;
import dev.lanewise.bench.run.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a run shows, in words.
 *
 * @param results what was measured
 * @param figures its figures
 * @param roofs its roofs
 */
record ResultsText(Results results, Figures figures, Roofs roofs) {
  /** How many of the best cases a headline names. */
  private static final int STRONGEST = 3;

  static ResultsText of(Results results) {
    return new ResultsText(results, Figures.of(results), Roofs.of(results));
  }

  /** One case, with its interval. */
  static String sentence(SpeedUp speedUp) {
    Figure own = speedUp.lanewise();
    Figure other = speedUp.other();
    return "%s: %s times as fast as %s (%s against %s µs)%s"
        .formatted(
            name(own),
            Numbers.interval(speedUp.ratio()),
            other.implementation(),
            Numbers.micros(own.time().median()),
            Numbers.micros(other.time().median()),
            doubt(speedUp));
  }

  /** What a row of figures is of, beside its shape. */
  static String title(Figure figure) {
    String title = figure.variant().title();
    return figure.isParallel() ? title + ", threads: " + figure.threads() : title;
  }

  /** What a figure is of. */
  static String name(Figure figure) {
    String threads = figure.isParallel() ? " on %d threads".formatted(figure.threads()) : "";
    return figure.variant().title() + " " + figure.shape() + threads;
  }

  private static String doubt(SpeedUp speedUp) {
    if (speedUp.isDecided()) {
      return "";
    }
    return speedUp.ratio().isInterval()
        ? "; undecided, the interval contains 1"
        : "; no interval from %d of the 5 rounds it needs".formatted(speedUp.ratio().count());
  }

  /** Every case in which the kernel is slower than another implementation, the worst first. */
  List<SpeedUp> losses() {
    return figures.speedUps().stream()
        .filter(SpeedUp::isLoss)
        .sorted(Comparator.comparingDouble(s -> s.ratio().median()))
        .toList();
  }

  /** The cases in which the next best is farthest behind, one for each of a few operations. */
  List<String> strongest() {
    List<SpeedUp> leads =
        figures.all().stream()
            .filter(Figure::isLanewise)
            .flatMap(f -> nextBest(f).stream())
            .filter(s -> !s.isLoss() && (s.isDecided() || !s.ratio().isInterval()))
            .sorted(Comparator.comparingDouble((SpeedUp s) -> s.ratio().median()).reversed())
            .toList();
    Set<Operation> named = EnumSet.noneOf(Operation.class);
    List<String> sentences = new ArrayList<>();
    for (SpeedUp lead : leads) {
      if (sentences.size() < STRONGEST && named.add(lead.lanewise().operation())) {
        sentences.add(strength(lead));
      }
    }
    return sentences;
  }

  private String strength(SpeedUp lead) {
    return "%s: %s, %s of the roof; %s times as fast as the next best, %s"
        .formatted(
            name(lead.lanewise()),
            Numbers.speed(lead.lanewise()),
            Numbers.percent(lead.lanewise().shareOf(roofs)),
            Numbers.interval(lead.ratio()),
            lead.other().implementation());
  }

  private Optional<SpeedUp> nextBest(Figure lanewise) {
    return figures.speedUps(lanewise).stream()
        .min(Comparator.comparingDouble(s -> s.ratio().median()));
  }

  /** Figures that cannot be true. */
  List<String> above() {
    return figures.above(roofs).stream()
        .map(
            f ->
                "%s, %s: %s, %s of the roof"
                    .formatted(
                        f.implementation(),
                        name(f),
                        Numbers.speed(f),
                        Numbers.percent(f.shareOf(roofs))))
        .toList();
  }

  /** What a reader must know before the figures. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    int rounds = results.rounds();
    int planned = results.settings().rounds();
    if (rounds < planned) {
      warnings.add("The run was stopped: rounds begun %d of %d.".formatted(rounds, planned));
    }
    if (figures.all().stream().noneMatch(f -> f.time().isInterval())) {
      warnings.add(
          "Rounds: %d. There are no confidence intervals, for which 5 are needed; read differences of a few per cent as none."
              .formatted(rounds));
    }
    if (!results.environment().implementation().equals("vector")) {
      warnings.add(
          "lanewise ran as %s code: %s"
              .formatted(results.environment().implementation(), results.environment().reason()));
    }
    if (hasMkl() && !results.environment().processor().model().contains("Intel")) {
      warnings.add("The figures of mkl are on a processor of another vendor than Intel.");
    }
    results.failures().forEach(f -> warnings.add("Failed: " + f.benchmark() + ": " + f.message()));
    return warnings;
  }

  private boolean hasMkl() {
    return figures.all().stream()
        .anyMatch(f -> Peer.ofMethod(f.implementation()).equals(Optional.of(Peer.MKL)));
  }

  /** How the figures came about. */
  List<String> method() {
    List<Fork> forks = results.measurements().stream().flatMap(m -> m.forks().stream()).toList();
    double steal = forks.stream().mapToDouble(Fork::steal).max().orElse(0);
    long repeated = forks.stream().filter(f -> f.repeats() > 0).count();
    return List.of(
        "In each round every implementation of an operation at a shape is measured in a JVM of its"
            + " own, one after the other. The value of a round is the median of its iterations; a"
            + " figure is the median of the rounds.",
        "A speed-up is the median of the quotients of the rounds: the other implementation's time"
            + " divided by lanewise's in the same round.",
        intervals(),
        "The roof of a call is max(flops / peak, bytes / bandwidth): the highest multiply-add peak"
            + " of all widths, half of it for doubles, and the highest bandwidth of the level of"
            + " memory that the operands fit in, each the fastest iteration that the run has"
            + " measured. Flops and bytes are those of the formula, each operand counted once.",
        "Steal, the processor time that a hypervisor gave to others: at most %s of a fork that counts; forks repeated for it: %d of %d. Benchmarks that failed: %d."
            .formatted(
                String.format(Locale.ROOT, "%.1f %%", 100 * steal),
                repeated,
                forks.size(),
                results.failures().size()));
  }

  private String intervals() {
    return figures.all().stream()
        .map(Figure::time)
        .filter(Estimate::isInterval)
        .min(Comparator.comparingDouble(Estimate::confidence))
        .map(
            e ->
                "Intervals are those of order statistics, which suppose nothing of the distribution; their confidence is %s or more."
                    .formatted(String.format(Locale.ROOT, "%.1f %%", 100 * e.confidence())))
        .orElse("There are no confidence intervals: they need 5 rounds.");
  }

  /** The command that makes such results. */
  String commandLine() {
    List<String> words =
        new ArrayList<>(List.of("java", "-jar", "bench/target/lanewise.jar", "run"));
    words.add(results.settings().full() ? "--full" : "--quick");
    if (!results.settings().suites().containsAll(Plan.suites())) {
      words.addAll(List.of("--suite", String.join(",", results.settings().suites())));
    }
    List<String> peers = results.settings().peers();
    words.addAll(List.of("--peers", peers.isEmpty() ? "none" : String.join(",", peers)));
    words.addAll(List.of("--threads", Integer.toString(results.settings().threads())));
    words.addAll(List.of("--rounds", Integer.toString(results.settings().rounds())));
    if (!results.settings().jmh().isEmpty()) {
      words.add("--");
      words.addAll(results.settings().jmh());
    }
    return CommandText.of(words);
  }
}
