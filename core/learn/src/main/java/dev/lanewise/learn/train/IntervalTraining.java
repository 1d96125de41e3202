package dev.lanewise.learn.train;

import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.internal.Checks;
import dev.lanewise.learn.optim.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;

/**
 * Training in intervals that can be taken back, each by an optimizer with figures of its own: an
 * interval goes on from the checkpoint, and nothing but {@link #save} writes that.
 *
 * <p>Variables, what the optimizer keeps, running statistics, the number of steps and the order of
 * the samples are those of the checkpoint. So what was not saved leaves no trace in the bits, and
 * two tries from one checkpoint see the same batches.
 *
 * <p>One thread at a time uses an instance.
 */
public final class IntervalTraining {
  private static final String NOTE = "lanewise.note";

  private final Trainer trainer;
  private final Dataset data;
  private TrainingRun run;

  private IntervalTraining(Trainer trainer, Dataset data) {
    this.trainer = trainer;
    this.data = data;
  }

  /**
   * Before the first interval.
   *
   * @param trainer network and settings, with a validation set and a checkpoint; its optimizer and
   *     its number of epochs are not used. Its listener hears of each epoch, whether it is saved or
   *     not
   * @param data the training set
   * @return the training
   * @throws IllegalArgumentException if the trainer has no validation set or no checkpoint, or
   *     stops early
   */
  public static IntervalTraining of(Trainer trainer, Dataset data) {
    Checks.notNull("IntervalTraining", "trainer", trainer);
    Checks.notNull("IntervalTraining", "data", data);
    if (trainer.validation == null || trainer.checkpoint == null || trainer.stopping != null) {
      throw new IllegalArgumentException(
          ("IntervalTraining: the trainer has %s, %s and %s; expected a validation set, a"
                  + " checkpoint and no early stopping")
              .formatted(
                  trainer.validation == null ? "no validation set" : "a validation set",
                  trainer.checkpoint == null ? "no checkpoint" : "a checkpoint",
                  trainer.stopping == null ? "no early stopping" : trainer.stopping));
    }
    return new IntervalTraining(trainer, data);
  }

  /**
   * Begins a run, before its first epoch. Nothing is written.
   *
   * @param optimizer the optimizer
   */
  public void begin(Optimizer optimizer) {
    run = trainer.openEnded(optimizer).begin(data);
  }

  /**
   * Goes back to the checkpoint.
   *
   * @param optimizer the optimizer, of the rule that the checkpoint was written by; its figures may
   *     be others
   * @return the note that the checkpoint was saved with
   * @throws IOException if the checkpoint cannot be read, is that of another run or has no note
   */
  public String restore(Optimizer optimizer) throws IOException {
    Path file = trainer.checkpoint;
    SafeTensors content = SafeTensors.read(file);
    String note = Checkpoint.text(content, file, NOTE);
    TrainingRun restored = trainer.openEnded(optimizer).begin(data);
    restored.restore(content, file, Checkpoint.Match.ALL_BUT_FIGURES);
    run = restored;
    return note;
  }

  /**
   * Whether there is a checkpoint.
   *
   * @return the note that it was saved with, empty for one without; nothing if there is no file
   * @throws IOException if it cannot be read
   */
  public Optional<String> saved() throws IOException {
    Path file = trainer.checkpoint;
    return Files.exists(file)
        ? Optional.of(SafeTensors.read(file).metadata().getOrDefault(NOTE, ""))
        : Optional.empty();
  }

  /**
   * Trains some epochs, each with its validation.
   *
   * @param epochs how many, at least 1
   * @throws IOException never; a run that writes checkpoints by itself could
   * @throws ArithmeticException if the loss or a variable is no longer finite
   * @throws IllegalArgumentException if epochs is below 1
   * @throws IllegalStateException if it has not begun
   * @throws CancellationException after the epoch in which the trainer's listener ends training
   */
  public void train(int epochs) throws IOException {
    Checks.atLeastOne("IntervalTraining", "epochs", epochs);
    for (int i = 0; i < epochs; i++) {
      run().trainEpoch();
      if (run.hasEnded()) {
        throw new CancellationException(
            "the listener has ended training in epoch " + run.history().epochs().size());
      }
    }
  }

  /**
   * The validation loss of the network as it is.
   *
   * @return the loss
   * @throws IllegalStateException if it has not begun
   */
  public double validationLoss() {
    return run().evaluate(trainer.validation).loss();
  }

  /**
   * Writes the checkpoint.
   *
   * @param note any text, which the checkpoint holds
   * @throws IOException if it cannot be written; then it is as it was
   * @throws IllegalStateException if it has not begun
   */
  public void save(String note) throws IOException {
    SafeTensors content = run().checkpoint();
    SequencedMap<String, String> texts = new LinkedHashMap<>(content.metadata());
    texts.put(NOTE, note);
    SafeTensors.of(content.tensors(), texts).write(trainer.checkpoint);
  }

  /**
   * The run as it is. Training it by itself is not meant.
   *
   * @return the run, another one after each {@link #restore}
   * @throws IllegalStateException if it has not begun
   */
  public TrainingRun run() {
    if (run == null) {
      throw new IllegalStateException("IntervalTraining: it has not begun");
    }
    return run;
  }
}
