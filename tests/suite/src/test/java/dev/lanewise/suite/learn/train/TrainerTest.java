package dev.lanewise.suite.learn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Workers;
import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.data.Split;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.optim.Schedule;
import dev.lanewise.learn.train.Annotations;
import dev.lanewise.learn.train.Classifier;
import dev.lanewise.learn.train.EarlyStopping;
import dev.lanewise.learn.train.Evaluation;
import dev.lanewise.learn.train.History;
import dev.lanewise.learn.train.InputNormalisation;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.SafeTensors;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.train.TrainingListener;
import dev.lanewise.learn.train.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training from epoch to epoch: it learns, stops early, and goes on from where it was. */
class TrainerTest {
  private static final MultilayerPerceptron LAYERS =
      new MultilayerPerceptron(2, List.of(24, 16), 3, 0.1);
  private static final Dataset DATA = Shapes.spirals(630, 1);
  private static final Dataset HELD_OUT = Shapes.spirals(300, 2);

  @TempDir private Path folder;

  private static Trainer trainer(int epochs) {
    return Trainer.of(LAYERS.network(), Optimizer.adam(0.01), epochs)
        .withSeed(3)
        .withSchedule(Schedule.cosine(epochs));
  }

  private static float[] all(TrainingRun run) {
    List<Float> elements = new ArrayList<>();
    for (FloatMatrix tensor : run.session().tensors().values()) {
      for (int i = 0; i < tensor.rows() * tensor.columns(); i++) {
        elements.add(tensor.get(i / tensor.columns(), i % tensor.columns()));
      }
    }
    float[] all = new float[elements.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = elements.get(i);
    }
    return all;
  }

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

  /** A run that is resumed after each epoch is the run that never stopped, to the last bit. */
  @Test
  void resumedRunsHaveTheSameBits() throws IOException {
    Path file = folder.resolve("run.safetensors");
    Trainer trainer =
        Trainer.of(LAYERS.network(), Optimizer.adam(0.01), 6)
            .withSeed(3)
            .withShards(2)
            .withValidation(HELD_OUT)
            .withEarlyStopping(EarlyStopping.after(5));
    TrainingRun undisturbed = trainer.begin(DATA);
    undisturbed.train();
    Trainer saving = trainer.withCheckpoint(file);
    saving.begin(DATA).trainEpoch();
    TrainingRun resumed = saving.resume(DATA);
    while (resumed.trainEpoch()) {
      resumed = saving.resume(DATA);
    }
    assertArrayEquals(all(undisturbed), all(resumed));
    assertEquals(undisturbed.history(), resumed.history());
    assertEquals(undisturbed.session().steps(), resumed.session().steps());
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

  /** One batch: the loss is that before the update which goes too far. */
  @Test
  void aRuinedEpochLeavesTheCheckpointBefore() throws IOException {
    Path file = folder.resolve("run.safetensors");
    MultilayerPerceptron plain = new MultilayerPerceptron(2, List.of(), 3, 0);
    Schedule explodes = epoch -> epoch < 1 ? 1 : 3e39;
    FloatMatrix large = FloatMatrix.zeros(DATA.samples(), 2);
    for (int i = 0; i < large.array().length; i++) {
      large.array()[i] = 1000 * DATA.inputs().array()[i];
    }
    Dataset far = new Dataset(large, DATA.labels(), DATA.classes());
    TrainingRun run =
        Trainer.of(plain.network(), Optimizer.gradientDescent(0.1), 5)
            .withSchedule(explodes)
            .withBatchSize(DATA.samples())
            .withCheckpoint(file)
            .begin(far);
    run.trainEpoch();
    byte[] before = Files.readAllBytes(file);
    ArithmeticException e = assertThrows(ArithmeticException.class, run::trainEpoch);
    assertTrue(e.getMessage().contains("after epoch 2"), e.getMessage());
    assertArrayEquals(before, Files.readAllBytes(file));
    IllegalStateException again = assertThrows(IllegalStateException.class, run::trainEpoch);
    assertTrue(again.getMessage().contains("has failed in epoch 2"), again.getMessage());
    assertThrows(IllegalStateException.class, () -> run.save(file));
  }

  @Test
  void moreEpochsContinueARunButNotOneThatWentBackToItsBest() throws IOException {
    Path file = folder.resolve("run.safetensors");
    Trainer four = Trainer.of(LAYERS.network(), Optimizer.adam(0.01), 4).withSeed(3);
    TrainingRun undisturbed = four.begin(DATA);
    undisturbed.train();
    Trainer two = Trainer.of(LAYERS.network(), Optimizer.adam(0.01), 2).withSeed(3);
    two.withCheckpoint(file).begin(DATA).train();
    TrainingRun extended = four.withCheckpoint(file).resume(DATA);
    extended.train();
    assertArrayEquals(all(undisturbed), all(extended));

    EarlyStopping rule = EarlyStopping.after(9);
    two.withValidation(HELD_OUT)
        .withEarlyStopping(rule)
        .withCheckpoint(file)
        .begin(DATA)
        .train();
    TrainingRun over =
        four.withValidation(HELD_OUT)
            .withEarlyStopping(rule)
            .withCheckpoint(file)
            .resume(DATA);
    assertTrue(over.hasEnded());
    assertEquals(2, over.train().epochs().size());
  }

  @Test
  void anotherRunsCheckpointIsRefused() throws IOException {
    Path file = folder.resolve("run.safetensors");
    Trainer saving = trainer(3).withCheckpoint(file);
    saving.begin(DATA).trainEpoch();
    DataException e = assertThrows(DataException.class, () -> saving.withSeed(4).resume(DATA));
    assertTrue(e.getMessage().contains("seed 3; this one is by"), e.getMessage());
    Network8 other = new Network8(file);
    assertTrue(other.message().contains("network.0.weight is [2, 24]"), other.message());
    assertThrows(IllegalStateException.class, () -> trainer(3).resume(DATA));
  }

  /** The run was in its first epoch; the last is 1 in the low bits of a long. */
  @ParameterizedTest
  @ValueSource(strings = {"-1", "2", "2147483648", "4294967297"})
  void aBestEpochThatTheRunDidNotHaveIsRefused(String number) throws IOException {
    Path file = folder.resolve("run.safetensors");
    Trainer saving =
        trainer(3)
            .withValidation(HELD_OUT)
            .withEarlyStopping(EarlyStopping.after(2))
            .withCheckpoint(file);
    saving.begin(DATA).trainEpoch();
    saving.resume(DATA);
    SafeTensors written = SafeTensors.read(file);
    SequencedMap<String, String> texts = new LinkedHashMap<>(written.metadata());
    texts.computeIfPresent(
        "lanewise.progress",
        (key, text) -> text.replace("\"bestEpoch\":1,", "\"bestEpoch\":" + number + ","));
    SafeTensors.of(written.tensors(), texts).write(file);
    DataException e = assertThrows(DataException.class, () -> saving.resume(DATA));
    assertEquals(
        "%s: bestEpoch of lanewise.progress is %s; expected a whole number from 0 to 1"
            .formatted(file, number),
        e.getMessage());
  }

  /** A network of other widths. */
  private record Network8(Path file) {
    String message() {
      Trainer other =
          Trainer.of(
                  new MultilayerPerceptron(2, List.of(8, 16), 3, 0.1).network(),
                  Optimizer.adam(0.01),
                  3)
              .withSeed(3)
              .withCheckpoint(file);
      return assertThrows(DataException.class, () -> other.resume(DATA)).getMessage();
    }
  }

  /** Before an epoch is trained that could not be saved. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "network.0.weight",
        "best.network.0.weight",
        "lanewise.progress",
        "lanewise.settings",
        "lanewise.numerics"
      })
  void annotationsThatHaveANameOfTheCheckpointsOwnAreRefused(String name) {
    SequencedMap<String, SafeTensors.Tensor> tensors = new LinkedHashMap<>();
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    if (name.startsWith("lanewise")) {
      texts.put(name, "text");
    } else {
      tensors.put(name, SafeTensors.Tensor.of(FloatMatrix.zeros(1, 1)));
    }
    Trainer saving =
        trainer(1)
            .withValidation(HELD_OUT)
            .withEarlyStopping(EarlyStopping.after(1))
            .withAnnotations(new Annotations(tensors, texts));
    refused(
        () -> saving.begin(DATA), "Annotations: " + name + " is a name of the checkpoint's own");
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
  void aClassifiersFileHoldsAllThatItNeeds() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Split split = DATA.split(0.8, 1);
    InputNormalisation normalisation = InputNormalisation.of(split.first().inputs(), 1e-5);
    TrainingRun run =
        trainer(8)
            .withCheckpoint(file)
            .withAnnotations(Classifier.annotations(LAYERS, normalisation, DATA.classes()))
            .begin(normalisation.apply(split.first()));
    run.train();
    Classifier classifier = Classifier.read(file);
    Evaluation expected = run.evaluate(normalisation.apply(split.second()));
    Evaluation actual = classifier.evaluate(split.second());
    assertEquals(expected.loss(), actual.loss(), 1e-6, "batches of another size add otherwise");
    for (int c = 0; c < 9; c++) {
      assertEquals(expected.count(c / 3, c % 3), actual.count(c / 3, c % 3));
    }
    assertEquals(DATA.classes(), classifier.classes());
    FloatMatrix together = classifier.probabilities(HELD_OUT.inputs());
    for (int i = 0; i < 300; i += 7) {
      FloatMatrix alone = classifier.probabilities(HELD_OUT.inputs().rows(i, i + 1));
      float sum = 0;
      for (int c = 0; c < 3; c++) {
        assertEquals(together.get(i, c), alone.get(0, c));
        sum += alone.get(0, c);
      }
      assertEquals(1, sum, 1e-5);
    }
    assertThrows(DataException.class, () -> Classifier.read(write("not a model")));
    refused(() -> classifier.probabilities(FloatMatrix.zeros(1, 3)), "have 3 features");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("text"), text);
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
