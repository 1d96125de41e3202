package dev.lanewise.bench.train;

import dev.lanewise.bench.console.Limits;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.optim.Schedule;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.testkit.Checksum;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** All that a model follows from, but for its data. */
public final class TrainingOptions {
  @ArgGroup(validate = false, heading = "%nThe CSV file:%n")
  private CsvOptions csv = new CsvOptions();

  @ArgGroup(validate = false, heading = "%nThe network:%n")
  private NetworkOptions network = new NetworkOptions();

  @ArgGroup(validate = false, heading = "%nThe optimizer:%n")
  private OptimizerOptions optimizer = new OptimizerOptions();

  @ArgGroup(validate = false, heading = "%nThe learning rate over time:%n")
  private ScheduleOptions schedule = new ScheduleOptions();

  @ArgGroup(validate = false, heading = "%nValidation:%n")
  private ValidationOptions validation = new ValidationOptions();

  @ArgGroup(validate = false, heading = "%nThe run:%n")
  private RunOptions run = new RunOptions();

  /** How long, and how it is divided. */
  static final class RunOptions {
    @Option(
        names = "--epochs",
        paramLabel = "N",
        description = "How often training goes through all samples (default: ${DEFAULT-VALUE}).")
    private int epochs = 30;

    @Option(
        names = "--batch",
        paramLabel = "N",
        description = "Samples in a step of training (default: ${DEFAULT-VALUE}).")
    private int batch = 64;

    @Option(
        names = "--seed",
        paramLabel = "N",
        description =
            "Decides everything random: first weights, order of samples, dropout (default:"
                + " ${DEFAULT-VALUE}). The same seed gives the same model, to the last bit.")
    private long seed = 1;

    @Option(
        names = "--threads",
        paramLabel = "N",
        description =
            "Threads to compute with (default: ${DEFAULT-VALUE}); they change the speed alone.")
    private int threads = 1;

    @Option(
        names = "--shards",
        paramLabel = "N",
        description =
            "Parts of a batch that are computed apart, as on several machines (default:"
                + " ${DEFAULT-VALUE}); batch norm sees its part only, so that they change the"
                + " model.")
    private int shards = 1;
  }

  /** By default. */
  public TrainingOptions() {}

  /**
   * Checks everything that can be checked without the data.
   *
   * @throws IllegalArgumentException if an option's value is none, or two do not go together
   */
  public void check() {
    csv.format();
    network.hidden();
    network.dropout();
    network.inputEps();
    optimizer.optimizer();
    Limits.atLeastOne("--epochs", run.epochs);
    Limits.atLeastOne("--batch", run.batch);
    Limits.atLeastOne("--threads", run.threads);
    Limits.atLeastOne("--shards", run.shards);
    schedule.schedule(run.epochs);
    validation.check();
  }

  /** How a CSV file is laid out. */
  public CsvOptions csv() {
    return csv;
  }

  /** What the layers are. */
  public NetworkOptions network() {
    return network;
  }

  /** What is validated on. */
  public ValidationOptions validation() {
    return validation;
  }

  /**
   * How layers are trained on samples by these options, with nothing kept and nobody told.
   *
   * @param layers the layers
   * @param samples how many samples there are
   * @return the trainer
   */
  public Trainer trainer(MultilayerPerceptron layers, int samples) {
    return Trainer.of(layers.network(), optimizer(), run.epochs)
        .withBatchSize(Math.min(run.batch, samples))
        .withShards(run.shards)
        .withSeed(run.seed)
        .withSchedule(schedule());
  }

  /**
   * The options that words of a command line stand for.
   *
   * @param words options of the command {@code train} that stand here, and nothing else
   * @return the options
   * @throws IllegalArgumentException if they are none, or two do not go together
   */
  public static TrainingOptions of(List<String> words) {
    TrainingOptions options = new TrainingOptions();
    try {
      new CommandLine(options).parseArgs(words.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    options.check();
    return options;
  }

  /** What moves the weights. */
  Optimizer optimizer() {
    return optimizer.optimizer();
  }

  private Schedule schedule() {
    return schedule.schedule(run.epochs);
  }

  /** How often every sample is seen. */
  public int epochs() {
    return run.epochs;
  }

  /** Decides everything random. */
  public long seed() {
    return run.seed;
  }

  /** Threads to compute with. */
  public int threads() {
    return run.threads;
  }

  /**
   * Divides the samples.
   *
   * @param all the samples
   * @return what is trained on, and what is validated on, which is null if nothing is
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if a part would be empty
   */
  public TrainingData split(Dataset all) throws IOException {
    return validation.split(all, csv, run.seed);
  }

  /**
   * What a run with these options and data is begun with.
   *
   * @param data what is trained on, and what is validated on or null
   * @return the values by option, for people too
   */
  public SequencedMap<String, String> settings(TrainingData data) {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    settings.put("samples", fingerprint(data.training()));
    settings.put("validation", data.validation() == null ? "none" : fingerprint(data.validation()));
    settings.put("classes", Integer.toHexString(data.training().classes().hashCode()));
    if (validation.stopping() == null) {
      settings.put("--patience", "none");
    } else {
      // The last epoch returns to the best one, from which nothing goes on as undisturbed.
      settings.put(
          "--patience", "%d of %d epochs".formatted(validation.stopping().patience(), run.epochs));
    }
    settings.put("--hidden", network.hidden().toString());
    settings.put("--dropout", Double.toString(network.dropout()));
    settings.put("--input-eps", Double.toString(network.inputEps()));
    settings.put("--optimizer", optimizer().toString());
    settings.put("--decay", schedule.describe(run.epochs));
    settings.put("--batch", Integer.toString(run.batch));
    settings.put("--shards", Integer.toString(run.shards));
    settings.put("--seed", Long.toString(run.seed));
    return settings;
  }

  /** The settings beside layers and optimizer. */
  String describe() {
    return "%d epochs, batches of %d, decay %s, dropout %s, input eps %s, seed %d%s"
        .formatted(
            run.epochs,
            run.batch,
            schedule.describe(run.epochs),
            network.dropout(),
            network.inputEps(),
            run.seed,
            run.shards == 1 ? "" : ", %d shards".formatted(run.shards));
  }

  /**
   * What tells a data set from others.
   *
   * @param data the samples
   * @return its extents and a checksum
   */
  public static String fingerprint(Dataset data) {
    return "%d of %d features in %d classes, checksum %s"
        .formatted(
            data.samples(), data.features(), data.classes().size(), Checksum.hex(checksum(data)));
  }

  private static int checksum(Dataset data) {
    FloatMatrix inputs = data.inputs();
    Labels labels = data.labels();
    float[] classes = new float[labels.length()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = labels.get(i);
    }
    return Checksum.of(inputs.array(), classes);
  }
}
