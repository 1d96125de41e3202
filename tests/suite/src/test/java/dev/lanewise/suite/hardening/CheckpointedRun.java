package dev.lanewise.suite.hardening;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Philox;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.optim.Schedule;
import dev.lanewise.learn.train.Classifier;
import dev.lanewise.learn.train.EarlyStopping;
import dev.lanewise.learn.train.InputNormalisation;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.train.TrainingListener;
import dev.lanewise.learn.train.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small classifier that is trained into a file; as a program, one that goes on where it was. */
public final class CheckpointedRun {
  private static final MultilayerPerceptron LAYERS =
      new MultilayerPerceptron(3, List.of(8), 2, 0.1);

  /** Points of a cube, which a sphere divides. */
  static final Dataset DATA = draw(96);

  private CheckpointedRun() {}

  private static Dataset draw(int samples) {
    FloatMatrix inputs = FloatMatrix.zeros(samples, LAYERS.features());
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      float square = 0;
      for (int j = 0; j < inputs.columns(); j++) {
        float x = Philox.uniform(1, 1, i, j);
        inputs.set(i, j, x);
        square += x * x;
      }
      labels[i] = square < 1 ? 0 : 1;
    }
    return new Dataset(inputs, Labels.of(labels), List.of("inside", "outside"));
  }

  /** The file is a checkpoint and a classifier. */
  static Trainer trainer(int epochs, Path file) {
    InputNormalisation normalisation = InputNormalisation.of(DATA.inputs(), 1e-5);
    return Trainer.of(LAYERS.network(), Optimizer.adam(0.01), epochs)
        .withBatchSize(32)
        .withSeed(5)
        .withSchedule(Schedule.cosine(epochs))
        .withValidation(DATA)
        .withEarlyStopping(EarlyStopping.after(epochs))
        .withCheckpoint(file)
        .withAnnotations(Classifier.annotations(LAYERS, normalisation, DATA.classes()));
  }

  /** A run as the file has it, or from the beginning. */
  static TrainingRun run(int epochs, Path file, TrainingListener listener) throws IOException {
    Trainer trainer = trainer(epochs, file).withListener(listener);
    return Files.exists(file) ? trainer.resume(DATA) : trainer.begin(DATA);
  }

  /**
   * Trains to the end, and prints a line behind the first epoch.
   *
   * @param arguments the number of epochs and the file
   */
  public static void main(String[] arguments) throws IOException {
    int epochs = Integer.parseInt(arguments[0]);
    TrainingRun run = run(epochs, Path.of(arguments[1]), TrainingListener.NONE);
    run.trainEpoch();
    System.out.println("running");
    run.train();
  }
}
