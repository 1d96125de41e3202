package dev.lanewise.spark;

import dev.lanewise.learn.tune.Objective;
import dev.lanewise.learn.tune.Study;
import dev.lanewise.learn.tune.StudyResult;
import dev.lanewise.learn.tune.Trial;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A study whose trials are tasks of Spark.
 *
 * <pre>{@code
 * SparkObjective accuracy = trial -> accuracy(trial.assignment().number("rate"), trial.seed());
 * Study study =
 *     Study.of(space, Sampler.random(60), accuracy).maximising().withWorkers(16).withJournal(file);
 * StudyResult result = SparkStudy.of(spark, study).run();
 * }</pre>
 *
 * <p>All else is as the study has it: seeds, rounds, listener, limits of time, the journal in a
 * file of the driver. Trials and scores are those of one machine. The study's workers are how many
 * trials run at a time; as many as the cluster has free cores keep it busy, divided by {@code
 * spark.task.cpus}. A limit of time counts from when the trial is handed to Spark, so that waiting
 * for a free core is part of it. Reports are sent when a trial ends: one that times out leaves
 * none.
 *
 * <p>When an executor is lost, Spark runs its trials again elsewhere, as often as {@code
 * spark.task.maxFailures} allows, and nothing else. A trial that fails by an exception has failed,
 * as on one machine, and is not repeated. What trials keep in files from rung to rung must be where
 * all executors find it.
 */
public final class SparkStudy {
  private final JavaSparkContext context;
  private final Study study;
  private final AtomicReference<IllegalStateException> failure = new AtomicReference<>();

  private SparkStudy(JavaSparkContext context, Study study) {
    this.context = context;
    this.study = study.withObjective(this::onCluster);
  }

  /**
   * A study on a cluster.
   *
   * @param session the cluster
   * @param study the study, whose objective is a {@link SparkObjective} or serialisable otherwise
   * @return the same study, with its trials on executors
   * @throws IllegalArgumentException if the objective is not serialisable
   * @throws NullPointerException if either is null
   */
  public static SparkStudy of(SparkSession session, Study study) {
    Objects.requireNonNull(session, "SparkStudy: session is null");
    Objects.requireNonNull(study, "SparkStudy: study is null");
    Machine.checkDriver();
    return new SparkStudy(JavaSparkContext.fromSparkContext(session.sparkContext()), study);
  }

  private Objective onCluster(Objective objective) {
    if (!(objective instanceof Serializable)) {
      throw new IllegalArgumentException(
          "SparkStudy: the objective is a %s, which is not serialisable; a SparkObjective is"
              .formatted(objective.getClass().getName()));
    }
    return trial -> score(trial, new TrialTask(objective, TrialRequest.of(trial)));
  }

  /**
   * Runs the trials, as {@link Study#run} does.
   *
   * @return how they ended
   * @throws IOException if the journal cannot be used
   * @throws IllegalStateException if Spark has given up a trial, whose end is not recorded then, or
   *     an executor has another version of the numerics; another {@code SparkStudy} of the same
   *     study goes on from the journal
   */
  public StudyResult run() throws IOException {
    StudyResult result = study.run();
    IllegalStateException thrown = failure.get();
    if (thrown != null) {
      throw thrown;
    }
    return result;
  }

  /** Stops this study, for good and from any thread, as {@link Study#stop} does. */
  public void stop() {
    study.stop();
  }

  /** On the driver, on the trial's own thread. */
  private double score(Trial trial, TrialTask task) throws Exception {
    TrialReply reply;
    try {
      reply = send(trial, task);
      reply.machine().checkExecutor();
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) { // what the objective throws is in a reply; this is Spark's
      throw giveUp(trial, e instanceof ExecutionException ? e.getCause() : e);
    }
    reply.report(trial);
    if (reply.error() != null) {
      throw new TrialFailure(reply.error());
    }
    return reply.score();
  }

  private TrialReply send(Trial trial, TrialTask task)
      throws ExecutionException, InterruptedException {
    context.setJobDescription(name(trial));
    context.setInterruptOnCancel(true);
    JavaFutureAction<List<TrialReply>> job =
        context.parallelize(List.of(trial.number()), 1).map(task).collectAsync();
    try {
      return job.get().getFirst();
    } catch (InterruptedException e) {
      job.cancel(true);
      throw e;
    }
  }

  private static String name(Trial trial) {
    return "trial %d, budget %d".formatted(trial.number(), trial.budget());
  }

  /** Ends the study rather than the trial, which could not be run: its end would say nothing. */
  private IllegalStateException giveUp(Trial trial, Throwable thrown) throws InterruptedException {
    IllegalStateException failed =
        new IllegalStateException(
            "SparkStudy: Spark cannot run %s: %s".formatted(name(trial), thrown.getMessage()),
            thrown);
    if (!trial.shouldStop()) {
      failure.compareAndSet(null, failed);
      study.stop();
    }
    while (!trial.shouldStop()) {
      Thread.sleep(10);
    }
    return failed;
  }

  /** What an objective threw on an executor. */
  private static final class TrialFailure extends Exception {
    private static final long serialVersionUID = 1;

    TrialFailure(String text) {
      super(text);
    }

    /** The text of the original, so that journals are those of one machine. */
    @Override
    public String toString() {
      return getMessage();
    }
  }
}
