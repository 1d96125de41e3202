package dev.lanewise.learn.train;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.data.MiniBatches;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.graph.SessionBuilder;
import dev.lanewise.learn.internal.Checks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A network while it is trained, epoch by epoch. One thread at a time uses it. */
public final class TrainingRun {
  private final Trainer trainer;
  private final Dataset data;
  private final Session session;
  private final MiniBatches batches;
  private final List<History.Epoch> epochs = new ArrayList<>();
  private final BestState best;
  private boolean ended;
  private boolean stopped;
  private boolean failed;

  TrainingRun(Trainer trainer, Dataset data) {
    trainer.network.checkFit(Checks.notNull("Trainer", "data", data));
    if (data.samples() == 0) {
      throw new IllegalArgumentException("Trainer: the data set has no samples");
    }
    if (trainer.stopping != null && trainer.validation == null) {
      throw new IllegalArgumentException("Trainer: early stopping needs a validation set");
    }
    if (trainer.source != null) {
      trainer.source.checkData(data);
    }
    this.trainer = trainer;
    this.data = data;
    SessionBuilder builder =
        Session.of(trainer.optimizer.minimize(trainer.network.cost()))
            .outputs(trainer.network.logits())
            .capacity(Math.min(trainer.batchSize, data.samples()))
            .shards(trainer.shards)
            .seed(trainer.seed);
    session = (trainer.workers == null ? builder : builder.workers(trainer.workers)).build();
    batches = new MiniBatches(data.samples(), trainer.batchSize, trainer.seed);
    best = trainer.stopping == null ? null : new BestState(trainer.stopping, session);
    Checkpoint.checkNames(trainer.annotations, session, best);
  }

  /**
   * Trains until the last epoch, or until early stopping or the listener ends it.
   *
   * @return what became of the network
   * @throws IOException if a checkpoint cannot be written
   * @throws ArithmeticException if the loss or a variable is no longer finite
   * @throws IllegalStateException if the run has failed before
   */
  public History train() throws IOException {
    while (trainEpoch()) {
      // goes on
    }
    return history();
  }

  /**
   * Trains one epoch, validates, and writes the checkpoint if there is one.
   *
   * @return false, without doing anything, once training has ended
   * @throws IOException if a checkpoint cannot be written; the epoch has been trained then
   * @throws ArithmeticException if the loss or a variable is no longer finite; the checkpoint stays
   *     that of the epoch before
   * @throws IllegalStateException if the run has failed before
   */
  public boolean trainEpoch() throws IOException {
    if (hasEnded()) {
      return false;
    }
    requireSound();
    failed = true; // until the epoch has come to its end
    History.Epoch epoch = validated(steps());
    requireFinite();
    epochs.add(epoch);
    if (best != null) {
      ended = best.isOver(epoch) || epochs.size() >= trainer.epochs;
    }
    stopped = !trainer.listener.afterEpoch(epoch);
    if (ended) {
      best.restore();
    }
    failed = false;
    if (trainer.checkpoint != null) {
      save(trainer.checkpoint);
    }
    return true;
  }

  private void requireSound() {
    if (failed) {
      throw new IllegalStateException(
          "the run has failed in epoch %d; resume it from its checkpoint"
              .formatted(epochs.size() + 1));
    }
  }

  /** The loss is that before the last update, which may have gone too far. */
  private void requireFinite() {
    for (float element : session.variables().array()) {
      if (!Float.isFinite(element)) {
        throw new ArithmeticException(
            "a variable is %s after epoch %d; a smaller learning rate may help"
                .formatted(element, epochs.size() + 1));
      }
    }
  }

  /** All batches of the next epoch. */
  private History.Epoch steps() {
    int done = epochs.size();
    batches.shuffle(done);
    double sum = 0;
    double factor = 0;
    for (int b = 0; b < batches.count(); b++) {
      factor = trainer.schedule.factor(done + (double) b / batches.count());
      float loss = step(done, b, factor);
      if (!Float.isFinite(loss)) {
        throw new ArithmeticException(
            "the loss is %s in epoch %d, batch %d of %d; a smaller learning rate may help"
                .formatted(loss, done + 1, b + 1, batches.count()));
      }
      sum += batches.size(b) * (double) loss;
      trainer.listener.afterStep(done + 1, b + 1, batches.count(), loss);
    }
    double loss = sum / data.samples();
    return new History.Epoch(done + 1, loss, factor, Double.NaN, Double.NaN);
  }

  private float step(int done, int batch, double factor) {
    if (trainer.source != null) {
      ShardSource.Step step =
          new ShardSource.Step(done, batch, trainer.batchSize, trainer.shards, trainer.seed);
      return session.step(factor, trainer.source.shards(step, session));
    }
    int size = batches.size(batch);
    FloatMatrix inputs = session.input(trainer.network.inputs(), size);
    Labels labels = session.input(trainer.network.labels(), size);
    batches.gather(data, batch, inputs, labels.array());
    return session.step(factor);
  }

  private History.Epoch validated(History.Epoch epoch) {
    if (trainer.validation == null) {
      return epoch;
    }
    Evaluation evaluation = evaluate(trainer.validation);
    return new History.Epoch(
        epoch.number(), epoch.loss(), epoch.rateFactor(), evaluation.loss(), evaluation.accuracy());
  }

  /**
   * Evaluates the network as it is.
   *
   * @param set samples
   * @return what came out
   */
  public Evaluation evaluate(Dataset set) {
    return Evaluation.of(trainer.network, session, set);
  }

  /**
   * Whether there is no epoch left to train.
   *
   * @return whether training has ended
   */
  public boolean hasEnded() {
    return ended || stopped || epochs.size() >= trainer.epochs;
  }

  /**
   * The epochs so far.
   *
   * @return a copy
   */
  public History history() {
    return new History(epochs);
  }

  /**
   * The session, with all variables.
   *
   * @return the session
   */
  public Session session() {
    return session;
  }

  /**
   * Writes a checkpoint: everything that {@link Trainer#resume} needs, and the trainer's
   * annotations.
   *
   * @param file the file, which is replaced whole or not at all
   * @throws IOException if it cannot be written
   * @throws IllegalStateException if the run has failed in the middle of an epoch
   */
  public void save(Path file) throws IOException {
    checkpoint().write(file);
  }

  /** What {@link #save} writes. */
  SafeTensors checkpoint() {
    requireSound();
    return Checkpoint.of(this, trainer, trainer.settings(data));
  }

  /** Takes up the state of a checkpoint. */
  void restore(SafeTensors content, Path file, Checkpoint.Match match) throws IOException {
    Checkpoint.check(content, file, match, trainer.settings(data));
    Checkpoint.Progress progress = Checkpoint.restore(content, file, session, best);
    epochs.clear();
    epochs.addAll(progress.epochs());
    ended = progress.ended();
  }

  BestState best() {
    return best;
  }

  boolean wasEnded() {
    return ended;
  }
}
