package dev.lanewise.suite.learn.tune;

import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.tune.Babysitter;
import dev.lanewise.learn.tune.Babysitting;
import dev.lanewise.learn.tune.NetworkTrainee;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.suite.learn.train.Shapes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a child process runs: a network that is babysat. */
public final class BabysatNetworkMain {
  private static final int EPOCHS = 80;

  private BabysatNetworkMain() {}

  /** With all that a checkpoint has: running statistics, dropout, shards, momentum. */
  static Babysitting run(Path checkpoint, Path journal, Runnable whenDecided) throws IOException {
    Trainer trainer =
        Trainer.of(
                new MultilayerPerceptron(2, List.of(24, 16), 3, 0.1).network(),
                Optimizer.momentum(0.001),
                1)
            .withSeed(3)
            .withShards(2)
            .withValidation(Shapes.spirals(300, 2))
            .withCheckpoint(checkpoint);
    Space space =
        Space.empty().logUniform("rate", 1e-5, 10).oneMinusLogUniform("momentum", 0.5, 0.99);
    NetworkTrainee trainee =
        NetworkTrainee.of(
            trainer,
            Shapes.spirals(630, 1),
            s -> Optimizer.momentum(s.number("rate"), s.number("momentum")));
    return Babysitter.of(space, Map.of("rate", 0.001, "momentum", 0.9), 1, EPOCHS)
        .withListener(decision -> whenDecided.run())
        .run(trainee, journal);
  }

  /**
   * Prints a line after each decision.
   *
   * @param arguments the checkpoint and the journal
   */
  public static void main(String[] arguments) throws IOException {
    run(Path.of(arguments[0]), Path.of(arguments[1]), () -> System.out.println("decided"));
  }
}
