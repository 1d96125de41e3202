package dev.lanewise.bench.example;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Philox;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Update;
import dev.lanewise.testkit.Checksum;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Trains a digit classifier on the kernels alone, as the author of an engine would use them:
 * 64-128-128-10, batch norm and ReLU in both hidden layers, softmax, Adam, mini-batches of 64.
 *
 * <p>Parameters and gradients are one flat array each with views into it, so that Adam is one call.
 */
public final class DigitsExample {
  private static final int HIDDEN = 128;
  private static final int BATCH = 64;
  private static final int EPOCHS = 30;
  private static final double EPS = 1e-5;
  private static final double RATE = 0.003;
  private static final double DECAY = 0.2;
  private static final int SIZE =
      Hidden.size(Digits.PIXELS) + Hidden.size(HIDDEN) + (HIDDEN + 1) * Digits.CLASSES;

  private static final int SHUFFLE = 100;

  private final long seed;
  private final Flat parameters = new Flat(new float[SIZE], new float[SIZE]);
  private final FloatSpan first = FloatSpan.zeros(SIZE);
  private final FloatSpan second = FloatSpan.zeros(SIZE);
  private final Hidden hidden1;
  private final Hidden hidden2;
  private final FloatMatrix w;
  private final FloatMatrix dw;
  private final FloatSpan bias;
  private final FloatSpan dbias;
  private final FloatMatrix logits = FloatMatrix.zeros(BATCH, Digits.CLASSES);
  private final FloatMatrix slopes = FloatMatrix.zeros(BATCH, HIDDEN);
  private final FloatMatrix slopes2 = FloatMatrix.zeros(BATCH, HIDDEN);
  private long step;

  private DigitsExample(long seed) {
    this.seed = seed;
    hidden1 = new Hidden(parameters, Digits.PIXELS, seed, 1);
    hidden2 = new Hidden(parameters, HIDDEN, seed, 2);
    w = parameters.matrix(HIDDEN, Digits.CLASSES);
    dw = parameters.gradient(w);
    initialise(w, seed, 3);
    bias = parameters.span(Digits.CLASSES);
    dbias = parameters.gradient(bias);
  }

  /** What a training run ends with. */
  public record Result(double accuracy, int checksum) {}

  /** Trains on generated digits and, where a folder with the UCI digits is given, on those. */
  public static void run(Path folder, PrintStream out) throws IOException {
    out.println("Generated digits");
    train(StrokeDigits.draw(1, 0, 4000), StrokeDigits.draw(1, 4000, 2000), 1, EPOCHS, out);
    if (folder == null) {
      out.println("For the UCI digits: -Dlanewise.data=DIR with optdigits-train.csv and -test.csv");
      return;
    }
    out.println("UCI digits in " + folder);
    Digits training = DigitsCsv.read(folder.resolve("optdigits-train.csv"));
    train(training, DigitsCsv.read(folder.resolve("optdigits-test.csv")), 1, EPOCHS, out);
  }

  /**
   * Trains for some epochs, prints the loss of each, then accuracy on the test set and checksum.
   */
  public static Result train(Digits training, Digits test, long seed, int epochs, PrintStream out) {
    DigitsExample network = new DigitsExample(seed);
    Normaliser normaliser = new Normaliser(training.images());
    FloatMatrix inputs = normaliser.apply(training.images());
    for (int epoch = 0; epoch < epochs; epoch++) {
      double rate = RATE / (1 + DECAY * epoch);
      out.printf("epoch %2d  loss %.5f%n", epoch + 1, network.epoch(inputs, training, epoch, rate));
    }
    double accuracy = network.accuracy(normaliser.apply(test.images()), test.labels());
    int checksum = Checksum.of(network.parameters.values);
    out.printf("test accuracy: %.2f %%%n", 100 * accuracy);
    out.printf("checksum of the weights: %s%n", Checksum.hex(checksum));
    return new Result(accuracy, checksum);
  }

  private double epoch(FloatMatrix inputs, Digits digits, int epoch, double rate) {
    int[] order = shuffled(digits.count(), epoch);
    FloatMatrix batch = FloatMatrix.zeros(BATCH, Digits.PIXELS);
    int[] labels = new int[BATCH];
    double loss = 0;
    for (int start = 0; start < order.length; start += BATCH) {
      int m = Math.min(BATCH, order.length - start);
      for (int i = 0; i < m; i++) {
        int from = order[start + i];
        System.arraycopy(
            inputs.array(), from * Digits.PIXELS, batch.array(), i * Digits.PIXELS, Digits.PIXELS);
        labels[i] = digits.labels()[from];
      }
      loss += m * trainBatch(batch.rows(0, m), Labels.of(labels, 0, m), rate);
    }
    return loss / order.length;
  }

  private float trainBatch(FloatMatrix x, Labels labels, double rate) {
    int m = x.rows();
    FloatMatrix z = forward(x, true);
    FloatMatrix h = hidden2.output.rows(0, m);
    FloatMatrix d = slopes.rows(0, m);
    FloatMatrix d2 = slopes2.rows(0, m);
    float loss = CrossEntropy.lossAndGradient(z, labels, z); // z now holds dJ/dz
    Gemm.gemm(1, h.transpose(), z, 0, dw);
    Reduce.columnSums(z, dbias);
    Gemm.gemm(1, z, w.transpose(), 0, d2);
    hidden2.backward(hidden1.output.rows(0, m), d2);
    Gemm.gemm(1, d2, hidden2.w.transpose(), 0, d);
    hidden1.backward(x, d);
    Update.adam(
        parameters.all(), parameters.allGradients(), first, second, ++step, rate, 0.9, 0.999, 1e-8);
    return loss;
  }

  private FloatMatrix forward(FloatMatrix x, boolean training) {
    FloatMatrix h = hidden2.forward(hidden1.forward(x, training), training);
    FloatMatrix z = logits.rows(0, x.rows());
    for (int i = 0; i < z.rows(); i++) {
      System.arraycopy(bias.array(), bias.offset(), z.array(), i * Digits.CLASSES, Digits.CLASSES);
    }
    Gemm.gemm(1, h, w, 1, z);
    return z;
  }

  private double accuracy(FloatMatrix inputs, int[] labels) {
    int right = 0;
    for (int start = 0; start < labels.length; start += BATCH) {
      int m = Math.min(BATCH, labels.length - start);
      FloatMatrix z = forward(inputs.rows(start, start + m), false);
      for (int i = 0; i < m; i++) {
        int best = 0;
        for (int c = 1; c < Digits.CLASSES; c++) {
          best = z.get(i, c) > z.get(i, best) ? c : best;
        }
        right += best == labels[start + i] ? 1 : 0;
      }
    }
    return (double) right / labels.length;
  }

  private int[] shuffled(int count, int epoch) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = Philox.below(seed, SHUFFLE, epoch, i, i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Normal with variance 2 / inputs (K. He et al., Delving deep into rectifiers, 2015). */
  private static void initialise(FloatMatrix w, long seed, int purpose) {
    float deviation = (float) Math.sqrt(2.0 / w.rows());
    for (int i = 0; i < w.rows(); i++) {
      for (int j = 0; j < w.columns(); j++) {
        w.set(i, j, deviation * Philox.normal(seed, purpose, 0, (long) i * w.columns() + j));
      }
    }
  }

  /** Parameters and their gradients as two flat arrays, handed out from front to back. */
  private static final class Flat {
    final float[] values;
    final float[] gradients;
    private int used;

    Flat(float[] values, float[] gradients) {
      this.values = values;
      this.gradients = gradients;
    }

    FloatMatrix matrix(int rows, int columns) {
      used += rows * columns;
      return FloatMatrix.of(values, used - rows * columns, rows, columns, columns, 1);
    }

    FloatSpan span(int length) {
      used += length;
      return FloatSpan.of(values, used - length, length);
    }

    FloatMatrix gradient(FloatMatrix w) {
      return FloatMatrix.of(gradients, w.offset(), w.rows(), w.columns(), w.rowStride(), 1);
    }

    FloatSpan gradient(FloatSpan b) {
      return FloatSpan.of(gradients, b.offset(), b.length());
    }

    FloatSpan all() {
      return FloatSpan.of(values);
    }

    FloatSpan allGradients() {
      return FloatSpan.of(gradients);
    }
  }

  /** Dense without bias, batch norm, ReLU. */
  private static final class Hidden {
    final FloatMatrix w;
    final FloatMatrix output = FloatMatrix.zeros(BATCH, HIDDEN);
    private final FloatMatrix dw;
    private final FloatSpan gamma;
    private final FloatSpan beta;
    private final FloatSpan dgamma;
    private final FloatSpan dbeta;
    private final FloatMatrix z = FloatMatrix.zeros(BATCH, HIDDEN);
    private final BatchStatistics statistics = new BatchStatistics(HIDDEN);
    private final FloatSpan runningMean = FloatSpan.zeros(HIDDEN);
    private final FloatSpan runningVariance = FloatSpan.zeros(HIDDEN);

    Hidden(Flat parameters, int inputs, long seed, int purpose) {
      w = parameters.matrix(inputs, HIDDEN);
      gamma = parameters.span(HIDDEN);
      beta = parameters.span(HIDDEN);
      dw = parameters.gradient(w);
      dgamma = parameters.gradient(gamma);
      dbeta = parameters.gradient(beta);
      initialise(w, seed, purpose);
      for (int j = 0; j < HIDDEN; j++) {
        gamma.set(j, 1);
        runningVariance.set(j, 1);
      }
    }

    static int size(int inputs) {
      return (inputs + 2) * HIDDEN;
    }

    FloatMatrix forward(FloatMatrix x, boolean training) {
      FloatMatrix zs = z.rows(0, x.rows());
      FloatMatrix h = output.rows(0, x.rows());
      Gemm.gemm(1, x, w, 0, zs);
      if (training) {
        BatchNorm.forward(zs, gamma, beta, EPS, statistics, h);
        statistics.updateRunning(
            runningMean, runningVariance, 0.1, BatchStatistics.Variance.UNBIASED);
      } else {
        BatchNorm.inference(zs, gamma, beta, runningMean, runningVariance, EPS, h);
      }
      Activation.relu(h, h);
      return h;
    }

    /** Takes dJ/d(output) in d and leaves dJ/dz there, and the gradients in their places. */
    void backward(FloatMatrix x, FloatMatrix d) {
      int m = x.rows();
      Activation.reluBackward(output.rows(0, m), d, d);
      BatchNorm.backward(z.rows(0, m), d, gamma, EPS, statistics, d, dgamma, dbeta);
      Gemm.gemm(1, x.transpose(), d, 0, dw);
    }
  }

  /** (x - mean) / sqrt(variance + eps) with the training set's statistics. */
  private static final class Normaliser {
    /**
     * In units of a pixel's value squared: a pixel that is hardly ever inked must not be blown up.
     */
    private static final double INPUT_EPS = 1;

    private final FloatSpan mean = FloatSpan.zeros(Digits.PIXELS);
    private final FloatSpan variance = FloatSpan.zeros(Digits.PIXELS);
    private final FloatSpan ones = FloatSpan.zeros(Digits.PIXELS);
    private final FloatSpan zeros = FloatSpan.zeros(Digits.PIXELS);

    Normaliser(FloatMatrix x) {
      BatchStatistics statistics = new BatchStatistics(Digits.PIXELS);
      for (int j = 0; j < Digits.PIXELS; j++) {
        ones.set(j, 1);
      }
      FloatMatrix y = FloatMatrix.zeros(x.rows(), x.columns());
      BatchNorm.forward(x, ones, zeros, INPUT_EPS, statistics, y);
      statistics.updateRunning(mean, variance, 1, BatchStatistics.Variance.BIASED);
    }

    FloatMatrix apply(FloatMatrix x) {
      FloatMatrix y = FloatMatrix.zeros(x.rows(), x.columns());
      BatchNorm.inference(x, ones, zeros, mean, variance, INPUT_EPS, y);
      return y;
    }
  }
}
