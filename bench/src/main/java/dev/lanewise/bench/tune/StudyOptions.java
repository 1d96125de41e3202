package dev.lanewise.bench.tune;

import dev.lanewise.bench.console.Limits;
import dev.lanewise.learn.tune.Sampler;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How many trials, which, and how they run. */
public final class StudyOptions {
  private static final String HALVING = "halving";
  private static final int ETA = 3;
  private static final int MOST_TRIALS = 100_000;

  /** 31 years, which nanoseconds count. */
  private static final double MOST_SECONDS = 1e9;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "How many networks are trained (default: ${DEFAULT-VALUE}).")
  private int trials = 60;

  @Option(
      names = "--sampler",
      paramLabel = "NAME",
      description = {
        "How they are chosen (default: ${DEFAULT-VALUE}):",
        "random: anywhere,",
        "coarse-to-fine: at random, then closer and closer to the best ones,",
        "halving: at random for a few epochs, and the best ones for more,",
        "grid: evenly spaced, to compare with."
      })
  private String sampler = "random";

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Epochs of a trial, in halving of the last ones (default: ${DEFAULT-VALUE}).")
  private int epochs = 30;

  @Option(
      names = "--least-epochs",
      paramLabel = "N",
      description =
          "Epochs of the first trials of halving; by default such that there are three"
              + " rounds.")
  private Integer leastEpochs;

  @Option(
      names = "--eta",
      paramLabel = "N",
      description = "In halving 1 of N trials goes on, to N times as many epochs; by default 3.")
  private Integer eta;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Decides everything random, the trials' own seeds too (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Trials at a time, each on a thread; by default as many as there are processors. They"
              + " change the speed alone.")
  private Integer workers;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Gives up a trial that takes longer.")
  private Double timeout;

  /** By default. */
  public StudyOptions() {}

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if a value is none, or two do not go together
   */
  public void check() {
    Limits.atLeastOne("--trials", trials);
    if (trials > MOST_TRIALS) {
      throw Limits.expected("--trials", trials, "at most " + MOST_TRIALS);
    }
    Limits.atLeastOne("--epochs", epochs);
    if (workers != null) {
      Limits.atLeastOne("--workers", workers);
    }
    if (timeout != null && !(timeout >= 1e-9 && timeout <= MOST_SECONDS)) {
      throw Limits.expected("--timeout", timeout, "a number of seconds above 0");
    }
    checkHalving("--least-epochs", leastEpochs);
    checkHalving("--eta", eta);
    sampler();
  }

  private void checkHalving(String option, Integer value) {
    if (value != null && !isHalving()) {
      throw new IllegalArgumentException(
          "%s: %d is for --sampler halving; here it is %s".formatted(option, value, sampler));
    }
  }

  private boolean isHalving() {
    return sampler.equals(HALVING);
  }

  /**
   * What chooses the trials.
   *
   * @throws IllegalArgumentException if there is none of this name, or it cannot have so many
   */
  public Sampler sampler() {
    return switch (sampler) {
      case "random" -> Sampler.random(trials);
      case "grid" -> Sampler.grid(trials);
      case "coarse-to-fine" -> Sampler.coarseToFine(trials);
      case HALVING -> halving();
      default ->
          throw Limits.expected("--sampler", sampler, "random, grid, coarse-to-fine or halving");
    };
  }

  private Sampler halving() {
    int factor = eta == null ? ETA : eta;
    if (factor < 2) {
      throw Limits.expected("--eta", factor, "at least 2");
    }
    int least =
        leastEpochs == null ? (int) Math.ceilDiv(epochs, (long) factor * factor) : leastEpochs;
    if (Limits.atLeastOne("--least-epochs", least) > epochs) {
      throw Limits.expected("--least-epochs", least, "at most --epochs, which is " + epochs);
    }
    return Sampler.halving(trials, least, epochs, factor);
  }

  /**
   * The epochs of a trial.
   *
   * @param budget that the sampler gave it
   * @return the budget in halving, else the same for all
   */
  public int epochs(int budget) {
    return isHalving() ? budget : epochs;
  }

  /** What trials have in common, beside their space and sampler. */
  public String describe() {
    return isHalving() ? "epochs by budget" : epochs + " epochs";
  }

  /** The key of all random numbers. */
  public long seed() {
    return seed;
  }

  /** How many trials run at a time. */
  public int workers() {
    return workers == null ? Runtime.getRuntime().availableProcessors() : workers;
  }

  /** How long a trial may take; nothing for as long as it likes. */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout).map(seconds -> Duration.ofNanos((long) (seconds * 1e9)));
  }
}
