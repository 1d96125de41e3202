package dev.lanewise.learn.tune;

import dev.lanewise.learn.tune.JsonLine.Damage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a babysat run is: the decisions so far, and what follows from them. */
final class Course {
  private final int interval;
  private final Goal goal;
  private final Nudges nudges;
  private final List<Decision> decisions = new ArrayList<>();
  private Assignment settings;
  private int epoch;
  private int spent;
  private double score;

  Course(Babysitter babysitter) {
    interval = babysitter.interval;
    goal = babysitter.goal;
    nudges = new Nudges(babysitter.space, babysitter.step, goal);
    settings = babysitter.start;
  }

  /** What is decided of the next interval, once it is trained. */
  Decision decide(Optional<Nudge> nudge, int epochs, double after, String error) {
    boolean kept = error.isEmpty() && goal.loss(after) < goal.loss(score);
    return new Decision(decisions.size(), epoch, epochs, nudge, score, after, error, kept);
  }

  /** Takes a decision from a journal. */
  void read(Decision decision) throws Damage {
    Decision expected;
    if (decisions.isEmpty()) {
      expected = Decision.beginning(decision.after());
    } else {
      Optional<Nudge> nudge =
          next().orElseThrow(() -> new Damage("nothing was left to try")).nudge();
      int epochs = Math.clamp(decision.epochs(), 1, interval);
      expected = decide(nudge, epochs, decision.after(), decision.error());
    }
    if (!decision.equals(expected)) {
      throw new Damage(
          "it does not follow from the lines before; expected " + DecisionRecords.record(expected));
    }
    add(decision);
  }

  void add(Decision decision) {
    decisions.add(decision);
    spent += decision.epochs();
    if (decision.kept()) {
      settings = settings(decision.nudge());
      epoch += decision.epochs();
      score = decision.after();
    }
  }

  /** The settings with a nudge. */
  Assignment settings(Optional<Nudge> nudge) {
    return nudge.map(change -> change.appliedTo(settings)).orElse(settings);
  }

  Optional<Nudges.Interval> next() {
    return nudges.next(settings, decisions);
  }

  List<Decision> decisions() {
    return decisions;
  }

  Decision lastKept() {
    return decisions.reversed().stream().filter(Decision::kept).findFirst().orElseThrow();
  }

  Assignment settings() {
    return settings;
  }

  int spent() {
    return spent;
  }
}
