package dev.lanewise.bench.train;

import dev.lanewise.bench.console.Fact;
import dev.lanewise.kernels.Lanes;
import dev.lanewise.kernels.Workers;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.train.Annotations;
import dev.lanewise.learn.train.Classifier;
import dev.lanewise.learn.train.EarlyStopping;
import dev.lanewise.learn.train.Evaluation;
import dev.lanewise.learn.train.History;
import dev.lanewise.learn.train.InputNormalisation;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.train.TrainingListener;
import dev.lanewise.learn.train.TrainingRun;
import dev.lanewise.testkit.Checksum;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A classifier while it is trained into its file. */
public final class ClassifierTraining {
  private final TrainingOptions options;
  private final MultilayerPerceptron layers;
  private final Dataset validation;
  private final TrainingRun run;
  private volatile int saved;

  /**
   * Begins, or goes on.
   *
   * @param options how it is trained
   * @param data what is trained on, and what is validated on or null
   * @param layers the layers
   * @param model the file that it goes into after each epoch
   * @param resuming whether to go on with that file
   * @param workers the threads
   * @param listener is told how it goes on
   * @throws IOException if the file cannot be gone on with
   */
  public ClassifierTraining(
      TrainingOptions options,
      TrainingData data,
      MultilayerPerceptron layers,
      Path model,
      boolean resuming,
      Workers workers,
      TrainingListener listener)
      throws IOException {
    this.options = options;
    this.layers = layers;
    InputNormalisation normalisation =
        InputNormalisation.of(data.training().inputs(), options.network().inputEps());
    Beginning beginning = new Beginning(options.settings(data));
    Annotations annotations =
        beginning.in(Classifier.annotations(layers, normalisation, data.training().classes()));
    Dataset training = normalisation.apply(data.training());
    validation = data.validation() == null ? null : normalisation.apply(data.validation());
    Trainer trainer =
        options
            .trainer(layers, training.samples())
            .withWorkers(workers)
            .withListener(listener)
            .withCheckpoint(model)
            .withAnnotations(annotations);
    EarlyStopping stopping = options.validation().stopping();
    if (validation != null) {
      trainer = trainer.withValidation(validation);
    }
    if (stopping != null) {
      trainer = trainer.withEarlyStopping(stopping);
    }
    if (resuming) {
      beginning.checkSameAs(model);
    }
    run = resuming ? trainer.resume(training) : trainer.begin(training);
    saved = history().epochs().size();
  }

  /**
   * Trains to the end.
   *
   * @throws IOException if the file cannot be written
   * @throws ArithmeticException if the loss is no longer finite
   */
  public void train() throws IOException {
    while (run.trainEpoch()) {
      saved = history().epochs().size();
    }
  }

  /** How many epochs the file has. */
  public int savedEpochs() {
    return saved;
  }

  /** The epochs so far. */
  public History history() {
    return run.history();
  }

  /** How well the samples of validation are classified; null if there are none. */
  public Evaluation evaluation() {
    return validation == null ? null : run.evaluate(validation);
  }

  /** Of the weights, eight digits. */
  public String checksum() {
    return checksum(run);
  }

  /**
   * Of a run's weights.
   *
   * @param run the run
   * @return eight digits
   */
  public static String checksum(TrainingRun run) {
    int size = run.session().variables().length();
    float[] weights = new float[size];
    for (int i = 0; i < size; i++) {
      weights[i] = run.session().variables().get(i);
    }
    return Checksum.hex(Checksum.of(weights));
  }

  /** What is trained, and how, in words. */
  public List<Fact> facts() {
    List<Integer> widths = new ArrayList<>();
    widths.add(layers.features());
    widths.addAll(layers.hidden());
    widths.add(layers.classes());
    String units = widths.stream().map(String::valueOf).collect(Collectors.joining("-"));
    return List.of(
        new Fact("Network", "%s, %d weights".formatted(units, run.session().variables().length())),
        new Fact("Optimizer", options.optimizer().toString()),
        new Fact("Settings", options.describe()),
        new Fact("Runs on", Lanes.describe()));
  }
}
