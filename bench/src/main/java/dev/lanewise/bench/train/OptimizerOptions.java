package dev.lanewise.bench.train;

import dev.lanewise.learn.optim.Optimizer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** How a step moves the weights. */
public final class OptimizerOptions {
  private static final String ADAM_W = "adamw";
  private static final String MOMENTUM = "momentum";
  private static final String NESTEROV = "nesterov";
  private static final double WEIGHT_DECAY = 0.01;

  /** Learning rates by default: those with which each is usually begun. */
  private static final Map<String, Double> RATES =
      new TreeMap<>(
          Map.of(
              "gradient-descent",
              0.1,
              MOMENTUM,
              0.01,
              NESTEROV,
              0.01,
              "rmsprop",
              0.001,
              "adam",
              0.001,
              ADAM_W,
              0.001));

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description =
          "adam, adamw, gradient-descent, momentum, nesterov or rmsprop"
              + " (default: ${DEFAULT-VALUE}).")
  private String name = "adam";

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description =
          "The learning rate; by default 0.001, of momentum and nesterov 0.01, of"
              + " gradient-descent 0.1.")
  private Double rate;

  @Option(
      names = "--momentum",
      paramLabel = "BETA",
      description = "The weight of the old velocity in momentum and nesterov; by default 0.9.")
  private Double momentum;

  @Option(
      names = "--weight-decay",
      paramLabel = "DECAY",
      description = "How much adamw shrinks weights; by default 0.01.")
  private Double weightDecay;

  @Option(
      names = "--clip",
      paramLabel = "NORM",
      description = "Gradients with a larger norm than this are scaled down to it.")
  private Double clip;

  /** By default. */
  public OptimizerOptions() {}

  /**
   * The optimizer.
   *
   * @throws IllegalArgumentException if an option's value is none, or an option is another
   *     optimizer's
   */
  Optimizer optimizer() {
    if (!RATES.containsKey(name)) {
      throw Limits.expected("--optimizer", name, String.join(", ", RATES.keySet()));
    }
    checkOwner("--momentum", momentum, List.of(MOMENTUM, NESTEROV));
    checkOwner("--weight-decay", weightDecay, List.of(ADAM_W));
    double lr = rate == null ? RATES.get(name) : Limits.positive("--lr", rate);
    double beta = momentum == null ? Optimizer.MOMENTUM : Limits.belowOne("--momentum", momentum);
    double decay = weightDecay == null ? WEIGHT_DECAY : weightDecay;
    if (!(decay >= 0) || Double.isInfinite(decay)) {
      throw Limits.expected("--weight-decay", decay, "0 or more");
    }
    Optimizer optimizer =
        switch (name) {
          case "gradient-descent" -> Optimizer.gradientDescent(lr);
          case MOMENTUM -> Optimizer.momentum(lr, beta);
          case NESTEROV -> Optimizer.nesterov(lr, beta);
          case "rmsprop" -> Optimizer.rmsProp(lr);
          case ADAM_W -> Optimizer.adamW(lr, decay);
          default -> Optimizer.adam(lr);
        };
    return clip == null ? optimizer : optimizer.clippedTo(Limits.positive("--clip", clip));
  }

  private void checkOwner(String option, Double value, List<String> owners) {
    if (value != null && !owners.contains(name)) {
      throw new IllegalArgumentException(
          "%s: %s is for --optimizer %s; here it is %s"
              .formatted(option, value, String.join(" and ", owners), name));
    }
  }
}
