package dev.lanewise.spark;

import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.optim.Schedule;
import dev.lanewise.learn.train.Classifier;
import dev.lanewise.learn.train.InputNormalisation;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.train.TrainingRun;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import scala.Function1;

/**
 * A classifier of Spark ML: a {@link MultilayerPerceptron} with batch norm on normalised features,
 * trained by Adam.
 *
 * <pre>{@code
 * LanewiseClassifier classifier =
 *     new LanewiseClassifier().setHidden(128, 128).setEpochs(30).setFeaturesCol("features");
 * Dataset<Row> predictions = classifier.fit(training).transform(test);
 * }</pre>
 *
 * <p>The columns are those of Spark's own classifiers: a label that counts classes from 0, a vector
 * of finite features, raw predictions (logits), probabilities, and the prediction. There are as
 * many classes as the label column's metadata says or else the greatest label plus one, at most
 * 10000. A null, a label that is no class, another number of features than in the first row or a
 * feature that is no finite float is an IllegalArgumentException that names its row.
 *
 * <p>Fitting collects label and features on the driver; with one shard it trains there on one
 * thread, with several the executors compute their gradients, as {@link SparkShards} says. The
 * order of the rows enters the bits, and Spark promises none between partitions, nor the same
 * partitions on another cluster: who wants the same bits again sorts the rows by a key into one
 * partition, {@code frame.repartition(1).sortWithinPartitions(key)}.
 *
 * @serial exclude
 */
public final class LanewiseClassifier
    extends ProbabilisticClassifier<Vector, LanewiseClassifier, LanewiseClassificationModel>
    implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  /** Spark's own limit of 100 guards against labels that are measurements; so does this one. */
  private static final int MOST_CLASSES = 10_000;

  private static final String NONE = "none";
  private static final String COSINE = "cosine";
  private static final List<String> DECAYS = List.of(NONE, COSINE);
  private static final Function1<int[], Object> ALL_POSITIVE =
      (Function1<int[], Object> & Serializable)
          units -> Arrays.stream(units).allMatch(unit -> unit > 0);

  private static final Function1<Object, Object> POSITIVE =
      ParamValidators.inRange(0, Double.MAX_VALUE, false, true);

  private final String uid;
  private final IntArrayParam hidden;
  private final IntParam epochs;
  private final IntParam batchSize;
  private final IntParam shards;
  private final DoubleParam learningRate;
  private final Param<String> decay;
  private final DoubleParam dropout;
  private final DoubleParam inputEps;
  private final LongParam seed;

  /** A classifier with one hidden layer of 128 units. */
  public LanewiseClassifier() {
    this(Identifiable.randomUID("lanewise"));
  }

  /**
   * As {@link #LanewiseClassifier()}.
   *
   * @param uid its name among the stages of pipelines
   * @throws NullPointerException if it is null
   */
  public LanewiseClassifier(String uid) {
    this.uid =
        Objects.requireNonNull(
            uid,
            "LanewiseClassifier: uid is null"); // before Spark's constructors, which ask for it
    super();
    hidden = new IntArrayParam(this, "hidden", "units of each hidden layer", ALL_POSITIVE);
    epochs = atLeastOne("epochs", "how often training sees every sample");
    batchSize = atLeastOne("batchSize", "samples of a mini-batch");
    shards = atLeastOne("shards", "into how many parts a mini-batch is divided");
    learningRate = new DoubleParam(this, "learningRate", "Adam's learning rate", POSITIVE);
    decay =
        new Param<>(
            this,
            "decay",
            "how the learning rate falls: " + DECAYS,
            ParamValidators.<String>inArray(DECAYS));
    dropout =
        new DoubleParam(
            this,
            "dropout",
            "probability that a hidden unit is dropped",
            ParamValidators.inRange(0, 1, true, false));
    inputEps =
        new DoubleParam(this, "inputEps", "features are divided by sqrt(variance + it)", POSITIVE);
    seed = new LongParam(this, "seed", "key of all random numbers");
    setDefault(hidden, new int[] {128});
    setDefault(epochs, 30);
    setDefault(batchSize, 64);
    setDefault(shards, 1);
    setDefault(learningRate, 0.001);
    setDefault(decay, NONE);
    setDefault(dropout, 0.0);
    setDefault(inputEps, 1e-5);
    setDefault(seed, 0L);
  }

  private IntParam atLeastOne(String name, String text) {
    return new IntParam(this, name, text + ", at least 1", ParamValidators.gtEq(1));
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * The units of each hidden layer.
   *
   * @return the parameter
   */
  public IntArrayParam hidden() {
    return hidden;
  }

  /**
   * How often training sees every sample.
   *
   * @return the parameter
   */
  public IntParam epochs() {
    return epochs;
  }

  /**
   * The samples of a mini-batch.
   *
   * @return the parameter
   */
  public IntParam batchSize() {
    return batchSize;
  }

  /**
   * Into how many parts a mini-batch is divided.
   *
   * @return the parameter
   */
  public IntParam shards() {
    return shards;
  }

  /**
   * Adam's learning rate.
   *
   * @return the parameter
   */
  public DoubleParam learningRate() {
    return learningRate;
  }

  /**
   * How the learning rate falls.
   *
   * @return the parameter
   */
  public Param<String> decay() {
    return decay;
  }

  /**
   * The probability that a hidden unit is dropped.
   *
   * @return the parameter
   */
  public DoubleParam dropout() {
    return dropout;
  }

  /**
   * What is added to the features' variances.
   *
   * @return the parameter
   */
  public DoubleParam inputEps() {
    return inputEps;
  }

  /**
   * The key of all random numbers.
   *
   * @return the parameter
   */
  public LongParam seed() {
    return seed;
  }

  /**
   * Sets the units of each hidden layer.
   *
   * @param units the units, none for a linear classifier
   * @return this
   */
  public LanewiseClassifier setHidden(int... units) {
    set(hidden, Objects.requireNonNull(units, "LanewiseClassifier: hidden is null").clone());
    return this;
  }

  /**
   * Sets how often training sees every sample.
   *
   * @param number the number of epochs, at least 1
   * @return this
   */
  public LanewiseClassifier setEpochs(int number) {
    set(epochs, number);
    return this;
  }

  /**
   * Sets the samples of a mini-batch.
   *
   * @param samples the number of samples, at least 1
   * @return this
   */
  public LanewiseClassifier setBatchSize(int samples) {
    set(batchSize, samples);
    return this;
  }

  /**
   * Sets into how many parts a mini-batch is divided, which enters the bits; from 2 on executors
   * compute them.
   *
   * @param number the number of shards, at least 1
   * @return this
   */
  public LanewiseClassifier setShards(int number) {
    set(shards, number);
    return this;
  }

  /**
   * Sets Adam's learning rate.
   *
   * @param rate the rate, above 0 and finite
   * @return this
   */
  public LanewiseClassifier setLearningRate(double rate) {
    set(learningRate, rate);
    return this;
  }

  /**
   * Sets how the learning rate falls.
   *
   * @param form "cosine": along half a cosine to 0 at the end; or "none"
   * @return this
   */
  public LanewiseClassifier setDecay(String form) {
    set(decay, Objects.requireNonNull(form, "LanewiseClassifier: decay is null"));
    return this;
  }

  /**
   * Sets the probability that a hidden unit is dropped.
   *
   * @param rate the probability, in [0, 1)
   * @return this
   */
  public LanewiseClassifier setDropout(double rate) {
    set(dropout, rate);
    return this;
  }

  /**
   * Sets what is added to the features' variances: features become (x - mean) / sqrt(variance +
   * eps).
   *
   * @param eps the number, above 0 and finite; 1 for pixels of 0 to 16, of which some hardly ever
   *     vary
   * @return this
   */
  public LanewiseClassifier setInputEps(double eps) {
    set(inputEps, eps);
    return this;
  }

  /**
   * Sets the key of all random numbers.
   *
   * @param value the seed
   * @return this
   */
  public LanewiseClassifier setSeed(long value) {
    set(seed, value);
    return this;
  }

  @Override
  public LanewiseClassifier copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public LanewiseClassificationModel train(org.apache.spark.sql.Dataset<?> frame) {
    int classes = getNumClasses(frame, MOST_CLASSES);
    Dataset samples = Rows.collect(frame, getLabelCol(), getFeaturesCol(), classes);
    InputNormalisation normalisation =
        InputNormalisation.of(samples.inputs(), (double) getOrDefault(inputEps));
    int[] units = getOrDefault(hidden);
    MultilayerPerceptron layers =
        new MultilayerPerceptron(
            samples.features(),
            Arrays.stream(units).boxed().toList(),
            classes,
            (double) getOrDefault(dropout));
    try {
      Path file = Files.createTempFile("lanewise", ".safetensors");
      try {
        Trainer trainer =
            trainer(layers)
                .withAnnotations(Classifier.annotations(layers, normalisation, samples.classes()));
        fit(trainer, layers, normalisation.apply(samples), frame).save(file);
        return new LanewiseClassificationModel(uid, Files.readAllBytes(file));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Trainer trainer(MultilayerPerceptron layers) {
    double rate = (double) getOrDefault(learningRate);
    int all = (int) getOrDefault(epochs);
    Schedule schedule =
        getOrDefault(decay).equals(COSINE) ? Schedule.cosine(all) : Schedule.constant();
    return Trainer.of(layers.network(), Optimizer.adam(rate), all)
        .withSchedule(schedule)
        .withBatchSize((int) getOrDefault(batchSize))
        .withShards((int) getOrDefault(shards))
        .withSeed((long) getOrDefault(seed));
  }

  private TrainingRun fit(
      Trainer trainer,
      MultilayerPerceptron layers,
      Dataset samples,
      org.apache.spark.sql.Dataset<?> frame)
      throws IOException {
    if ((int) getOrDefault(shards) == 1) {
      TrainingRun run = trainer.begin(samples);
      run.train();
      return run;
    }
    LayersNetwork network = LayersNetwork.of(layers);
    try (SparkShards source = SparkShards.of(frame.sparkSession(), network, samples)) {
      TrainingRun run = trainer.withShardSource(source).begin(samples);
      run.train();
      return run;
    }
  }

  /**
   * Reads what {@link #save} has written.
   *
   * @return the reader
   */
  public static MLReader<LanewiseClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Reads what {@link #save} has written.
   *
   * @param path the folder
   * @return the classifier, with the same parameters
   * @throws NullPointerException if the path is null
   */
  public static LanewiseClassifier load(String path) {
    return read().load(Objects.requireNonNull(path, "LanewiseClassifier: path is null"));
  }
}
