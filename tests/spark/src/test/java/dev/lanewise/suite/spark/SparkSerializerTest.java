package dev.lanewise.suite.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.train.TrainingRun;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.Study;
import dev.lanewise.spark.SparkNetwork;
import dev.lanewise.spark.SparkObjective;
import dev.lanewise.spark.SparkShards;
import dev.lanewise.spark.SparkStudy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.serializer.KryoSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What travels does so by Kryo too, which many clusters are set to. */
@Timeout(120)
class SparkSerializerTest {
  private static final SparkNetwork NETWORK =
      () -> new MultilayerPerceptron(3, List.of(4), 3, 0.1).network();

  private static Cluster cluster;

  @BeforeAll
  static void start() throws InterruptedException {
    cluster = new Cluster(1, 1, Map.of("spark.serializer", KryoSerializer.class.getName()));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aStudyTravels() throws IOException {
    SparkObjective objective =
        trial -> {
          trial.report(1, trial.assignment().number("rate"));
          return trial.assignment().choice("kind").length() + 1e-12 * (trial.seed() >> 20);
        };
    Space space = Space.empty().uniform("rate", 0, 1).choice("kind", "a", "bb");
    Study study = Study.of(space, Sampler.random(4), objective);
    assertEquals(study.run(), SparkStudy.of(cluster.session(), study).run());
  }

  @Test
  void trainingTravels() throws IOException {
    FloatMatrix inputs = FloatMatrix.of(new float[] {1, 2, 3, 6, 5, 4, 7, 9, 8}, 3, 3);
    Dataset data = new Dataset(inputs, Labels.of(2, 0, 1), List.of("a", "b", "c"));
    Trainer trainer = Trainer.of(NETWORK.get(), Optimizer.adam(0.01), 2).withShards(2);
    TrainingRun local = trainer.begin(data);
    local.train();
    try (SparkShards shards = SparkShards.of(cluster.session(), NETWORK, data)) {
      TrainingRun onSpark = trainer.withShardSource(shards).begin(data);
      onSpark.train();
      assertArrayEquals(local.session().variables().array(), onSpark.session().variables().array());
    }
  }
}
