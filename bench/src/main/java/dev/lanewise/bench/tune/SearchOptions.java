package dev.lanewise.bench.tune;

import picocli.CommandLine.Option;

/** Which options of {@code train} are searched, and where. */
public final class SearchOptions {
  static final String MOMENTUMS = "0.9:0.999";
  static final String BETAS1 = "0.8:0.98";
  static final String BETAS2 = "0.99:0.9999";
  static final String DECAYS = "1e-4:1";
  static final String UNITS = "16:512";

  @Option(
      names = "--lr",
      paramLabel = "RATES",
      description = "The learning rate (default: ${DEFAULT-VALUE}), on a logarithmic scale.")
  String rate = "1e-4:1";

  @Option(
      names = "--optimizer",
      paramLabel = "NAMES",
      description =
          "adam, adamw, gradient-descent, momentum, nesterov, rmsprop, or some of them"
              + " (default: ${DEFAULT-VALUE}).")
  String optimizer = "adam,momentum";

  @Option(
      names = "--momentum",
      paramLabel = "BETAS",
      description =
          "The weight of the old velocity in momentum and nesterov; by default "
              + MOMENTUMS
              + ", on a logarithmic scale of 1 - BETA, as the two below.")
  String momentum;

  @Option(
      names = "--beta1",
      paramLabel = "BETAS",
      description =
          "The weight of the old mean of gradients in adam and adamw; by default " + BETAS1 + ".")
  String beta1;

  @Option(
      names = "--beta2",
      paramLabel = "BETAS",
      description =
          "The weight of the old mean of squares in adam and adamw; by default " + BETAS2 + ".")
  String beta2;

  @Option(
      names = "--weight-decay",
      paramLabel = "DECAYS",
      description = "How much adamw shrinks weights; by default " + DECAYS + ", logarithmic.")
  String weightDecay;

  @Option(
      names = "--batch",
      paramLabel = "SIZES",
      description = "Samples in a step of training (default: ${DEFAULT-VALUE}), logarithmic.")
  String batch = "16:256";

  @Option(
      names = "--layers",
      paramLabel = "NUMBERS",
      description = "The number of hidden layers (default: ${DEFAULT-VALUE}).")
  String layers = "1:3";

  @Option(
      names = "--units",
      paramLabel = "SIZES",
      description =
          "The units of a hidden layer, of each on its own; by default " + UNITS + ", logarithmic.")
  String units;

  @Option(
      names = "--dropout",
      paramLabel = "PS",
      description =
          "The probability that a hidden unit is left out of a step (default: ${DEFAULT-VALUE}).")
  String dropout = "0";

  @Option(
      names = "--decay",
      paramLabel = "FORMS",
      description =
          "How the learning rate falls over the epochs e: a range of RATEs in 1 / (1 + RATE e),"
              + " logarithmic (default: ${DEFAULT-VALUE}), or forms as train has them, such as"
              + " none,cosine.")
  String decay = "0.001:1";

  @Option(
      names = "--input-eps",
      paramLabel = "EPS",
      description =
          "Features are normalised to (x - mean) / sqrt(variance + EPS) (default:"
              + " ${DEFAULT-VALUE}): a number, which is not searched. 1 for pixels of 0 to 16.")
  double inputEps = 1e-5;

  /** By default. */
  public SearchOptions() {}
}
