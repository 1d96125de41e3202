package dev.lanewise.bench.tune;

import dev.lanewise.bench.train.TrainingData;
import dev.lanewise.bench.train.TrainingOptions;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.train.History;
import dev.lanewise.learn.train.InputNormalisation;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.TrainingListener;
import dev.lanewise.learn.train.TrainingRun;
import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Objective;
import dev.lanewise.learn.tune.Trial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntUnaryOperator;

/**
 * The accuracy of validation after the last epoch of a training that {@code train} would do too:
 * the trial's parameters become its options, and are read and followed by the same code.
 *
 * <p>A trial that goes on to more epochs is trained from the beginning, as decay may depend on
 * their number. Kernels run on the trial's thread alone.
 */
public final class TrialTraining implements Objective {
  private final TrainingSpace space;
  private final IntUnaryOperator epochs;
  private final Dataset training;
  private final Dataset validation;

  /**
   * Normalises the data.
   *
   * @param space whose trials are trained
   * @param data what is trained on, and what is validated on
   * @param epochs the epochs of a trial by its budget
   */
  public TrialTraining(TrainingSpace space, TrainingData data, IntUnaryOperator epochs) {
    this.space = space;
    this.epochs = epochs;
    InputNormalisation normalisation =
        InputNormalisation.of(data.training().inputs(), space.inputEps());
    training = normalisation.apply(data.training());
    validation = normalisation.apply(data.validation());
  }

  /**
   * The options of {@code train} that give a trial, but for its data.
   *
   * @param assignment the trial's parameters
   * @param budget its budget
   * @param seed its seed
   * @return words of the command line
   */
  public List<String> words(Assignment assignment, int budget, long seed) {
    List<String> words = new ArrayList<>(space.words(assignment));
    words.addAll(List.of("--epochs", Integer.toString(epochs.applyAsInt(budget))));
    words.addAll(List.of("--seed", Long.toString(seed)));
    return words;
  }

  /**
   * Begins to train.
   *
   * @param words options of {@code train}
   * @param listener is told how it goes on
   * @return the run, before its first epoch
   */
  public TrainingRun begin(List<String> words, TrainingListener listener) {
    TrainingOptions options = TrainingOptions.of(words);
    MultilayerPerceptron layers = options.network().layers(training);
    return options
        .trainer(layers, training.samples())
        .withValidation(validation)
        .withListener(listener)
        .begin(training);
  }

  @Override
  public double score(Trial trial) throws IOException {
    List<String> words = words(trial.assignment(), trial.budget(), trial.seed());
    return begin(words, new Watch(trial)).train().last().validationAccuracy();
  }

  /** Reports each epoch, and ends a trial that is to stop after the step under way. */
  private record Watch(Trial trial) implements TrainingListener {
    @Override
    public void afterStep(int epoch, int batch, int batches, float loss) {
      if (trial.shouldStop()) {
        throw new CancellationException("asked to stop in epoch " + epoch);
      }
    }

    @Override
    public boolean afterEpoch(History.Epoch epoch) {
      trial.report(epoch.number(), epoch.validationAccuracy());
      return true;
    }
  }
}
