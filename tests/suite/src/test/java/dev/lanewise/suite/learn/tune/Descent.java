package dev.lanewise.suite.learn.tune;

import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.Trainee;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Momentum on x²/2, an epoch a step, from x = 1: the score is x². What it has saved stays when a
 * babysitter ends, as a file would.
 */
final class Descent implements Trainee {
  static final Space SPACE =
      Space.empty().logUniform("rate", 1e-4, 10).oneMinusLogUniform("momentum", 0.1, 0.99);

  /** 30 times too small. */
  static final Map<String, Double> START = Map.of("rate", 0.03, "momentum", 0.5);

  private static final double DIVERGED = 100;

  /** All that is saved. */
  record State(double x, double v, String note) {}

  private final List<State> saves = new ArrayList<>();
  private State saved;
  private double x;
  private double v;
  private int spent;

  Descent() {}

  /** One that has saved this. */
  Descent(State saved) {
    this.saved = saved;
  }

  @Override
  public double begin(Assignment settings) {
    x = 1;
    v = 0;
    return x * x;
  }

  @Override
  public double train(Assignment settings, int epochs) {
    restore(settings);
    for (int i = 0; i < epochs; i++) {
      step(settings.number("rate"), settings.number("momentum"));
      spent++;
      if (!(Math.abs(x) < DIVERGED)) {
        throw new ArithmeticException("x is " + x);
      }
    }
    return x * x;
  }

  private void step(double rate, double momentum) {
    v = momentum * v + x;
    x -= rate * v;
  }

  /** The score of a run that is left alone. */
  static double alone(double rate, double momentum, int epochs) {
    Descent descent = new Descent();
    descent.x = 1;
    for (int i = 0; i < epochs; i++) {
      descent.step(rate, momentum);
    }
    return descent.x * descent.x;
  }

  @Override
  public Optional<String> saved() {
    return Optional.ofNullable(saved).map(state -> state.note);
  }

  @Override
  public void save(String note) {
    saved = new State(x, v, note);
    saves.add(saved);
  }

  @Override
  public String restore(Assignment settings) {
    x = saved.x;
    v = saved.v;
    return saved.note;
  }

  /** Where it is. */
  State state() {
    return new State(x, v, saved.note);
  }

  /** All that was ever saved, in order. */
  List<State> saves() {
    return saves;
  }

  /** How many epochs it has trained. */
  int spent() {
    return spent;
  }
}
