package dev.lanewise.bench.tune;

import dev.lanewise.bench.console.Limits;
import dev.lanewise.bench.train.OptimizerOptions;
import dev.lanewise.bench.train.TrainingOptions;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Condition;
import dev.lanewise.learn.tune.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The options of {@code train} as a space to search, and a trial's assignment as options of {@code
 * train} again, to the last digit. What exists for some optimizers or layers only has conditions.
 */
public final class TrainingSpace {
  private static final String NO_LAYERS = "none";

  /** An option that some optimizers have. */
  private record Owned(Hyperparameter parameter, List<String> owners) {}

  private final Hyperparameter optimizer;
  private final Hyperparameter rate;
  private final List<Owned> owned = new ArrayList<>();
  private final Hyperparameter layers;
  private final Hyperparameter units;
  private final List<Hyperparameter> others;
  private final double inputEps;
  private final Space space;

  /**
   * Reads what is searched.
   *
   * @param options what a user gave
   * @throws IllegalArgumentException if an option is none, is one that no optimizer here has, or
   *     there is nothing to choose
   */
  public TrainingSpace(SearchOptions options) {
    optimizer = Hyperparameter.of("--optimizer", Kind.NAME, options.optimizer);
    rate = Hyperparameter.of("--lr", Kind.RATE, options.rate);
    own(
        "--momentum",
        Kind.AVERAGE,
        options.momentum,
        SearchOptions.MOMENTUMS,
        OptimizerOptions.OWNERS_OF_MOMENTUM);
    own(
        "--beta1",
        Kind.AVERAGE,
        options.beta1,
        SearchOptions.BETAS1,
        OptimizerOptions.OWNERS_OF_BETAS);
    own(
        "--beta2",
        Kind.AVERAGE,
        options.beta2,
        SearchOptions.BETAS2,
        OptimizerOptions.OWNERS_OF_BETAS);
    own(
        "--weight-decay",
        Kind.RATE,
        options.weightDecay,
        SearchOptions.DECAYS,
        OptimizerOptions.OWNERS_OF_WEIGHT_DECAY);
    layers = Hyperparameter.of("--layers", Kind.LAYERS, options.layers);
    units =
        Hyperparameter.of(
            "--units", Kind.SIZE, options.units == null ? SearchOptions.UNITS : options.units);
    if (options.units != null && layers.greatest() == 0) {
      throw new IllegalArgumentException(
          "--units: %s is for --layers of at least 1; here it is 0".formatted(options.units));
    }
    others =
        List.of(
            Hyperparameter.of("--batch", Kind.SIZE, options.batch),
            Hyperparameter.of("--decay", Kind.DECAY, options.decay),
            Hyperparameter.of("--dropout", Kind.PROBABILITY, options.dropout));
    inputEps = Limits.positive("--input-eps", options.inputEps);
    space = buildSpace();
    if (space.parameters().isEmpty()) {
      throw new IllegalArgumentException(
          "every option is fixed to one value; expected at least one range, such as --lr 1e-4:1");
    }
  }

  private void own(String option, Kind kind, String given, String usual, List<String> owners) {
    if (optimizer.values().stream().anyMatch(owners::contains)) {
      owned.add(new Owned(Hyperparameter.of(option, kind, given == null ? usual : given), owners));
    } else if (given != null) {
      throw new IllegalArgumentException(
          "%s: %s is for --optimizer %s; here it is %s"
              .formatted(
                  option,
                  given,
                  String.join(" and ", owners),
                  String.join(",", optimizer.values())));
    }
  }

  private Space buildSpace() {
    Space built = rate.addedTo(Space.empty(), rate.name());
    built = optimizer.addedTo(built, optimizer.name());
    for (Owned option : owned) {
      built = option.parameter.addedTo(built, option.parameter.name());
      List<String> having = optimizer.values().stream().filter(option.owners::contains).toList();
      if (!option.parameter.isFixed() && having.size() < optimizer.values().size()) {
        built = built.onlyIf(Condition.isOneOf(optimizer.name(), having.toArray(String[]::new)));
      }
    }
    built = layers.addedTo(built, layers.name());
    for (int layer = 1; layer <= layers.greatest(); layer++) {
      built = units.addedTo(built, unitsOf(layer));
      if (!units.isFixed() && layer > layers.least()) {
        built = built.onlyIf(Condition.atLeast(layers.name(), layer));
      }
    }
    for (Hyperparameter other : others) {
      built = other.addedTo(built, other.name());
    }
    return built;
  }

  private static String unitsOf(int layer) {
    return "units " + layer;
  }

  /** The space of what is not fixed. */
  public Space space() {
    return space;
  }

  /** By what the features are normalised. */
  public double inputEps() {
    return inputEps;
  }

  /**
   * A trial's options of the command {@code train}.
   *
   * @param assignment the trial's parameters
   * @return words of the command line
   */
  public List<String> words(Assignment assignment) {
    List<String> words = new ArrayList<>();
    String name = optimizer.argument(assignment, optimizer.name());
    add(words, optimizer, assignment);
    add(words, rate, assignment);
    owned.stream()
        .filter(option -> option.owners.contains(name))
        .forEach(option -> add(words, option.parameter, assignment));
    int count = Integer.parseInt(layers.argument(assignment, layers.name()));
    words.addAll(hidden(count, layer -> units.argument(assignment, unitsOf(layer))));
    others.forEach(other -> add(words, other, assignment));
    words.addAll(List.of("--input-eps", Double.toString(inputEps)));
    return words;
  }

  private static void add(List<String> words, Hyperparameter option, Assignment assignment) {
    words.add(option.option());
    words.add(option.argument(assignment, option.name()));
  }

  private static List<String> hidden(int layers, IntFunction<String> units) {
    return List.of(
        "--hidden",
        layers == 0
            ? NO_LAYERS
            : IntStream.rangeClosed(1, layers).mapToObj(units).collect(Collectors.joining(",")));
  }

  /**
   * The layers of the largest network here.
   *
   * @param data the samples
   * @return the layers
   * @throws IllegalArgumentException if no array holds all weights
   */
  public MultilayerPerceptron largest(Dataset data) {
    String most = Integer.toString(units.greatest());
    return TrainingOptions.of(hidden(layers.greatest(), layer -> most))
        .network()
        .layers(data, units.option(), "%s in %d layers".formatted(most, layers.greatest()));
  }

  /**
   * What is fixed, and so is not in the space.
   *
   * @return words of a command line
   */
  public List<String> fixed() {
    List<Hyperparameter> all = new ArrayList<>(List.of(optimizer, rate));
    owned.forEach(option -> all.add(option.parameter));
    all.addAll(List.of(layers, units));
    all.addAll(others);
    List<String> words = new ArrayList<>();
    for (Hyperparameter option : all) {
      if (option.isFixed()) {
        words.add(option.option());
        words.add(option.values().getFirst());
      }
    }
    words.addAll(List.of("--input-eps", Double.toString(inputEps)));
    return words;
  }
}
