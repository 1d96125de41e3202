package dev.lanewise.learn.tune;

import dev.lanewise.learn.internal.Checks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All combinations of evenly spaced values; the last parameter varies first. */
record GridSampler(int trials) implements Sampler {
  GridSampler {
    Checks.atLeastOne("grid", "trials", trials);
  }

  /** How many values each parameter has; their product is at most the number of trials. */
  private int[] counts(Space space) {
    int[] counts = new int[space.parameters().size()];
    Arrays.fill(counts, 1);
    long product = 1;
    int raised = counts.length;
    for (int level = 1; raised > 0; level++) {
      raised = 0;
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] == level && space.parameters().get(i).size() > level) {
          long larger = product / level * (level + 1L);
          if (larger > trials) {
            return counts;
          }
          product = larger;
          counts[i]++;
          raised++;
        }
      }
    }
    return counts;
  }

  @Override
  public List<Proposal> next(Space space, long seed, Goal goal, List<Outcome> before) {
    if (!before.isEmpty()) {
      return List.of();
    }
    int[] counts = counts(space);
    int size = Arrays.stream(counts).reduce(1, (a, b) -> a * b);
    double[][] positions = new double[counts.length][];
    Arrays.setAll(positions, i -> space.parameters().get(i).spaced(counts[i]));
    // Points that differ only in parameters that do not exist there are one trial.
    Set<Assignment> assignments = new LinkedHashSet<>();
    for (int index = 0; index < size; index++) {
      double[] point = new double[counts.length];
      int rest = index;
      for (int i = counts.length - 1; i >= 0; i--) {
        point[i] = positions[i][rest % counts[i]];
        rest /= counts[i];
      }
      assignments.add(space.at(point));
    }
    List<Proposal> proposals = new ArrayList<>();
    for (Assignment assignment : assignments) {
      proposals.add(new Proposal(proposals.size(), assignment, 1));
    }
    return List.copyOf(proposals);
  }

  @Override
  public String name() {
    return "grid(" + trials + ")";
  }

  @Override
  public String toString() {
    return name();
  }
}
