import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Lanes;
import dev.lanewise.kernels.Philox;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.train.TrainingRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;

/** What a user's program may be: it multiplies, trains, and prints a checksum of each result. */
public class Example {
  public static void main(String[] arguments) throws IOException {
    System.out.println(Lanes.describe());
    System.out.printf("product %08x%n", product());
    System.out.printf("training %08x%n", training());
  }

  /** Of whole numbers, so that the script knows the result by arithmetic of its own. */
  private static long product() {
    FloatMatrix a = FloatMatrix.zeros(40, 60);
    FloatMatrix b = FloatMatrix.zeros(60, 50);
    FloatMatrix c = FloatMatrix.zeros(40, 50);
    for (int p = 0; p < 60; p++) {
      for (int i = 0; i < 40; i++) {
        a.set(i, p, (3 * i + 5 * p) % 7 - 3);
      }
      for (int j = 0; j < 50; j++) {
        b.set(p, j, (2 * p + 3 * j) % 11 - 5);
      }
    }
    Gemm.gemm(1, a, b, 0, c);
    return checksum(c.array());
  }

  private static long training() throws IOException {
    FloatMatrix inputs = FloatMatrix.zeros(200, 8);
    int[] labels = new int[200];
    for (int i = 0; i < 200; i++) {
      for (int j = 0; j < 8; j++) {
        inputs.set(i, j, Philox.normal(1, 1, i, j));
      }
      labels[i] = inputs.get(i, 0) > inputs.get(i, 1) ? 1 : 0;
    }
    Dataset data = new Dataset(inputs, Labels.of(labels), List.of("not above", "above"));
    TrainingRun run =
        Trainer.of(
                new MultilayerPerceptron(8, List.of(32), 2, 0.1).network(), Optimizer.adam(0.01), 5)
            .withSeed(1)
            .begin(data);
    run.train();
    FloatSpan variables = run.session().variables();
    return checksum(variables.array());
  }

  /** CRC-32C of the elements as little-endian bytes. */
  private static long checksum(float[] elements) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * elements.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(elements);
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }
}
