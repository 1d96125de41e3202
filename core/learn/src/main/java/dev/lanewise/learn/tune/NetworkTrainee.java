package dev.lanewise.learn.tune;

import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.internal.Checks;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.train.IntervalTraining;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.train.TrainingRun;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * A network that a {@link Trainer} trains, saved in its checkpoint; the score is the validation
 * loss.
 *
 * <p>The order of the samples follows from the seed and the number of the epoch in the network as
 * it is kept: tries from one checkpoint see the same batches, and one that was rolled back leaves
 * no trace. A schedule too counts kept epochs, not those spent. With the optimizer that was kept
 * last, {@link Trainer#resume} goes on with the checkpoint, and other readers take it as any.
 */
public final class NetworkTrainee implements Trainee {
  private final IntervalTraining training;
  private final Function<Assignment, Optimizer> optimizer;

  private NetworkTrainee(IntervalTraining training, Function<Assignment, Optimizer> optimizer) {
    this.training = training;
    this.optimizer = optimizer;
  }

  /**
   * Before the first epoch.
   *
   * @param trainer network and settings, with a validation set, a checkpoint and no early stopping;
   *     its optimizer and its number of epochs are not used
   * @param data the training set
   * @param optimizer the optimizer by settings, of one rule
   * @return the trainee
   * @throws IllegalArgumentException if the trainer lacks something or stops early
   */
  public static NetworkTrainee of(
      Trainer trainer, Dataset data, Function<Assignment, Optimizer> optimizer) {
    Checks.notNull("NetworkTrainee", "optimizer", optimizer);
    return new NetworkTrainee(IntervalTraining.of(trainer, data), optimizer);
  }

  @Override
  public double begin(Assignment settings) {
    training.begin(optimizer.apply(settings));
    return training.validationLoss();
  }

  @Override
  public double train(Assignment settings, int epochs) throws IOException {
    training.restore(optimizer.apply(settings));
    training.train(epochs);
    return training.run().history().last().validationLoss();
  }

  @Override
  public Optional<String> saved() throws IOException {
    return training.saved();
  }

  @Override
  public void save(String note) throws IOException {
    training.save(note);
  }

  @Override
  public String restore(Assignment settings) throws IOException {
    return training.restore(optimizer.apply(settings));
  }

  /**
   * The run as it is: after babysitting, as it was kept last.
   *
   * @return the run, whose history has the kept epochs
   * @throws IllegalStateException if it has not begun
   */
  public TrainingRun run() {
    return training.run();
  }
}
