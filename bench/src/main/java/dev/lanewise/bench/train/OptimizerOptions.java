package dev.lanewise.bench.train;

import dev.lanewise.bench.console.Limits;
import dev.lanewise.learn.optim.Optimizer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** How a step moves the weights. */
public final class OptimizerOptions {
  private static final String ADAM = "adam";
  private static final String ADAM_W = "adamw";
  private static final String MOMENTUM = "momentum";
  private static final String NESTEROV = "nesterov";
  private static final double WEIGHT_DECAY = 0.01;

  /** The optimizers that have {@code --momentum}. */
  public static final List<String> OWNERS_OF_MOMENTUM = List.of(MOMENTUM, NESTEROV);

  /** The optimizers that have {@code --beta1} and {@code --beta2}. */
  public static final List<String> OWNERS_OF_BETAS = List.of(ADAM, ADAM_W);

  /** The optimizers that have {@code --weight-decay}. */
  public static final List<String> OWNERS_OF_WEIGHT_DECAY = List.of(ADAM_W);

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
              ADAM,
              0.001,
              ADAM_W,
              0.001));

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description =
          "adam, adamw, gradient-descent, momentum, nesterov or rmsprop"
              + " (default: ${DEFAULT-VALUE}).")
  private String name = ADAM;

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
      names = "--beta1",
      paramLabel = "BETA",
      description = "The weight of the old mean of gradients in adam and adamw; by default 0.9.")
  private Double beta1;

  @Option(
      names = "--beta2",
      paramLabel = "BETA",
      description = "The weight of the old mean of squares in adam and adamw; by default 0.999.")
  private Double beta2;

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
    checkOwner("--momentum", momentum, OWNERS_OF_MOMENTUM);
    checkOwner("--beta1", beta1, OWNERS_OF_BETAS);
    checkOwner("--beta2", beta2, OWNERS_OF_BETAS);
    checkOwner("--weight-decay", weightDecay, OWNERS_OF_WEIGHT_DECAY);
    double lr = rate == null ? RATES.get(name) : Limits.positive("--lr", rate);
    double beta = share("--momentum", momentum, Optimizer.MOMENTUM);
    double b1 = share("--beta1", beta1, Optimizer.BETA1);
    double b2 = share("--beta2", beta2, Optimizer.BETA2);
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
          case ADAM_W -> Optimizer.adamW(lr, b1, b2, Optimizer.EPS, decay);
          default -> Optimizer.adam(lr, b1, b2, Optimizer.EPS);
        };
    return clip == null ? optimizer : optimizer.clippedTo(Limits.positive("--clip", clip));
  }

  private static double share(String option, Double given, double usual) {
    return given == null ? usual : Limits.belowOne(option, given);
  }

  private void checkOwner(String option, Double value, List<String> owners) {
    if (value != null && !owners.contains(name)) {
      throw new IllegalArgumentException(
          "%s: %s is for --optimizer %s; here it is %s"
              .formatted(option, value, String.join(" and ", owners), name));
    }
  }
}
