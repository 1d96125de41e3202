package dev.lanewise.bench.jmh;

import dev.lanewise.bench.example.Digits;
import dev.lanewise.bench.example.StrokeDigits;
import dev.lanewise.bench.peer.Threads;
import dev.lanewise.kernels.Labels;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.train.InputNormalisation;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Goal;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Proposal;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.Study;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A study of a digit classifier: random trials of the learning rate, each a network of two hidden
 * layers with batch norm, trained by Adam for {@value #EPOCHS} epochs on drawn digits and
 * validated. Kernels run on the trial's thread alone; what is parallel are the trials.
 *
 * <p>The trials differ in their learning rates only, so that they take the same time and any number
 * of workers that divides theirs can be busy to the end. What would fool it: trials that fail
 * early.
 *
 * <p>As a training step it needs a longer warm-up.
 */
@Warmup(iterations = 16, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class StudyBenchmark extends OperationBenchmark {
  /** Epochs of a trial. */
  static final int EPOCHS = 4;

  /** Samples of a step. */
  static final int BATCH = 64;

  private static final int VALIDATED = 100;
  private static final int SEED = 1;
  private static final String RATE = "rate";
  private static final Space SPACE = Space.empty().logUniform(RATE, 1e-4, 1e-2);

  /** Trials, samples, units of each hidden layer. */
  @Param("16x1024x128")
  public String shape;

  private MultilayerPerceptron layers;
  private Dataset training;
  private Dataset validation;
  private Study study;
  private List<Outcome> outcomes = List.of();

  /** Checks the scores against those of the same trainings without a study. */
  @Override
  public void prepare(String method) {
    List<Integer> extents = Operation.STUDY.parse(shape).extents();
    int samples = extents.get(1);
    int workers = Threads.of(method);
    layers =
        new MultilayerPerceptron(
            Digits.PIXELS, List.of(extents.get(2), extents.get(2)), Digits.CLASSES, 0);
    Dataset drawn = digits(0, samples);
    InputNormalisation normalisation = InputNormalisation.of(drawn.inputs(), 1);
    training = normalisation.apply(drawn);
    validation = normalisation.apply(digits(samples, VALIDATED));
    Sampler sampler = Sampler.random(extents.getFirst());
    study =
        Study.of(SPACE, sampler, trial -> accuracy(trial.assignment(), trial.seed()))
            .maximising()
            .withSeed(SEED)
            .withWorkers(workers);
    run(method);
    List<Double> expected =
        sampler.next(SPACE, SEED, Goal.MAXIMISE, List.of()).stream().map(this::accuracy).toList();
    List<Double> actual = outcomes.stream().map(Outcome::score).toList();
    if (!actual.equals(expected)) {
      throw new AssertionError(
          "%s: shape=%s: scores %s; expected %s".formatted(label(method), shape, actual, expected));
    }
  }

  private static Dataset digits(int first, int count) {
    Digits digits = StrokeDigits.draw(SEED, first, count);
    List<String> names = IntStream.range(0, Digits.CLASSES).mapToObj(String::valueOf).toList();
    return new Dataset(digits.images(), Labels.of(digits.labels()), names);
  }

  private double accuracy(Proposal proposal) {
    try {
      return accuracy(proposal.assignment(), study.trialSeed(proposal.trial()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double accuracy(Assignment assignment, long seed) throws IOException {
    return Trainer.of(layers.network(), Optimizer.adam(assignment.number(RATE)), EPOCHS)
        .withBatchSize(BATCH)
        .withSeed(seed)
        .withValidation(validation)
        .begin(training)
        .train()
        .last()
        .validationAccuracy();
  }

  private void search() {
    try {
      outcomes = study.run().outcomes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One trial at a time. */
  @Benchmark
  public void lanewise() {
    search();
  }

  /** As many trials at a time as {@code -Dlanewise.bench.threads}. */
  @Benchmark
  public void lanewiseParallel() {
    search();
  }
}
