package dev.lanewise.learn.tune;

import dev.lanewise.learn.internal.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A trial while it runs: what it is to do, and whom it tells about its scores. */
public final class Trial {
  private final Proposal proposal;
  private final int spent;
  private final long seed;
  private final BooleanSupplier asked;
  private final List<Report> reports = new ArrayList<>();
  private volatile boolean stopping;

  Trial(Proposal proposal, int spent, long seed) {
    this(proposal, spent, seed, () -> false);
  }

  private Trial(Proposal proposal, int spent, long seed, BooleanSupplier asked) {
    this.proposal = proposal;
    this.spent = spent;
    this.seed = seed;
    this.asked = asked;
  }

  /**
   * A trial that is run apart from its study, such as on another machine.
   *
   * @param proposal what it is to do
   * @param spent its {@link #spent}
   * @param seed its {@link #seed}
   * @param asked whether it should stop
   * @return the trial, without reports
   * @throws IllegalArgumentException if what it has spent is negative, or all that it may spend
   */
  public static Trial apart(Proposal proposal, int spent, long seed, BooleanSupplier asked) {
    Checks.notNull("Trial", "proposal", proposal);
    Checks.notNull("Trial", "asked", asked);
    if (spent < 0 || spent >= proposal.budget()) {
      throw new IllegalArgumentException(
          "Trial %d: it has spent %d of %d; expected at least 0 and less than that"
              .formatted(proposal.trial(), spent, proposal.budget()));
    }
    return new Trial(proposal, spent, seed, asked);
  }

  /**
   * The number of this trial in its study.
   *
   * @return the number, from 0 on
   */
  public int number() {
    return proposal.trial();
  }

  /**
   * The parameters.
   *
   * @return a value for each parameter that exists
   */
  public Assignment assignment() {
    return proposal.assignment();
  }

  /**
   * What this trial may spend, such as epochs, with what was spent before. Successive halving gives
   * it; the other samplers give 1, whatever that is to the objective.
   *
   * @return the budget, at least 1
   */
  public int budget() {
    return proposal.budget();
  }

  /**
   * The budget at which a trial of this number and assignment finished before. What that has kept
   * in a file, such as a checkpoint, can be continued; its scores are reported again or not, as the
   * objective likes. It may have finished in a process that has been killed since: an objective
   * that finds nothing kept begins anew.
   *
   * @return the budget, less than this one's; 0 at the first time
   */
  public int spent() {
    return spent;
  }

  /**
   * What this trial's random numbers follow from: a function of the study's seed and this trial's
   * number.
   *
   * @return any number
   */
  public long seed() {
    return seed;
  }

  /**
   * Tells a score on the way.
   *
   * @param step when, such as the epoch; above the step of the report before
   * @param score the score then, finite
   * @throws IllegalArgumentException if the step does not rise or the score is not finite; a trial
   *     that lets this pass has failed
   */
  public synchronized void report(int step, double score) {
    if (!Double.isFinite(score)) {
      throw new IllegalArgumentException(
          "Trial %d: the score reported at step %d is %s; it must be finite"
              .formatted(number(), step, score));
    }
    if (!reports.isEmpty() && step <= reports.getLast().step()) {
      throw new IllegalArgumentException(
          "Trial %d: step %d is reported after step %d; steps must rise"
              .formatted(number(), step, reports.getLast().step()));
    }
    reports.add(new Report(step, score));
  }

  /**
   * The scores that have been told so far.
   *
   * @return a copy, by step
   */
  public synchronized List<Report> reports() {
    return List.copyOf(reports);
  }

  /**
   * Whether the time of this trial is over or the study stops. The thread is interrupted too.
   *
   * @return whether the trial should end soon; how does not matter
   */
  public boolean shouldStop() {
    return stopping || asked.getAsBoolean();
  }

  void stop() {
    stopping = true;
  }
}
