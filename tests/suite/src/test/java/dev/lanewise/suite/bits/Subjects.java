package dev.lanewise.suite.bits;

import static dev.lanewise.suite.bits.Subject.read;
import static dev.lanewise.suite.bits.Subject.written;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Update;
import java.util.ArrayList;
import java.util.List;

/** Every operation as a {@link Subject}. */
public final class Subjects {
  private static final double EPS = 1e-5;

  private Subjects() {}

  /** Every operation once, in and out of place, on m×n or on products of this shape. */
  public static List<Subject> all(int m, int n, int k, long seed) {
    List<Subject> subjects = new ArrayList<>(SubjectsOfRows.all(m, n, seed));
    subjects.addAll(others(m, n, k));
    return subjects;
  }

  private static List<Subject> others(int m, int n, int k) {
    return List.of(
        gemm(m, n, k, 1f, 0f),
        gemm(m, n, k, 0.75f, -0.5f),
        gemm(m, 1, k, 1f, 1f),
        batchNormForward(m, n, false),
        batchNormForward(m, n, true),
        batchNormInference(m, n),
        batchNormBackward(m, n, 0),
        batchNormBackward(m, n, 1),
        gradientDescent(m * n),
        adam(m * n, 3));
  }

  /** Every operation that takes matrices without columns, of m ≥ 1 rows. */
  static List<Subject> withoutColumns(int m) {
    List<Subject> subjects = new ArrayList<>(SubjectsOfRows.withoutColumns(m));
    subjects.addAll(
        List.of(
            gemm(m, 0, 3, 1f, 1f),
            gemm(m, 3, 0, 1f, 0.5f),
            gemm(m, 1, 0, 1f, 0f),
            batchNormForward(m, 0, false),
            batchNormInference(m, 0),
            batchNormBackward(m, 0, 3),
            gradientDescent(0),
            adam(0, 1)));
    return subjects;
  }

  /** Every operation that takes matrices without rows, of n ≥ 1 columns. */
  static List<Subject> withoutRows(int n) {
    List<Subject> subjects = new ArrayList<>(SubjectsOfRows.withoutRows(n));
    subjects.addAll(
        List.of(gemm(0, n, 3, 1f, 1f), gemm(0, n, 0, 1f, 0f), batchNormInference(0, n)));
    return subjects;
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
          new BatchNorm(x[1].row(0), x[2].row(0), EPS).forward(x[0], s, x[y]);
          store(moments(s), x[3]);
        },
        x -> {
          Definition.Moments s = Definition.moments(x[0]);
          Definition.normalise(false, x[0], x[1], x[2], EPS, s, x[y]);
          store(s, x[3]);
        },
        x -> {
          Definition.Moments s = StatementOfColumns.moments(x[0]);
          StatementOfColumns.normalise(false, x[0], x[1], x[2], EPS, s, x[y]);
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
            new BatchNorm(x[1].row(0), x[2].row(0), EPS)
                .inference(x[0], x[3].row(0), x[4].row(0), x[5]),
        x -> Definition.normalise(false, x[0], x[1], x[2], EPS, widen(x[3], x[4]), x[5]),
        x -> StatementOfColumns.normalise(false, x[0], x[1], x[2], EPS, widen(x[3], x[4]), x[5]));
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
          new BatchNorm(x[2].row(0), x[2].row(0), EPS).forward(x[0], s, y);
          new BatchNorm(x[2].row(0), x[2].row(0), EPS)
              .backward(x[0], x[1], s, x[to], x[4].row(0), x[5].row(0));
        },
        x ->
            Definition.batchNormBackward(
                false,
                false,
                x[0],
                x[1],
                x[2],
                x[2],
                EPS,
                Definition.moments(x[0]),
                x[to],
                x[4],
                x[5]),
        x -> {
          Definition.Moments s = StatementOfColumns.moments(x[0]);
          StatementOfColumns.batchNormBackward(
              false, false, x[0], x[1], x[2], x[2], EPS, s, x[to], x[4], x[5]);
        });
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

  static String place(boolean inPlace) {
    return inPlace ? " in place" : "";
  }
}
