package dev.lanewise.suite.learn.tune;

import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Trainee;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A trainee whose scores are written down; it notes what it is asked to do. */
final class Scripted implements Trainee {
  private final Deque<Double> scores = new ArrayDeque<>();
  private final List<String> calls = new ArrayList<>();
  private String saved;

  /** The first score is that of the beginning. */
  Scripted(double... scores) {
    for (double score : scores) {
      this.scores.add(score);
    }
  }

  @Override
  public double begin(Assignment settings) {
    calls.add("begin " + settings);
    return scores.remove();
  }

  @Override
  public double train(Assignment settings, int epochs) {
    calls.add("train %s for %d".formatted(settings, epochs));
    return scores.remove();
  }

  @Override
  public Optional<String> saved() {
    return Optional.ofNullable(saved);
  }

  @Override
  public void save(String note) {
    calls.add("save");
    saved = note;
  }

  @Override
  public String restore(Assignment settings) {
    calls.add("restore " + settings);
    return saved;
  }

  List<String> calls() {
    return calls;
  }
}
