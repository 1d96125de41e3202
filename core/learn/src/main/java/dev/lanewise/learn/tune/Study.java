package dev.lanewise.learn.tune;

import dev.lanewise.learn.internal.Checks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * A search of a space for the best score of an objective.
 *
 * <pre>{@code
 * StudyResult result =
 *     Study.of(space, Sampler.random(60), trial -> accuracy(trial.assignment().number("rate")))
 *         .maximising()
 *         .withWorkers(2)
 *         .run();
 * }</pre>
 *
 * <p>A trial has failed if its objective throws anything, errors included, or if its score is not
 * finite; it has timed out if it takes longer than {@link #withTimeout}. The study goes on. Such a
 * trial is among the outcomes, with its error and without a score, and is not run again, neither by
 * this run nor by one that goes on from the journal. It is never the best, {@link Importance}
 * leaves it out, and samplers take it for worse than all that have a score. A study whose trials
 * all fail is complete, and has no best one.
 *
 * <p>Trials and scores follow from space, sampler, seed and objective: they are the same with any
 * number of workers. Only which trials time out depends on timing, and with samplers of several
 * rounds what they propose after such a trial. Settings do not change: each {@code with} gives
 * another study.
 */
public final class Study {
  private static final String NAME = "Study";

  // Set before a study is handed out, and not afterwards.
  final Space space;
  final Sampler sampler;
  final Objective objective;
  Goal goal = Goal.MINIMISE;
  long seed;
  int workers = 1;
  Duration timeout;
  String description = "";
  StudyListener listener = StudyListener.NONE;

  private Path journal;
  private final Set<StudyRun> runs = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  private Study(Space space, Sampler sampler, Objective objective) {
    this.space = space;
    this.sampler = sampler;
    this.objective = objective;
  }

  private Study copy() {
    return copy(objective);
  }

  private Study copy(Objective scores) {
    Study copy = new Study(space, sampler, scores);
    copy.goal = goal;
    copy.seed = seed;
    copy.workers = workers;
    copy.timeout = timeout;
    copy.description = description;
    copy.listener = listener;
    copy.journal = journal;
    return copy;
  }

  /**
   * Lower scores are better; seed 0, one trial at a time, without a limit of time.
   *
   * @param space the parameters
   * @param sampler chooses the trials
   * @param objective gives their scores
   * @return the study
   * @throws NullPointerException if an argument is null
   */
  public static Study of(Space space, Sampler sampler, Objective objective) {
    return new Study(
        Checks.notNull(NAME, "space", space),
        Checks.notNull(NAME, "sampler", sampler),
        Checks.notNull(NAME, "objective", objective));
  }

  /**
   * Lets higher scores be better.
   *
   * @return a study like this one
   */
  public Study maximising() {
    Study copy = copy();
    copy.goal = Goal.MAXIMISE;
    return copy;
  }

  /**
   * Puts something between the study and its objective, such as another machine. What is recorded
   * remains the same if the scores do.
   *
   * @param wrapping gives an objective of the same scores
   * @return a study like this one
   * @throws NullPointerException if the argument or what it gives is null
   */
  public Study withObjective(UnaryOperator<Objective> wrapping) {
    Checks.notNull(NAME, "wrapping", wrapping);
    return copy(Checks.notNull(NAME, "objective", wrapping.apply(objective)));
  }

  /**
   * Sets the key of all random numbers.
   *
   * @param value the seed
   * @return a study like this one
   */
  public Study withSeed(long value) {
    Study copy = copy();
    copy.seed = value;
    return copy;
  }

  /**
   * Sets how many trials run at a time, each on a daemon thread of its own.
   *
   * @param number the number of trials, at least 1
   * @return a study like this one
   * @throws IllegalArgumentException if the number is below 1
   */
  public Study withWorkers(int number) {
    Checks.atLeastOne(NAME, "workers", number);
    Study copy = copy();
    copy.workers = number;
    return copy;
  }

  /**
   * Sets how long a trial may run at a budget. One that takes longer is recorded as timed out and
   * asked to stop. If it has not stopped two seconds later, its thread is given up, and the next
   * trial starts beside it.
   *
   * @param limit the time, above 0
   * @return a study like this one
   * @throws NullPointerException if the time is null
   * @throws IllegalArgumentException if it is not above 0
   */
  public Study withTimeout(Duration limit) {
    Checks.notNull(NAME, "timeout", limit);
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException(
          "Study: timeout is %s; it must be above 0".formatted(limit));
    }
    Study copy = copy();
    copy.timeout = limit;
    return copy;
  }

  /**
   * Says what else scores follow from, such as the data: a journal is gone on with by a study of
   * the same description only.
   *
   * @param text any text
   * @return a study like this one
   * @throws NullPointerException if the text is null
   */
  public Study withDescription(String text) {
    Checks.notNull(NAME, "description", text);
    Study copy = copy();
    copy.description = text;
    return copy;
  }

  /**
   * Sets who is told how the study goes on.
   *
   * @param told is told
   * @return a study like this one
   * @throws NullPointerException if the argument is null
   */
  public Study withListener(StudyListener told) {
    Checks.notNull(NAME, "listener", told);
    Study copy = copy();
    copy.listener = told;
    return copy;
  }

  /**
   * Keeps the study in a file. A run goes on from what the file has: trials that have ended are not
   * run again, those that had only started are. So a study can be stopped or killed at any time.
   *
   * <p>The file is JSON Lines: the study, and a record of each trial that starts, finishes, fails
   * or times out, appended and forced to the disk. A torn last line is cut off.
   *
   * @param file the file, which need not exist; it must not be of another space, sampler, seed,
   *     goal or description
   * @return a study like this one
   * @throws NullPointerException if the file is null
   */
  public Study withJournal(Path file) {
    Checks.notNull(NAME, "journal", file);
    Study copy = copy();
    copy.journal = file;
    return copy;
  }

  /**
   * The seed of a trial, by which it can be repeated apart.
   *
   * @param trial the number of the trial
   * @return its {@link Trial#seed}
   * @throws IllegalArgumentException if it is negative
   */
  public long trialSeed(int trial) {
    if (trial < 0) {
      throw new IllegalArgumentException(
          "Study: trial is %d; it must be at least 0".formatted(trial));
    }
    return Draws.seed(seed, trial);
  }

  /**
   * Runs the trials. An interrupt stops as {@link #stop} does, and is kept.
   *
   * @return how they ended
   * @throws IOException if the journal is in use, another study's or damaged, or cannot be written;
   *     the trials that run are stopped then
   */
  public StudyResult run() throws IOException {
    try (Recorder recorder = journal == null ? Recorder.NONE : Journal.open(journal, this)) {
      StudyRun run = new StudyRun(this, recorder);
      runs.add(run);
      try {
        return run.run();
      } finally {
        runs.remove(run);
      }
    }
  }

  /**
   * Stops this study, for good and from any thread: no trial starts any more, and those that run
   * are asked to stop. What has ended before is recorded, and {@link #run} returns soon; whoever
   * ends the process has to wait for that. Studies made of this one by {@code with} go on.
   */
  public void stop() {
    stopped = true;
    runs.forEach(StudyRun::wake);
  }

  boolean isStopped() {
    return stopped;
  }
}
