package dev.lanewise.suite.learn.train;

import static dev.lanewise.suite.learn.train.SpiralTraining.DATA;
import static dev.lanewise.suite.learn.train.SpiralTraining.HELD_OUT;
import static dev.lanewise.suite.learn.train.SpiralTraining.LAYERS;
import static dev.lanewise.suite.learn.train.SpiralTraining.all;
import static dev.lanewise.suite.learn.train.SpiralTraining.trainer;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Workers;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.optim.Schedule;
import dev.lanewise.learn.train.EarlyStopping;
import dev.lanewise.learn.train.Evaluation;
import dev.lanewise.learn.train.History;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.train.TrainingListener;
import dev.lanewise.learn.train.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Training from epoch to epoch: it learns, stops early, and says what became of it. */
class TrainerTest {
  @TempDir private Path folder;

  @Test
  void learnsSpirals() throws IOException {
    TrainingRun run = trainer(30).withValidation(HELD_OUT).begin(DATA);
    double before = run.evaluate(HELD_OUT).accuracy();
    History history = run.train();
    assertEquals(30, history.epochs().size());
    assertTrue(run.hasEnded());
    assertFalse(run.trainEpoch());
    assertTrue(before < 0.6, "untrained: " + before);
    assertTrue(history.last().validationAccuracy() > 0.95, history.last()::toString);
    assertTrue(history.last().loss() < history.epochs().getFirst().loss() / 2);
    assertEquals(run.evaluate(HELD_OUT).loss(), history.last().validationLoss());
  }

  @Test
  void threadsChangeNothing() throws IOException {
    TrainingRun one = trainer(2).withShards(3).begin(DATA);
    one.train();
    try (Workers workers = Workers.of(3)) {
      TrainingRun three = trainer(2).withShards(3).withWorkers(workers).begin(DATA);
      three.train();
      assertArrayEquals(all(one), all(three));
    }
  }

  /** A rate that ruins the network after a good start. */
  @Test
  void earlyStoppingReturnsToTheBestEpoch() throws IOException {
    Schedule rises = epoch -> epoch < 4 ? 1 : 100;
    TrainingRun run =
        Trainer.of(LAYERS.network(), Optimizer.adam(0.01), 100)
            .withSchedule(rises)
            .withValidation(HELD_OUT)
            .withEarlyStopping(EarlyStopping.after(3))
            .begin(DATA);
    History history = run.train();
    double least = Double.POSITIVE_INFINITY;
    int best = 0;
    for (History.Epoch epoch : history.epochs()) {
      if (epoch.validationLoss() < least) {
        least = epoch.validationLoss();
        best = epoch.number();
      }
    }
    assertEquals(best + 3, history.epochs().size());
    assertEquals(least, run.evaluate(HELD_OUT).loss());
  }

  @Test
  void listenersHearEveryStepAndEndTraining() throws IOException {
    List<String> heard = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void afterStep(int epoch, int batch, int batches, float loss) {
            heard.add(epoch + ":" + batch + "/" + batches);
          }

          @Override
          public boolean afterEpoch(History.Epoch epoch) {
            heard.add("epoch " + epoch.number());
            return epoch.number() < 2;
          }
        };
    trainer(9).withBatchSize(300).withListener(listener).begin(DATA).train();
    assertEquals(
        List.of("1:1/3", "1:2/3", "1:3/3", "epoch 1", "2:1/3", "2:2/3", "2:3/3", "epoch 2"), heard);
  }

  @Test
  void divergenceEndsWithAnError() throws IOException {
    Path file = folder.resolve("run.safetensors");
    MultilayerPerceptron plain = new MultilayerPerceptron(2, List.of(), 3, 0);
    TrainingRun run =
        Trainer.of(plain.network(), Optimizer.gradientDescent(1e38), 5)
            .withCheckpoint(file)
            .begin(DATA);
    ArithmeticException e = assertThrows(ArithmeticException.class, run::train);
    assertTrue(e.getMessage().contains("epoch 1, batch "), e.getMessage());
    assertFalse(Files.exists(file));
  }

  @Test
  void settingsOutOfRange() {
    refused(() -> trainer(0), "epochs is 0");
    refused(() -> trainer(1).withBatchSize(0), "batch size is 0");
    refused(() -> trainer(1).withShards(0), "shards is 0");
    refused(() -> trainer(1).withEarlyStopping(EarlyStopping.after(1)).begin(DATA), "validation");
    refused(() -> EarlyStopping.after(0), "patience is 0");
    refused(() -> trainer(1).begin(DATA.rows(0, 0)), "no samples");
    refused(() -> trainer(1).withValidation(DATA.rows(0, 0)), "validation set has no samples");
    Dataset wide = new Dataset(FloatMatrix.zeros(3, 3), DATA.rows(0, 3).labels(), DATA.classes());
    refused(() -> trainer(1).begin(wide), "3 features and 3 classes but the network 2 and 3");
    refused(() -> trainer(1).withValidation(wide), "3 features and 3 classes");
    refused(() -> new MultilayerPerceptron(2, List.of(0), 3, 0), "hidden units is 0");
    refused(() -> new MultilayerPerceptron(2, List.of(), 3, 1), "dropout is 1.0");
  }

  private static void refused(Executable call, String words) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void evaluationCounts() throws IOException {
    TrainingRun run = trainer(10).begin(DATA);
    run.train();
    Evaluation evaluation = run.evaluate(HELD_OUT);
    int sum = 0;
    int right = 0;
    for (int a = 0; a < 3; a++) {
      int actual = 0;
      int taken = 0;
      for (int p = 0; p < 3; p++) {
        sum += evaluation.count(a, p);
        actual += evaluation.count(a, p);
        taken += evaluation.count(p, a);
      }
      right += evaluation.count(a, a);
      assertEquals(100, actual);
      assertEquals((double) evaluation.count(a, a) / actual, evaluation.recall(a));
      assertEquals((double) evaluation.count(a, a) / taken, evaluation.precision(a));
    }
    assertEquals(300, sum);
    assertEquals(right / 300.0, evaluation.accuracy());
    assertTrue(
        evaluation.toString().startsWith("accuracy: %.2f %%".formatted(right / 3.0)),
        evaluation.toString());
  }

  @Test
  void historyAsCsv() throws IOException {
    TrainingRun run = trainer(2).withValidation(HELD_OUT).begin(DATA);
    Path file = folder.resolve("curves.csv");
    run.train().writeCsv(file);
    List<String> lines = Files.readAllLines(file);
    assertEquals("epoch,loss,rate_factor,validation_loss,validation_accuracy", lines.getFirst());
    assertEquals(3, lines.size());
    assertTrue(lines.get(2).startsWith("2," + run.history().last().loss() + ","), lines.get(2));
    trainer(1).begin(DATA).train().writeCsv(file);
    assertTrue(Files.readAllLines(file).get(1).endsWith(",,"), "no validation");
  }
}
