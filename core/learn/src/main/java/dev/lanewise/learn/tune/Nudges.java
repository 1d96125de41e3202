package dev.lanewise.learn.tune;

import java.util.List;
import java.util.Optional;

/**
 * Which nudge is tried next: a function of the decisions so far.
 *
 * <p>In turn: none, then each parameter up and down. A kept nudge is made again as long as the
 * curve does not flatten much. From one checkpoint no interval is trained twice, as it would end
 * with the same bits: of a move that was rolled back the step is next twice as large, then half,
 * four times, a quarter.
 */
record Nudges(Space space, double step, Goal goal) {
  /**
   * The share of the gain before that a nudge must exceed to be made again; chosen on spirals and
   * the UCI digits, from rates 30 times too small and too large.
   */
  private static final double FLATTENING = 0.5;

  /** How many steps of a move are tried from one checkpoint. */
  private static final int STEPS = 16;

  /** An interval to be trained, with a nudge or without. */
  record Interval(Optional<Nudge> nudge) {}

  /** The next interval, or nothing if no other is left. */
  Optional<Interval> next(Assignment settings, List<Decision> decisions) {
    int turn = 1 + 2 * space.parameters().size();
    Decision last = decisions.getLast();
    int first = last.number() == 0 ? 0 : move(last) + (isAgain(decisions) ? 0 : 1);
    for (int i = 0; i < turn; i++) {
      Optional<Interval> interval = interval((first + i) % turn, settings, decisions);
      if (interval.isPresent()) {
        return interval;
      }
    }
    return Optional.empty();
  }

  /** The first interval of a move that has not been rolled back from here. */
  private Optional<Interval> interval(int move, Assignment settings, List<Decision> decisions) {
    List<Interval> tried = rolledBack(decisions);
    if (move == 0) {
      return Optional.of(new Interval(Optional.empty())).filter(none -> !tried.contains(none));
    }
    Parameter parameter = space.parameters().get((move - 1) / 2);
    int sign = move % 2 == 1 ? 1 : -1;
    Object from = settings.values().get(parameter.name());
    for (int i = 0; i < STEPS; i++) {
      int exponent = i % 2 == 1 ? (i + 1) / 2 : -(i / 2);
      double position = parameter.position(from) + sign * Math.scalb(step, exponent);
      Object to = parameter.at(Math.clamp(position, 0, Scale.BELOW_ONE));
      Interval next = new Interval(Optional.of(new Nudge(parameter.name(), from, to)));
      if (sign * (number(to) - number(from)) > 0 && !tried.contains(next)) {
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  /** Since something was kept. */
  private static List<Interval> rolledBack(List<Decision> decisions) {
    return decisions.reversed().stream()
        .takeWhile(decision -> !decision.kept())
        .map(decision -> new Interval(decision.nudge()))
        .toList();
  }

  /** 0 of none; of parameter p 1 + 2p up and 2 + 2p down. */
  private int move(Decision decision) {
    if (decision.nudge().isEmpty()) {
      return 0;
    }
    Nudge nudge = decision.nudge().get();
    int parameter = 0;
    while (!space.parameters().get(parameter).name().equals(nudge.parameter())) {
      parameter++;
    }
    return 1 + 2 * parameter + (number(nudge.to()) > number(nudge.from()) ? 0 : 1);
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private boolean isAgain(List<Decision> decisions) {
    Decision last = decisions.getLast();
    if (!last.kept() || last.nudge().isEmpty()) {
      return false;
    }
    double before =
        decisions.subList(1, decisions.size() - 1).stream()
            .filter(Decision::kept)
            .reduce((first, second) -> second)
            .map(this::gain)
            .orElse(0.0);
    return gain(last) > FLATTENING * before;
  }

  /** By how much the score improved in an epoch. */
  private double gain(Decision decision) {
    return (goal.loss(decision.before()) - goal.loss(decision.after())) / decision.epochs();
  }
}
