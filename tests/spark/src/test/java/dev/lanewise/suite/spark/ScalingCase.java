package dev.lanewise.suite.spark;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Philox;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.ShardSource;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.train.TrainingRun;
import dev.lanewise.spark.SparkNetwork;
import dev.lanewise.spark.SparkShards;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * A network with ten classes, trained by two shards on generated samples.
 *
 * @param features the number of features
 * @param hidden the units of each hidden layer
 * @param batch the samples of a mini-batch
 */
record ScalingCase(int features, List<Integer> hidden, int batch) {
  static final int SHARDS = 2;
  private static final int BATCHES = 4;
  private static final int CLASSES = 10;

  /**
   * What a step takes, in milliseconds.
   *
   * @param all of it
   * @param computing gradients, by the slowest task
   * @param driver adding gradients and moving variables
   */
  record Step(double all, double computing, double driver) {
    /** What Spark needs to send tasks, variables and gradients. */
    double communicating() {
      return all - computing - driver;
    }
  }

  String name() {
    return Stream.of(Stream.of(features), hidden.stream(), Stream.of(CLASSES))
        .flatMap(all -> all)
        .map(String::valueOf)
        .collect(Collectors.joining("-"));
  }

  private MultilayerPerceptron layers() {
    return new MultilayerPerceptron(features, hidden, CLASSES, 0);
  }

  private SparkNetwork network() {
    int inputs = features; // a record's lambda would carry the record
    int[] units = hidden.stream().mapToInt(Integer::intValue).toArray();
    return () ->
        new MultilayerPerceptron(inputs, IntStream.of(units).boxed().toList(), CLASSES, 0)
            .network();
  }

  /** The number of trained variables' elements. */
  int parameters() {
    Trainer trainer = Trainer.of(layers().network(), Optimizer.adam(0.001), 1).withBatchSize(1);
    return trainer.begin(data(1)).session().variables().length();
  }

  private Dataset data(int samples) {
    FloatMatrix inputs = FloatMatrix.zeros(samples, features);
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      labels[i] = Philox.below(1, 1, 0, i, CLASSES);
      for (int j = 0; j < features; j++) {
        inputs.set(i, j, Philox.normal(1, 2, i, j));
      }
    }
    return new Dataset(
        inputs,
        Labels.of(labels),
        IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList());
  }

  private Trainer trainer() {
    return Trainer.of(layers().network(), Optimizer.adam(0.001), Integer.MAX_VALUE)
        .withBatchSize(batch)
        .withShards(SHARDS);
  }

  /** So many epochs on one thread of this JVM. */
  void train(int epochs) throws IOException {
    TrainingRun run = trainer().begin(data(BATCHES * batch));
    for (int i = 0; i < epochs; i++) {
      run.trainEpoch();
    }
  }

  /** On one thread of this JVM, measured after as long a warm-up. */
  Step local(double seconds) throws IOException {
    TrainingRun run = trainer().begin(data(BATCHES * batch));
    train(run, seconds);
    long start = System.nanoTime();
    long steps = train(run, seconds);
    double all = 1e-6 * (System.nanoTime() - start) / steps;
    return new Step(all, all, 0);
  }

  /** On a cluster, measured after twice as long a warm-up. */
  Step on(SparkSession session, double seconds) throws IOException {
    Dataset data = data(BATCHES * batch);
    try (SparkShards shards = SparkShards.of(session, network(), data)) {
      long[] inSpark = new long[1];
      ShardSource timed =
          (step, state) -> {
            long start = System.nanoTime();
            try {
              return shards.shards(step, state);
            } finally {
              inSpark[0] += System.nanoTime() - start;
            }
          };
      TrainingRun run = trainer().withShardSource(timed).begin(data);
      train(run, 2 * seconds);
      inSpark[0] = 0;
      long before = shards.computing().toNanos();
      long start = System.nanoTime();
      long steps = train(run, seconds);
      long all = System.nanoTime() - start;
      return new Step(
          1e-6 * all / steps,
          1e-6 * (shards.computing().toNanos() - before) / steps,
          1e-6 * (all - inSpark[0]) / steps);
    }
  }

  /** Whole epochs for at least so long; gives the steps. */
  private static long train(TrainingRun run, double seconds) throws IOException {
    long start = System.nanoTime();
    long before = run.session().steps();
    while (1e-9 * (System.nanoTime() - start) < seconds) {
      run.trainEpoch();
    }
    return run.session().steps() - before;
  }
}
