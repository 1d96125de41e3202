package dev.lanewise.spark;

import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Proposal;
import dev.lanewise.learn.tune.Trial;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.function.BooleanSupplier;

/**
 * A trial on its way to an executor.
 *
 * @param number the number of the trial
 * @param budget what it may spend
 * @param spent what it has spent before
 * @param seed the seed of its random numbers
 * @param values the parameters' values, in the order of the space
 */
record TrialRequest(
    int number, int budget, int spent, long seed, LinkedHashMap<String, Object> values)
    implements Serializable {
  static TrialRequest of(Trial trial) {
    return new TrialRequest(
        trial.number(),
        trial.budget(),
        trial.spent(),
        trial.seed(),
        new LinkedHashMap<>(trial.assignment().values()));
  }

  /** The trial, which stops when it is asked there. */
  Trial trial(BooleanSupplier asked) {
    return Trial.apart(new Proposal(number, Assignment.of(values), budget), spent, seed, asked);
  }
}
