package dev.lanewise.suite.bits;

import static dev.lanewise.suite.bits.Subject.read;
import static dev.lanewise.suite.bits.Subject.written;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.kernels.Update;
import dev.lanewise.testkit.operand.Mix;
import java.util.List;

/** Every operation as a {@link Subject}. */
public final class Subjects {
  private static final double EPS = 1e-5;

  private Subjects() {}

  /** Every operation once, in and out of place, on m×n or on products of this shape. */
  public static List<Subject> all(int m, int n, int k, long seed) {
    return List.of(
        gemm(m, n, k, 1f, 0f),
        gemm(m, n, k, 0.75f, -0.5f),
        gemm(m, 1, k, 1f, 1f),
        batchNormForward(m, n, false),
        batchNormForward(m, n, true),
        batchNormInference(m, n),
        batchNormBackward(m, n, 0),
        batchNormBackward(m, n, 1),
        softmax(m, n, false),
        softmax(m, n, true),
        softmaxBackward(m, n, 0),
        crossEntropy(m, n, seed),
        crossEntropyGradient(m, n, seed, false),
        crossEntropyGradient(m, n, seed, true),
        relu(m, n, false),
        reluBackward(m, n, 1),
        columnSums(m, n),
        gradientDescent(m * n),
        adam(m * n, 3));
  }

  /** Every operation that takes matrices without columns, of m ≥ 1 rows. */
  static List<Subject> withoutColumns(int m) {
    return List.of(
        gemm(m, 0, 3, 1f, 1f),
        gemm(m, 3, 0, 1f, 0.5f),
        gemm(m, 1, 0, 1f, 0f),
        batchNormForward(m, 0, false),
        batchNormInference(m, 0),
        batchNormBackward(m, 0, 3),
        softmax(m, 0, false),
        softmaxBackward(m, 0, 2),
        relu(m, 0, false),
        reluBackward(m, 0, 2),
        columnSums(m, 0),
        gradientDescent(0),
        adam(0, 1));
  }

  /** Every operation that takes matrices without rows, of n ≥ 1 columns. */
  static List<Subject> withoutRows(int n) {
    return List.of(
        gemm(0, n, 3, 1f, 1f),
        gemm(0, n, 0, 1f, 0f),
        batchNormInference(0, n),
        softmax(0, n, false),
        softmaxBackward(0, n, 2),
        crossEntropy(0, n, 1),
        crossEntropyGradient(0, n, 1, false),
        relu(0, n, false),
        reluBackward(0, n, 2),
        columnSums(0, n));
  }

  static Subject gemm(int m, int n, int k, float alpha, float beta) {
    return new Subject(
        "gemm %dx%dx%d alpha=%s beta=%s".formatted(m, n, k, alpha, beta),
        List.of(read("A", m, k), read("B", k, n), written("C", m, n)),
        x -> Gemm.gemm(alpha, x[0], x[1], beta, x[2]),
        x -> Definition.gemm(alpha, x[0], x[1], beta, x[2]),
        x -> Statement.gemm(alpha, x[0], x[1], beta, x[2]));
  }

  static Subject batchNormForward(int m, int n, boolean inPlace) {
    int y = inPlace ? 0 : 4;
    return new Subject(
        "batchNormForward %dx%d%s".formatted(m, n, place(inPlace)),
        List.of(
            inPlace ? written("X", m, n) : read("X", m, n),
            read("gamma", 1, n),
            read("beta", 1, n),
            written("statistics", 1, 8 * n),
            written("Y", m, n)),
        x -> {
          BatchStatistics s = new BatchStatistics(n);
          BatchNorm.forward(x[0], x[1].row(0), x[2].row(0), EPS, s, x[y]);
          store(moments(s), x[3]);
        },
        x -> {
          Definition.Moments s = Definition.moments(x[0]);
          Definition.normalise(x[0], x[1], x[2], EPS, s, x[y]);
          store(s, x[3]);
        },
        x -> {
          Definition.Moments s = StatementOfColumns.moments(x[0]);
          StatementOfColumns.normalise(x[0], x[1], x[2], EPS, s, x[y]);
          store(s, x[3]);
        });
  }

  private static Definition.Moments moments(BatchStatistics s) {
    double[] mean = new double[s.features()];
    double[] variance = new double[s.features()];
    for (int j = 0; j < mean.length; j++) {
      mean[j] = s.mean(j);
      variance[j] = s.variance(j);
    }
    return new Definition.Moments(mean, variance);
  }

  private static void store(Definition.Moments s, FloatMatrix to) {
    for (int j = 0; j < s.mean().length; j++) {
      store(s.mean()[j], to, 8 * j);
      store(s.variance()[j], to, 8 * j + 4);
    }
  }

  /** The bits of a double as four floats that hold 16 of them each. */
  private static void store(double value, FloatMatrix to, int column) {
    long bits = Double.doubleToLongBits(value);
    for (int part = 0; part < 4; part++) {
      to.set(0, column + part, (float) ((bits >>> (16 * part)) & 0xffff));
    }
  }

  static Subject batchNormInference(int m, int n) {
    return new Subject(
        "batchNormInference %dx%d".formatted(m, n),
        List.of(
            read("X", m, n),
            read("gamma", 1, n),
            read("beta", 1, n),
            read("mean", 1, n),
            read("variance", 1, n),
            written("Y", m, n)),
        x ->
            BatchNorm.inference(
                x[0], x[1].row(0), x[2].row(0), x[3].row(0), x[4].row(0), EPS, x[5]),
        x -> Definition.normalise(x[0], x[1], x[2], EPS, widen(x[3], x[4]), x[5]),
        x -> StatementOfColumns.normalise(x[0], x[1], x[2], EPS, widen(x[3], x[4]), x[5]));
  }

  private static Definition.Moments widen(FloatMatrix mean, FloatMatrix variance) {
    int n = mean.columns();
    Definition.Moments moments = new Definition.Moments(new double[n], new double[n]);
    for (int j = 0; j < n; j++) {
      moments.mean()[j] = mean.get(0, j);
      moments.variance()[j] = variance.get(0, j);
    }
    return moments;
  }

  /** The gradient by X goes to the operand of this index: 0 for X, 1 for dY, 3 for its own. */
  static Subject batchNormBackward(int m, int n, int to) {
    return new Subject(
        "batchNormBackward %dx%d to operand %d".formatted(m, n, to),
        List.of(
            to == 0 ? written("X", m, n) : read("X", m, n),
            to == 1 ? written("dY", m, n) : read("dY", m, n),
            read("gamma", 1, n),
            written("dX", m, n),
            written("dgamma", 1, n),
            written("dbeta", 1, n)),
        x -> {
          BatchStatistics s = new BatchStatistics(n);
          FloatMatrix y = FloatMatrix.zeros(m, n);
          BatchNorm.forward(x[0], x[2].row(0), x[2].row(0), EPS, s, y);
          BatchNorm.backward(x[0], x[1], x[2].row(0), EPS, s, x[to], x[4].row(0), x[5].row(0));
        },
        x ->
            Definition.batchNormBackward(
                x[0], x[1], x[2], EPS, Definition.moments(x[0]), x[to], x[4], x[5]),
        x -> {
          Definition.Moments s = StatementOfColumns.moments(x[0]);
          StatementOfColumns.batchNormBackward(x[0], x[1], x[2], EPS, s, x[to], x[4], x[5]);
        });
  }

  static Subject softmax(int m, int n, boolean inPlace) {
    int y = inPlace ? 0 : 1;
    return new Subject(
        "softmax %dx%d%s".formatted(m, n, place(inPlace)),
        List.of(inPlace ? written("X", m, n) : read("X", m, n), written("Y", m, n)),
        x -> Softmax.forward(x[0], x[y]),
        x -> Definition.softmax(x[0], x[y]),
        x -> Statement.softmax(x[0], x[y]));
  }

  /** The gradient goes to the operand of this index: 0 for Y, 1 for dY, 2 for its own. */
  static Subject softmaxBackward(int m, int n, int to) {
    return new Subject(
        "softmaxBackward %dx%d to operand %d".formatted(m, n, to),
        gradientOperands("Y", m, n, to),
        x -> Softmax.backward(x[0], x[1], x[to]),
        x -> Definition.softmaxBackward(x[0], x[1], x[to]),
        x -> Statement.softmaxBackward(x[0], x[1], x[to]));
  }

  private static List<Subject.Operand> gradientOperands(String first, int m, int n, int to) {
    return List.of(
        to == 0 ? written(first, m, n) : read(first, m, n),
        to == 1 ? written("dY", m, n) : read("dY", m, n),
        written("dX", m, n));
  }

  static Subject crossEntropy(int m, int n, long seed) {
    Labels labels = labels(m, n, seed);
    return new Subject(
        "crossEntropy %dx%d".formatted(m, n),
        List.of(read("X", m, n), written("loss", 1, 1)),
        x -> x[1].set(0, 0, CrossEntropy.loss(x[0], labels)),
        x -> x[1].set(0, 0, Definition.loss(x[0], labels)),
        x -> x[1].set(0, 0, Statement.loss(x[0], labels)));
  }

  static Subject crossEntropyGradient(int m, int n, long seed, boolean inPlace) {
    Labels labels = labels(m, n, seed);
    int dx = inPlace ? 0 : 2;
    return new Subject(
        "crossEntropyGradient %dx%d%s".formatted(m, n, place(inPlace)),
        List.of(
            inPlace ? written("X", m, n) : read("X", m, n),
            written("loss", 1, 1),
            written("dX", m, n)),
        x -> x[1].set(0, 0, CrossEntropy.lossAndGradient(x[0], labels, x[dx])),
        x -> x[1].set(0, 0, Definition.lossAndGradient(x[0], labels, x[dx])),
        x -> x[1].set(0, 0, Statement.lossAndGradient(x[0], labels, x[dx])));
  }

  static Subject relu(int m, int n, boolean inPlace) {
    int y = inPlace ? 0 : 1;
    return new Subject(
        "relu %dx%d%s".formatted(m, n, place(inPlace)),
        List.of(inPlace ? written("X", m, n) : read("X", m, n), written("Y", m, n)),
        x -> Activation.relu(x[0], x[y]),
        x -> Definition.relu(x[0], x[y]),
        x -> Statement.relu(x[0], x[y]));
  }

  /** The gradient goes to the operand of this index: 0 for X, 1 for dY, 2 for its own. */
  static Subject reluBackward(int m, int n, int to) {
    return new Subject(
        "reluBackward %dx%d to operand %d".formatted(m, n, to),
        gradientOperands("X", m, n, to),
        x -> Activation.reluBackward(x[0], x[1], x[to]),
        x -> Definition.reluBackward(x[0], x[1], x[to]),
        x -> Statement.reluBackward(x[0], x[1], x[to]));
  }

  static Subject columnSums(int m, int n) {
    return new Subject(
        "columnSums %dx%d".formatted(m, n),
        List.of(read("X", m, n), written("sums", 1, n)),
        x -> Reduce.columnSums(x[0], x[1].row(0)),
        x -> Definition.columnSums(x[0], x[1]),
        x -> StatementOfColumns.columnSums(x[0], x[1]));
  }

  static Subject gradientDescent(int n) {
    float rate = 0.1f;
    return new Subject(
        "gradientDescent " + n,
        List.of(written("parameters", 1, n), read("gradient", 1, n)),
        x -> Update.gradientDescent(x[0].row(0), x[1].row(0), rate),
        x -> Definition.gradientDescent(x[0], x[1], rate),
        x -> Statement.gradientDescent(x[0], x[1], rate));
  }

  static Subject adam(int n, long step) {
    Statement.Adam adam = new Statement.Adam(step, 0.001, 0.9, 0.999, 1e-8);
    return new Subject(
        "adam %d step=%d".formatted(n, step),
        List.of(
            written("parameters", 1, n),
            read("gradient", 1, n),
            written("first moment", 1, n),
            written("second moment", 1, n)),
        x ->
            Update.adam(
                x[0].row(0),
                x[1].row(0),
                x[2].row(0),
                x[3].row(0),
                adam.step(),
                adam.rate(),
                adam.beta1(),
                adam.beta2(),
                adam.eps()),
        x -> Definition.adam(x[0], x[1], x[2], x[3], adam),
        x -> Statement.adam(x[0], x[1], x[2], x[3], adam));
  }

  private static String place(boolean inPlace) {
    return inPlace ? " in place" : "";
  }

  /** Labels with one more at either end of their array. */
  private static Labels labels(int m, int n, long seed) {
    int[] labels = new int[m + 2];
    System.arraycopy(new Mix(seed).labels(m, n), 0, labels, 1, m);
    return Labels.of(labels, 1, m);
  }
}
