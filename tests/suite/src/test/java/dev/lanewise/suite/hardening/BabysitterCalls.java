package dev.lanewise.suite.hardening;

import static dev.lanewise.suite.hardening.Examples.arguments;

import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.train.IntervalTraining;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Babysitter;
import dev.lanewise.learn.tune.Decision;
import dev.lanewise.learn.tune.Nudge;
import dev.lanewise.learn.tune.Space;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** How a babysitter and what it watches are called. */
final class BabysitterCalls {
  private final SampleFolder files;

  BabysitterCalls(SampleFolder files) {
    this.files = files;
  }

  private Trainer trainer() {
    return Trainer.of(
            new MultilayerPerceptron(3, List.of(2), 3, 0).network(),
            Optimizer.gradientDescent(0.1),
            1)
        .withValidation(LearnCalls.dataset())
        .withCheckpoint(files.output());
  }

  private static Nudge nudge() {
    return new Nudge("rate", 0.5, 0.25);
  }

  private static Decision decision() {
    return new Decision(1, 0, 2, Optional.of(nudge()), 1, 0.5, "", true);
  }

  private static Babysitter babysitter() {
    return Babysitter.of(Space.empty().uniform("rate", 0, 1), Map.of("rate", 0.5), 1, 2);
  }

  private IntervalTraining training() {
    IntervalTraining training = IntervalTraining.of(trainer(), LearnCalls.dataset());
    training.begin(Optimizer.gradientDescent(0.1));
    return training;
  }

  void addTo(Examples examples) {
    Function<Assignment, Optimizer> optimizer = settings -> Optimizer.gradientDescent(0.1);
    Space space = Space.empty().uniform("rate", 0, 1);
    examples
        .value(Babysitter.class, BabysitterCalls::babysitter)
        .value(Consumer.class, () -> (Consumer<Decision>) decision -> {})
        .value(IntervalTraining.class, this::training)
        .call(
            "Babysitter.of(Space, Map, int, int)",
            () -> arguments(space, Map.of("rate", 0.5), 1, 2))
        .call("Babysitter.withStep(double)", () -> arguments(0.5))
        .call(
            "Babysitting(List, Assignment, boolean)",
            () -> arguments(List.of(decision()), space.at(0.5), true))
        .call(
            "Decision(int, int, int, Optional, double, double, String, boolean)",
            () -> arguments(1, 0, 2, Optional.of(nudge()), 1.0, 0.5, "none", true))
        .call("Nudge(String, Object, Object)", () -> arguments("rate", 0.5, 0.25))
        .call(
            "IntervalTraining.of(Trainer, Dataset)",
            () -> arguments(trainer(), LearnCalls.dataset()))
        .call("IntervalTraining.train(int)", () -> arguments(1))
        .call(
            "NetworkTrainee.of(Trainer, Dataset, Function)",
            () -> arguments(trainer(), LearnCalls.dataset(), optimizer));
  }
}
