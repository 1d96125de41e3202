package dev.lanewise.learn.train;

import dev.lanewise.kernels.Workers;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.internal.Checks;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.optim.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How a network is trained: mini-batches in an order that each epoch shuffles anew, validation, and
 * a checkpoint after each epoch.
 *
 * <p>Everything follows from network, optimizer, data and settings: the same bits on any machine,
 * with any number of threads, and however often a run is killed and resumed from its checkpoint.
 * Instances do not change.
 */
public final class Trainer {
  private static final String NAME = "Trainer";
  private static final int BATCH_SIZE = 64;

  // Set before a trainer is handed out, and not afterwards.
  final Network network;
  final Optimizer optimizer;
  final int epochs;
  int batchSize = BATCH_SIZE;
  int shards = 1;
  long seed;
  Schedule schedule = Schedule.constant();
  Dataset validation;
  EarlyStopping stopping;
  Workers workers;
  ShardSource source;
  TrainingListener listener = TrainingListener.NONE;
  Path checkpoint;
  Annotations annotations = Annotations.NONE;

  private Trainer(Network network, Optimizer optimizer, int epochs) {
    this.network = network;
    this.optimizer = optimizer;
    this.epochs = epochs;
  }

  private Trainer copy() {
    return copy(optimizer, epochs);
  }

  private Trainer copy(Optimizer rule, int number) {
    Trainer copy = new Trainer(network, rule, number);
    copy.batchSize = batchSize;
    copy.shards = shards;
    copy.seed = seed;
    copy.schedule = schedule;
    copy.validation = validation;
    copy.stopping = stopping;
    copy.workers = workers;
    copy.source = source;
    copy.listener = listener;
    copy.checkpoint = checkpoint;
    copy.annotations = annotations;
    return copy;
  }

  /**
   * Batches of 64, one shard, seed 0, the optimizer's learning rate throughout, no validation.
   *
   * @param network the network
   * @param optimizer moves its variables
   * @param epochs how often it sees every sample, at least 1
   * @return the trainer
   * @throws NullPointerException if the network or the optimizer is null
   * @throws IllegalArgumentException if epochs is below 1
   */
  public static Trainer of(Network network, Optimizer optimizer, int epochs) {
    Checks.notNull(NAME, "network", network);
    Checks.notNull(NAME, "optimizer", optimizer);
    return new Trainer(network, optimizer, Checks.atLeastOne(NAME, "epochs", epochs));
  }

  /**
   * Sets the size of a mini-batch; the last of an epoch has what is left.
   *
   * @param samples the number of samples, at least 1
   * @return a trainer like this one
   * @throws IllegalArgumentException if the number is below 1
   */
  public Trainer withBatchSize(int samples) {
    Checks.atLeastOne(NAME, "batch size", samples);
    Trainer copy = copy();
    copy.batchSize = samples;
    return copy;
  }

  /**
   * Sets into how many shards a step divides its batch; see {@link
   * dev.lanewise.learn.graph.Session}.
   *
   * @param number the number of shards, at least 1
   * @return a trainer like this one
   * @throws IllegalArgumentException if the number is below 1
   */
  public Trainer withShards(int number) {
    Checks.atLeastOne(NAME, "shards", number);
    Trainer copy = copy();
    copy.shards = number;
    return copy;
  }

  /**
   * Sets the key of all random numbers: first values, shuffles, dropout.
   *
   * @param value the seed
   * @return a trainer like this one
   */
  public Trainer withSeed(long value) {
    Trainer copy = copy();
    copy.seed = value;
    return copy;
  }

  /**
   * Sets what the learning rate is multiplied by from step to step.
   *
   * @param factors the schedule
   * @return a trainer like this one
   * @throws NullPointerException if the schedule is null
   */
  public Trainer withSchedule(Schedule factors) {
    Checks.notNull(NAME, "schedule", factors);
    Trainer copy = copy();
    copy.schedule = factors;
    return copy;
  }

  /**
   * Sets what is evaluated after each epoch.
   *
   * @param data samples that are not trained on
   * @return a trainer like this one
   * @throws NullPointerException if the data are null
   * @throws IllegalArgumentException if they do not fit the network or are none
   */
  public Trainer withValidation(Dataset data) {
    network.checkFit(Checks.notNull(NAME, "validation", data));
    if (data.samples() == 0) {
      throw new IllegalArgumentException("Trainer: the validation set has no samples");
    }
    Trainer copy = copy();
    copy.validation = data;
    return copy;
  }

  /**
   * Sets when training ends early, which needs a validation set. However training ends by itself,
   * the network is then that of its best epoch, and no more epochs can be added.
   *
   * @param rule the rule
   * @return a trainer like this one
   * @throws NullPointerException if the rule is null
   */
  public Trainer withEarlyStopping(EarlyStopping rule) {
    Checks.notNull(NAME, "early stopping", rule);
    Trainer copy = copy();
    copy.stopping = rule;
    return copy;
  }

  /**
   * Sets the threads; the bits are those of one.
   *
   * @param threads the threads, which stay the caller's to close
   * @return a trainer like this one
   * @throws NullPointerException if the threads are null
   */
  public Trainer withWorkers(Workers threads) {
    Checks.notNull(NAME, "workers", threads);
    Trainer copy = copy();
    copy.workers = threads;
    return copy;
  }

  /**
   * Sets who computes the shards of each step; the bits are those of a run that does it itself.
   *
   * @param shardSource computes them from the same network and data
   * @return a trainer like this one
   * @throws NullPointerException if the argument is null
   */
  public Trainer withShardSource(ShardSource shardSource) {
    Checks.notNull(NAME, "shard source", shardSource);
    Trainer copy = copy();
    copy.source = shardSource;
    return copy;
  }

  /**
   * Sets who is told how training goes on.
   *
   * @param told is told
   * @return a trainer like this one
   * @throws NullPointerException if the argument is null
   */
  public Trainer withListener(TrainingListener told) {
    Checks.notNull(NAME, "listener", told);
    Trainer copy = copy();
    copy.listener = told;
    return copy;
  }

  /**
   * Sets where a checkpoint is written after each epoch.
   *
   * @param file the file, in safetensors
   * @return a trainer like this one
   * @throws NullPointerException if the file is null
   */
  public Trainer withCheckpoint(Path file) {
    Checks.notNull(NAME, "checkpoint", file);
    Trainer copy = copy();
    copy.checkpoint = file;
    return copy;
  }

  /**
   * Sets what all checkpoints, those of {@link TrainingRun#save} too, hold beside the run's own
   * state.
   *
   * @param more what they hold, such as {@link Classifier#annotations} gives
   * @return a trainer like this one
   * @throws NullPointerException if the argument is null
   */
  public Trainer withAnnotations(Annotations more) {
    Checks.notNull(NAME, "annotations", more);
    Trainer copy = copy();
    copy.annotations = more;
    return copy;
  }

  /**
   * Begins a run.
   *
   * @param data the training set
   * @return the run, before its first epoch
   * @throws IllegalArgumentException if the data do not fit the network, are none or are not those
   *     of the shard source, early stopping has no validation set, or an annotation has a name of
   *     the checkpoint's own
   * @throws IllegalStateException if the shard source is closed
   */
  public TrainingRun begin(Dataset data) {
    return new TrainingRun(this, data);
  }

  /**
   * Goes on with a run from the checkpoint that it wrote last. The number of epochs may be another
   * than then; optimizer, batch size, shards, seed and number of samples must be the same, as the
   * schedule and the data should be.
   *
   * @param data the training set
   * @return the run, as it was when the checkpoint was written
   * @throws IOException if the checkpoint cannot be read, or is that of another run
   * @throws IllegalArgumentException if the data do not fit the network, are none or are not those
   *     of the shard source, early stopping has no validation set, or an annotation has a name of
   *     the checkpoint's own
   * @throws IllegalStateException if no checkpoint has been set, or the shard source is closed
   */
  public TrainingRun resume(Dataset data) throws IOException {
    if (checkpoint == null) {
      throw new IllegalStateException("Trainer: there is no checkpoint to resume from");
    }
    TrainingRun run = begin(data);
    run.restore(SafeTensors.read(checkpoint), checkpoint, Checkpoint.Match.ALL);
    return run;
  }

  /** By another optimizer, without an end, and without a checkpoint after each epoch. */
  Trainer openEnded(Optimizer rule) {
    Trainer copy = copy(Checks.notNull(NAME, "optimizer", rule), Integer.MAX_VALUE);
    copy.checkpoint = null;
    return copy;
  }

  /** What a checkpoint is compared by; that the schedule is the same, its user sees to. */
  String settings(Dataset data) {
    return String.format(
        Locale.ROOT,
        "%s, batches of %d of %d samples, %d shards, seed %d",
        optimizer,
        batchSize,
        data.samples(),
        shards,
        seed);
  }
}
