package dev.lanewise.spark;

import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Proposal;
import dev.lanewise.learn.tune.Trial;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/**
 * A trial on its way to an executor.
 *
 * @param number the number of the trial
 * @param budget what it may spend
 * @param spent what it has spent before
 * @param seed the seed of its random numbers
 * @param names the parameters, in the order of the space
 * @param values their values: Double, Integer or String
 */
record TrialRequest(
    int number, int budget, int spent, long seed, String[] names, Serializable[] values)
    implements Serializable {
  static TrialRequest of(Trial trial) {
    SequencedMap<String, Object> assigned = trial.assignment().values();
    String[] names = new String[assigned.size()];
    Serializable[] values = new Serializable[assigned.size()];
    int i = 0;
    for (Map.Entry<String, Object> value : assigned.entrySet()) {
      names[i] = value.getKey();
      values[i++] = (Serializable) value.getValue();
    }
    return new TrialRequest(
        trial.number(), trial.budget(), trial.spent(), trial.seed(), names, values);
  }

  /** The trial, which stops when it is asked there. */
  Trial trial(BooleanSupplier asked) {
    SequencedMap<String, Serializable> assigned = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      assigned.put(names[i], values[i]);
    }
    Proposal proposal = new Proposal(number, Assignment.of(assigned), budget);
    return Trial.apart(proposal, spent, seed, asked);
  }
}
