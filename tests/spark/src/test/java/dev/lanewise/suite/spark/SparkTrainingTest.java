package dev.lanewise.suite.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Philox;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.train.TrainingRun;
import dev.lanewise.spark.SparkNetwork;
import dev.lanewise.spark.SparkShards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Training by shards on executors: history and checkpoint of the local run, byte by byte. Of 83
 * samples in batches of 40 the last has 3, fewer than 4 shards.
 */
@Timeout(120)
class SparkTrainingTest {
  private static final SparkNetwork NETWORK =
      () -> new MultilayerPerceptron(6, List.of(16, 8), 3, 0.1).network();
  private static final Dataset DATA = data();
  private static final int EPOCHS = 3;

  @TempDir Path folder;

  private static Dataset data() {
    int samples = 83;
    FloatMatrix inputs = FloatMatrix.zeros(samples, 6);
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      labels[i] = Philox.below(1, 1, 0, i, 3);
      for (int j = 0; j < 6; j++) {
        inputs.set(i, j, Philox.normal(1, 2, i, j) + labels[i] * (j % 3));
      }
    }
    return new Dataset(inputs, Labels.of(labels), List.of("a", "b", "c"));
  }

  private static Trainer trainer(int shards, Path checkpoint) {
    return Trainer.of(NETWORK.get(), Optimizer.adam(0.01), EPOCHS)
        .withBatchSize(40)
        .withShards(shards)
        .withSeed(5)
        .withValidation(DATA)
        .withCheckpoint(checkpoint);
  }

  private byte[] local(int shards) throws IOException {
    Path file = folder.resolve("local" + shards);
    trainer(shards, file).begin(DATA).train();
    return Files.readAllBytes(file);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void theBitsAreThoseOfTheLocalRun(int executors) throws Exception {
    try (Cluster cluster = new Cluster(executors)) {
      assertEquals(executors, cluster.executors().size());
      for (int shards : new int[] {1, 4}) {
        Path file = folder.resolve("spark" + shards);
        try (SparkShards source = SparkShards.of(cluster.session(), NETWORK, DATA)) {
          trainer(shards, file).withShardSource(source).begin(DATA).train();
        }
        assertArrayEquals(local(shards), Files.readAllBytes(file), "shards " + shards);
      }
    }
  }

  @Test
  void theNumberOfShardsMatters() throws IOException {
    float[] first = variables(1);
    float[] second = variables(4);
    assertNotEquals(List.of(first[0], first[1]), List.of(second[0], second[1]));
  }

  private float[] variables(int shards) throws IOException {
    TrainingRun run = trainer(shards, folder.resolve("local" + shards)).begin(DATA);
    run.train();
    return run.session().variables().array();
  }

  /** On an executor the first use of a network is part of computing a shard. */
  private static SparkNetwork waiting(Kill kill) {
    return () -> {
      try {
        kill.begin();
        kill.pause();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      return NETWORK.get();
    };
  }

  @Test
  void executorsThatAreKilledChangeNothing() throws Exception {
    Path file = folder.resolve("spark");
    Kill kill = Kill.in(folder);
    try (Cluster cluster = new Cluster(2);
        SparkShards source = SparkShards.of(cluster.session(), waiting(kill), DATA)) {
      TaskEnds tasks = TaskEnds.of(cluster.session());
      TrainingRun run = trainer(4, file).withShardSource(source).begin(DATA);
      FutureTask<Void> killer = kill.start(cluster, 2);
      run.trainEpoch(); // the one is killed in the first step, while both compute
      killer.get();
      assertEquals(2, Set.copyOf(kill.processes()).size(), () -> "processes in " + kill);
      assertEquals(1, tasks.lost());
      cluster.awaitExecutors(2);
      run.trainEpoch(); // with another, which has not seen the steps before
      cluster.kill(2);
      run.train(); // Spark may know of this end only when it sends the next step
      assertEquals(EPOCHS, run.history().epochs().size());
      assertArrayEquals(local(4), Files.readAllBytes(file));

      // A network that is not the driver's is refused, and what was trained before can be gone on
      // with, here on one machine.
      SparkNetwork other = () -> new MultilayerPerceptron(6, List.of(16), 3, 0.1).network();
      try (SparkShards wrong = SparkShards.of(cluster.session(), other, DATA)) {
        Trainer trainer = trainer(4, folder.resolve("wrong")).withShardSource(wrong);
        Exception thrown = assertThrows(Exception.class, () -> trainer.begin(DATA).train());
        assertTrue(thrown.getMessage().contains("variables' elements"), thrown.getMessage());
      }
    }
  }

  @Test
  void aRunThatBeganLocallyGoesOnOnExecutors() throws Exception {
    Path file = folder.resolve("checkpoint");
    trainer(4, file).begin(DATA).trainEpoch();
    try (Cluster cluster = new Cluster(1);
        SparkShards source = SparkShards.of(cluster.session(), NETWORK, DATA)) {
      trainer(4, file).withShardSource(source).resume(DATA).train();
    }
    assertArrayEquals(local(4), Files.readAllBytes(file));
  }
}
