package dev.lanewise.suite.learn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.bench.example.Digits;
import dev.lanewise.bench.example.StrokeDigits;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Workers;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.layer.Layers;
import dev.lanewise.learn.layer.Sequential;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.optim.Schedule;
import dev.lanewise.learn.train.InputNormalisation;
import dev.lanewise.learn.train.Network;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.train.TrainingRun;
import dev.lanewise.testkit.Checksum;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Training by the graph ends with the same bits whatever runs it: these constants hold in every
 * fork, at every width, in scalar code, interpreted and compiled, on any number of threads.
 */
@Tag("bits")
class TrainingBitsTest {
  private static final int SAMPLES = 150;

  private static Dataset digits() {
    Digits digits = StrokeDigits.draw(1, 0, SAMPLES);
    Dataset data =
        new Dataset(
            digits.images(),
            Labels.of(digits.labels()),
            IntStream.range(0, Digits.CLASSES).mapToObj(Integer::toString).toList());
    return InputNormalisation.of(data.inputs(), 1).apply(data);
  }

  private static Network network() {
    return Network.of(
        Digits.PIXELS,
        Sequential.of(
            Layers.denseWithoutBias(32),
            Layers.batchNorm(),
            Layers.relu(),
            Layers.dropout(0.1),
            Layers.dense(24),
            Layers.relu(),
            Layers.layerNorm(),
            Layers.dense(Digits.CLASSES)));
  }

  private static String checksum(String optimizer, int shards, int threads) throws IOException {
    Optimizer rule =
        switch (optimizer) {
          case "momentum" -> Optimizer.momentum(0.01);
          case "rmsProp" -> Optimizer.rmsProp(0.001);
          default -> Optimizer.adamW(0.003, 0.01).clippedTo(1);
        };
    try (Workers workers = Workers.of(threads)) {
      TrainingRun run =
          Trainer.of(network(), rule, 2)
              .withSchedule(Schedule.cosine(2).warmedUp(0.5))
              .withShards(shards)
              .withSeed(1)
              .withWorkers(workers)
              .begin(digits());
      run.train();
      int sum = 0;
      for (FloatMatrix tensor : run.session().tensors().values()) {
        float[] elements = new float[tensor.rows() * tensor.columns()];
        System.arraycopy(tensor.array(), tensor.offset(), elements, 0, elements.length);
        sum = 31 * sum + Checksum.of(elements);
      }
      return Checksum.hex(sum);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "momentum, 1, ddc9605b",
    "rmsProp, 1, deeab63d",
    "adamW, 1, c2d57adc",
    "adamW, 3, a64ee29a",
  })
  void everyMachineTrainsToTheseBits(String optimizer, int shards, String expected)
      throws IOException {
    assertEquals(expected, checksum(optimizer, shards, 1));
    assertEquals(expected, checksum(optimizer, shards, 3));
  }
}
