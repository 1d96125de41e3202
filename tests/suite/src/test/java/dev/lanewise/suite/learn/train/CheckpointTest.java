package dev.lanewise.suite.learn.train;

import static dev.lanewise.suite.learn.train.SpiralTraining.DATA;
import static dev.lanewise.suite.learn.train.SpiralTraining.HELD_OUT;
import static dev.lanewise.suite.learn.train.SpiralTraining.LAYERS;
import static dev.lanewise.suite.learn.train.SpiralTraining.all;
import static dev.lanewise.suite.learn.train.SpiralTraining.trainer;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.data.Split;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.graph.ShardGradient;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.optim.Schedule;
import dev.lanewise.learn.train.Annotations;
import dev.lanewise.learn.train.Classifier;
import dev.lanewise.learn.train.EarlyStopping;
import dev.lanewise.learn.train.Evaluation;
import dev.lanewise.learn.train.InputNormalisation;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.SafeTensors;
import dev.lanewise.learn.train.ShardSource;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.train.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What checkpoints hold, who goes on from them, and which are refused. */
class CheckpointTest {
  @TempDir private Path folder;

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

  /** Before a step is asked for. */
  @Test
  void aShardSourceMayRefuseTheData() throws IOException {
    Trainer trainer = trainer(3).withCheckpoint(folder.resolve("run.safetensors"));
    trainer.begin(DATA).trainEpoch();
    Trainer sharded = trainer.withShardSource(new OfOtherData());
    for (Executable start :
        List.<Executable>of(() -> sharded.begin(DATA), () -> sharded.resume(DATA))) {
      Exception refusal = assertThrows(IllegalArgumentException.class, start);
      assertEquals("630 other samples", refusal.getMessage());
    }
  }

  private static final class OfOtherData implements ShardSource {
    @Override
    public void checkData(Dataset data) {
      throw new IllegalArgumentException(data.samples() + " other samples");
    }

    @Override
    public List<ShardGradient> shards(Step step, Session session) {
      throw new AssertionError("a step of refused data");
    }
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
    two.withValidation(HELD_OUT).withEarlyStopping(rule).withCheckpoint(file).begin(DATA).train();
    TrainingRun over =
        four.withValidation(HELD_OUT).withEarlyStopping(rule).withCheckpoint(file).resume(DATA);
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
    MultilayerPerceptron narrow = new MultilayerPerceptron(2, List.of(8, 16), 3, 0.1);
    Trainer other =
        Trainer.of(narrow.network(), Optimizer.adam(0.01), 3).withSeed(3).withCheckpoint(file);
    e = assertThrows(DataException.class, () -> other.resume(DATA));
    assertTrue(e.getMessage().contains("network.0.weight is [2, 24]"), e.getMessage());
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

  private static void refused(Executable call, String words) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(words), e.getMessage());
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
}
