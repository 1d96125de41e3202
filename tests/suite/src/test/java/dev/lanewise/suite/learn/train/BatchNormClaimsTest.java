package dev.lanewise.suite.learn.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.example.Digits;
import dev.lanewise.bench.example.StrokeDigits;
import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.graph.ClassLabels;
import dev.lanewise.learn.graph.Mode;
import dev.lanewise.learn.graph.Node;
import dev.lanewise.learn.graph.Placeholder;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.layer.Initializers;
import dev.lanewise.learn.layer.Layer;
import dev.lanewise.learn.layer.Layers;
import dev.lanewise.learn.layer.Sequential;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.train.InputNormalisation;
import dev.lanewise.learn.train.Network;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.train.TrainingRun;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What batch norm is said to do for training, on drawn digits. */
class BatchNormClaimsTest {
  private static final int SEEDS = 5;
  private static final Dataset TRAINING = digits(0, 2000);
  private static final Dataset TEST = digits(2000, 1000);

  private static Dataset digits(int from, int count) {
    Digits digits = StrokeDigits.draw(1, from, count);
    return new Dataset(
        digits.images(),
        Labels.of(digits.labels()),
        IntStream.range(0, 10).mapToObj(Integer::toString).toList());
  }

  /**
   * Three hidden layers of 100 sigmoids and small normal weights, as S. Ioffe and C. Szegedy, Batch
   * normalization, 2015, section 4.1, have it. The weights have the same names with and without
   * batch norm, and so the same first values.
   */
  private static Network network(boolean batchNorm) {
    Layer norm = batchNorm ? Layers.batchNorm() : (x, name) -> x;
    Layer dense = Layers.dense(100, true, Initializers.glorotNormal());
    Layer sigmoid = Layers.activation(Activation.SIGMOID);
    return Network.of(
        Digits.PIXELS,
        Sequential.of(
            dense,
            norm,
            sigmoid,
            dense,
            norm,
            sigmoid,
            dense,
            norm,
            sigmoid,
            Layers.dense(10, true, Initializers.glorotNormal())));
  }

  private static double lossAfterThreeEpochs(boolean batchNorm, Dataset data, long seed)
      throws IOException {
    TrainingRun run =
        Trainer.of(network(batchNorm), Optimizer.gradientDescent(0.1), 3)
            .withBatchSize(60)
            .withSeed(seed)
            .begin(data);
    run.train();
    return run.evaluate(data).loss();
  }

  /** Plain gradient descent at a rate of 0.1 from the same weights. */
  @Test
  void lossAfterThreeEpochsIsAtMostHalf() throws IOException {
    Dataset data = InputNormalisation.of(TRAINING.inputs(), 1).apply(TRAINING);
    for (long seed = 1; seed <= SEEDS; seed++) {
      double with = lossAfterThreeEpochs(true, data, seed);
      double without = lossAfterThreeEpochs(false, data, seed);
      System.out.printf(
          "seed %d: loss after 3 epochs %.4f with batch norm, %.4f without%n", seed, with, without);
      assertTrue(with <= without / 2, with + " with batch norm, " + without + " without");
    }
  }

  private static Dataset shifted(Dataset data) {
    FloatMatrix moved = FloatMatrix.zeros(data.samples(), data.features());
    for (int i = 0; i < moved.array().length; i++) {
      moved.array()[i] = 10 * data.inputs().array()[i] - 30;
    }
    return new Dataset(moved, data.labels(), data.classes());
  }

  /**
   * By how much a layer's mean (in deviations) and deviation move in the mean, when its inputs are
   * shifted and scaled.
   */
  private static double movement(Node layer, Network network, TrainingRun run) {
    Session session = Session.of(layer).capacity(TEST.samples()).build();
    run.session()
        .tensors()
        .forEach(
            (name, tensor) -> {
              FloatMatrix to = session.tensors().get(name);
              if (to != null) {
                System.arraycopy(
                    tensor.array(),
                    tensor.offset(),
                    to.array(),
                    to.offset(),
                    to.rows() * to.columns());
              }
            });
    double[][] before = moments(session, layer, network, TEST);
    double[][] after = moments(session, layer, network, shifted(TEST));
    double sum = 0;
    for (int j = 0; j < before[0].length; j++) {
      sum += Math.abs(after[0][j] - before[0][j]) / before[1][j];
      sum += Math.abs(after[1][j] / before[1][j] - 1);
    }
    return sum / before[0].length;
  }

  private static double[][] moments(Session session, Node layer, Network network, Dataset data) {
    session.feed(network.inputs(), data.inputs());
    double[] z = Views.wide(session.run(Mode.TRAINING, layer));
    int n = layer.shape().columns();
    double[] deviation = BatchNormOracle.variance(data.samples(), n, z);
    for (int j = 0; j < n; j++) {
      deviation[j] = Math.sqrt(deviation[j]);
    }
    return new double[][] {BatchNormOracle.mean(data.samples(), n, z), deviation};
  }

  private static double accuracyByBatch(Network network, Session trained, Dataset data) {
    FloatMatrix logits =
        trained.feed(network.inputs(), data.inputs()).run(Mode.TRAINING, network.logits());
    Labels best = Labels.of(new int[data.samples()]);
    Reduce.rowArgmax(logits, best);
    int right = 0;
    for (int i = 0; i < data.samples(); i++) {
      right += best.get(i) == data.labels().get(i) ? 1 : 0;
    }
    return (double) right / data.samples();
  }

  /**
   * Inputs that are shifted and scaled move later moments and accuracy where there is no batch
   * norm; normalised by the statistics of their own batch they move nothing.
   */
  @Test
  void shiftedInputsMoveNothingBehindBatchNorm() throws IOException {
    for (boolean batchNorm : new boolean[] {true, false}) {
      Placeholder x = Placeholder.batch("inputs", Digits.PIXELS);
      ClassLabels labels = ClassLabels.of("labels");
      Layer norm = batchNorm ? Layers.batchNorm() : (input, name) -> input;
      Node first = norm.apply(Layers.dense(64).apply(x, "first"), "norm1").tanh();
      Node second = norm.apply(Layers.dense(64).apply(first, "second"), "norm2");
      Node logits = Layers.dense(10).apply(second.tanh(), "last");
      Network network = new Network(x, labels, logits, logits.crossEntropy(labels));
      TrainingRun run =
          Trainer.of(network, Optimizer.adam(0.003), 60).withBatchSize(1000).begin(TRAINING);
      run.train();
      double moved = movement(second, network, run);
      double before = accuracyByBatch(network, run.session(), TEST);
      double after = accuracyByBatch(network, run.session(), shifted(TEST));
      System.out.printf(
          "batch norm %s: moments move by %.4f, accuracy %.3f becomes %.3f%n",
          batchNorm, moved, before, after);
      assertTrue(before > 0.85, "accuracy " + before);
      if (batchNorm) {
        assertTrue(moved < 0.01, "moments move by " + moved);
        assertTrue(Math.abs(after - before) < 0.005, before + " becomes " + after);
      } else {
        assertTrue(moved > 0.1, "moments move by " + moved);
        assertTrue(after < before - 0.05, before + " becomes " + after);
      }
    }
  }
}
