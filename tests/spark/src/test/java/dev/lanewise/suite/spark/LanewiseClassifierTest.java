package dev.lanewise.suite.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Philox;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.train.Classifier;
import dev.lanewise.learn.train.InputNormalisation;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.spark.LanewiseClassificationModel;
import dev.lanewise.spark.LanewiseClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The estimator and its model as stages of Spark ML. */
@Timeout(120)
class LanewiseClassifierTest {
  private static Cluster cluster;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws InterruptedException {
    cluster = new Cluster(2);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  /** Three classes by two features, as columns of their own and as a vector. */
  private static Dataset<Row> clouds(int rows) {
    List<Row> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int label = i % 3;
      double x = Philox.normal(1, 1, 0, i) + 4 * (label % 2);
      double y = Philox.normal(1, 1, 1, i) + 4 * (label / 2);
      all.add(RowFactory.create((double) label, x, y, Vectors.dense(x, y)));
    }
    StructType schema =
        new StructType()
            .add("label", DataTypes.DoubleType)
            .add("x", DataTypes.DoubleType)
            .add("y", DataTypes.DoubleType)
            .add("features", SQLDataTypes.VectorType());
    return cluster.session().createDataFrame(all, schema).repartition(1).cache();
  }

  private static LanewiseClassifier classifier() {
    return new LanewiseClassifier()
        .setHidden(8)
        .setEpochs(10)
        .setBatchSize(16)
        .setLearningRate(0.01)
        .setSeed(3);
  }

  private static double accuracy(Dataset<Row> predictions) {
    return new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(predictions);
  }

  private static List<Vector> raw(Dataset<Row> predictions) {
    return predictions.select("rawPrediction").collectAsList().stream()
        .map(row -> row.<Vector>getAs(0))
        .toList();
  }

  @Test
  void columnsAreThoseOfSparksClassifiers() {
    Dataset<Row> data = clouds(150);
    Dataset<Row> predictions = classifier().fit(data).transform(data);
    assertTrue(accuracy(predictions) > 0.9, () -> "accuracy " + accuracy(predictions));
    for (Row row : predictions.collectAsList()) {
      double[] logits = row.<Vector>getAs("rawPrediction").toArray();
      double[] probabilities = row.<Vector>getAs("probability").toArray();
      double sum = 0;
      double exps = 0;
      int best = 0;
      for (int c = 0; c < 3; c++) {
        sum += probabilities[c];
        exps += Math.exp(logits[c]);
        best = logits[c] > logits[best] ? c : best;
      }
      assertEquals(1, sum, 1e-6);
      for (int c = 0; c < 3; c++) {
        assertEquals(Math.exp(logits[c]) / exps, probabilities[c], 1e-5);
      }
      assertEquals(best, row.<Double>getAs("prediction"));
    }
  }

  @Test
  void aPipelineAndItsStagesCanBeSaved() throws Exception {
    Dataset<Row> data = clouds(90);
    VectorAssembler assembler =
        new VectorAssembler().setInputCols(new String[] {"x", "y"}).setOutputCol("both");
    LanewiseClassifier classifier = classifier().setFeaturesCol("both");
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {assembler, classifier});
    PipelineModel model = pipeline.fit(data);
    List<Vector> expected = raw(model.transform(data));

    pipeline.save(folder.resolve("pipeline").toString());
    model.save(folder.resolve("model").toString());
    Pipeline read = Pipeline.load(folder.resolve("pipeline").toString());
    assertEquals(expected, raw(read.fit(data).transform(data)));
    assertEquals(
        expected, raw(PipelineModel.load(folder.resolve("model").toString()).transform(data)));

    LanewiseClassificationModel stage = (LanewiseClassificationModel) model.stages()[1];
    assertEquals(3, stage.numClasses());
    assertEquals(2, stage.numFeatures());
    assertEquals(expected, raw(stage.copy(new ParamMap()).transform(assembler.transform(data))));
  }

  /** Labels and vectors, by the same file system as driver and executors share. */
  @Test
  void dataAreReadFromParquet() {
    Dataset<Row> data = clouds(90);
    String file = folder.resolve("clouds.parquet").toString();
    data.write().parquet(file);
    Dataset<Row> read = cluster.session().read().parquet(file);
    assertEquals(90, read.count());
    assertEquals(
        raw(classifier().fit(data).transform(data)), raw(classifier().fit(read).transform(read)));
  }

  @Test
  void aCrossValidatorChoosesTheEpochs() {
    LanewiseClassifier classifier = classifier();
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(classifier.epochs(), new int[] {1, 10}).build();
    CrossValidatorModel model =
        new CrossValidator()
            .setEstimator(classifier)
            .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .setSeed(1)
            .fit(clouds(150));
    double[] accuracies = model.avgMetrics();
    assertTrue(accuracies[1] > accuracies[0], () -> accuracies[0] + " and " + accuracies[1]);
    assertTrue(model.bestModel() instanceof LanewiseClassificationModel);
  }

  /** One shard is trained on the driver; two are two tasks of each step. */
  @Test
  void shardsAreComputedOnExecutors() throws Exception {
    Dataset<Row> data = clouds(90);
    data.count(); // so that no fit has to cache it
    TaskEnds tasks = TaskEnds.of(cluster.session());
    classifier().fit(data);
    int others = sum(tasks.finished());
    TaskEnds sharded = TaskEnds.of(cluster.session());
    classifier().setShards(2).fit(data);
    int steps = 10 * Math.ceilDiv(90, 16);
    assertEquals(2 * steps, sum(sharded.finished()) - others, sharded.finished()::toString);
    assertEquals(2, sharded.finished().size(), sharded.finished()::toString);
  }

  private static int sum(Map<String, Integer> tasks) {
    return tasks.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The number of shards enters the bits, and where they are computed does not. */
  @Test
  void theModelIsThatOfALocalTrainer() throws Exception {
    Dataset<Row> data = clouds(90);
    for (int shards = 1; shards <= 2; shards++) {
      Path local = folder.resolve("local" + shards);
      train(data.collectAsList(), shards, local);
      Path saved = folder.resolve("saved" + shards);
      classifier().setShards(shards).fit(data).save(saved.toString());
      assertArrayEquals(
          Files.readAllBytes(local), Files.readAllBytes(saved.resolve("model.safetensors")));
    }
    assertFalse(
        Arrays.equals(
            Files.readAllBytes(folder.resolve("local1")),
            Files.readAllBytes(folder.resolve("local2"))));
  }

  /** Trains as {@link #classifier} does, without Spark. */
  private static void train(List<Row> rows, int shards, Path file) throws IOException {
    FloatMatrix inputs = FloatMatrix.zeros(rows.size(), 2);
    int[] labels = new int[rows.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = rows.get(i).<Double>getAs("label").intValue();
      inputs.set(i, 0, rows.get(i).<Double>getAs("x").floatValue());
      inputs.set(i, 1, rows.get(i).<Double>getAs("y").floatValue());
    }
    var samples =
        new dev.lanewise.learn.data.Dataset(inputs, Labels.of(labels), List.of("0", "1", "2"));
    InputNormalisation normalisation = InputNormalisation.of(inputs, 1e-5);
    MultilayerPerceptron layers = new MultilayerPerceptron(2, List.of(8), 3, 0);
    Trainer.of(layers.network(), Optimizer.adam(0.01), 10)
        .withBatchSize(16)
        .withShards(shards)
        .withSeed(3)
        .withCheckpoint(file)
        .withAnnotations(Classifier.annotations(layers, normalisation, samples.classes()))
        .begin(normalisation.apply(samples))
        .train();
  }

  /** With settings that a fifth of the training file has chosen, not the test set. */
  @Test
  void digitsAreReadFromCsvAndClassified() {
    Digits.assumePresent();
    Dataset<Row> training = Digits.training(cluster.session()).cache();
    Dataset<Row> test = Digits.test(cluster.session()).cache();
    for (long seed = 1; seed <= 2; seed++) {
      LanewiseClassifier classifier =
          new LanewiseClassifier()
              .setHidden(128, 128)
              .setLearningRate(0.003)
              .setDecay("cosine")
              .setDropout(0.2)
              .setEpochs(60)
              .setInputEps(1)
              .setSeed(seed);
      double accuracy = accuracy(classifier.fit(training).transform(test));
      System.out.printf(
          "UCI digits by LanewiseClassifier, seed %d: %.2f %%%n", seed, 100 * accuracy);
      assertTrue(accuracy >= 0.97, () -> "accuracy " + accuracy);
    }
  }
}
