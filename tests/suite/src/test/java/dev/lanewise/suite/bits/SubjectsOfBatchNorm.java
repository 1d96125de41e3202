package dev.lanewise.suite.bits;

import static dev.lanewise.suite.bits.Subject.read;
import static dev.lanewise.suite.bits.Subject.written;
import static dev.lanewise.suite.bits.Subjects.place;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Samples;
import dev.lanewise.kernels.Workers;
import dev.lanewise.suite.bits.BatchNormForm.Gradients;
import dev.lanewise.suite.bits.BatchNormForm.Setting;
import java.util.List;

/** Batch normalisation of one shape as {@link Subject}s. */
final class SubjectsOfBatchNorm {
  private final String shape;
  private final int rows;
  private final int columns;
  private final int features;
  private final Arrangement arrangement;
  private final BatchNormForm definition;
  private final BatchNormForm statement;
  private final double eps;
  private final Workers workers;

  private SubjectsOfBatchNorm(
      String shape,
      int rows,
      int columns,
      int features,
      Arrangement arrangement,
      BatchNormForm definition,
      double eps,
      Workers workers) {
    this.shape = shape;
    this.rows = rows;
    this.columns = columns;
    this.features = features;
    this.arrangement = arrangement;
    this.definition = definition;
    this.statement = new StatementOfBatchNorm(arrangement);
    this.eps = eps;
    this.workers = workers;
  }

  /** Of m samples of n features in a matrix. */
  static SubjectsOfBatchNorm ofMatrix(int m, int n) {
    String shape = "%dx%d".formatted(m, n);
    return new SubjectsOfBatchNorm(
        shape, m, n, n, Arrangement.ROWS, new DefinitionOfBatchNorm(), Subjects.EPS, null);
  }

  /** Of channels first: matrices with a row of samples for each channel. */
  static SubjectsOfBatchNorm ofChannels(int size, int channels, int length) {
    String shape = "%dx%dx%d".formatted(size, channels, length);
    return new SubjectsOfBatchNorm(
        shape,
        size * channels,
        length,
        channels,
        new Arrangement.ChannelsFirst(size, channels),
        new DefinitionOfChannels(size, channels),
        Subjects.EPS,
        null);
  }

  /** The same with operations that share their work. */
  SubjectsOfBatchNorm on(Workers workers) {
    return new SubjectsOfBatchNorm(
        shape, rows, columns, features, arrangement, definition, eps, workers);
  }

  /** The same by another eps. */
  SubjectsOfBatchNorm by(double eps) {
    return new SubjectsOfBatchNorm(
        shape, rows, columns, features, arrangement, definition, eps, workers);
  }

  /** What takes no samples too; each once, in and out of place. */
  List<Subject> withoutSamples() {
    return List.of(inference(true, true), inferenceBackward(false, 3), inferenceBackward(true, 0));
  }

  /** What takes samples and follows {@link #withoutSamples()}. */
  List<Subject> ofSamples() {
    return List.of(forward(true, false), forward(true, true), backward(true, 3), statistics());
  }

  private static String relu(boolean relu) {
    return relu ? " relu" : "";
  }

  private Subject.Operand samples(String name, boolean written) {
    return new Subject.Operand(name, rows, columns, written);
  }

  private Subject.Operand perFeature(String name) {
    return read(name, 1, features);
  }

  private Subject.Operand gradient(String name) {
    return written(name, 1, features);
  }

  private Subject.Operand statisticsOperand() {
    return written("statistics", 1, Moments.FLOATS * features);
  }

  private Samples of(FloatMatrix x) {
    return arrangement.of(x);
  }

  private BatchStatistics compute(FloatMatrix x) {
    BatchStatistics s = new BatchStatistics(features);
    if (workers == null) {
      s.compute(of(x));
    } else {
      s.compute(of(x), workers);
    }
    return s;
  }

  Subject statistics() {
    return new Subject(
        "batchStatistics " + shape,
        List.of(samples("X", false), statisticsOperand()),
        x -> Moments.of(compute(x[0])).store(x[1]),
        x -> definition.moments(x[0]).store(x[1]),
        x -> statement.moments(x[0]).store(x[1]));
  }

  Subject forward(boolean relu, boolean inPlace) {
    int y = inPlace ? 0 : 4;
    return new Subject(
        "batchNormForward " + shape + relu(relu) + place(inPlace),
        List.of(
            samples("X", inPlace),
            perFeature("gamma"),
            perFeature("beta"),
            statisticsOperand(),
            samples("Y", true)),
        x -> {
          BatchStatistics s = new BatchStatistics(features);
          BatchNorm norm = new Setting(x[1], x[2], eps, relu).norm();
          if (workers == null) {
            norm.forward(of(x[0]), s, of(x[y]));
          } else {
            norm.forward(of(x[0]), s, of(x[y]), workers);
          }
          Moments.of(s).store(x[3]);
        },
        x -> forward(definition, new Setting(x[1], x[2], eps, relu), x[0], x[3], x[y]),
        x -> forward(statement, new Setting(x[1], x[2], eps, relu), x[0], x[3], x[y]));
  }

  private static void forward(
      BatchNormForm form, Setting setting, FloatMatrix x, FloatMatrix statistics, FloatMatrix y) {
    Moments s = form.moments(x);
    form.normalise(setting, x, s, y);
    s.store(statistics);
  }

  Subject inference(boolean relu, boolean inPlace) {
    int y = inPlace ? 0 : 5;
    return new Subject(
        "batchNormInference " + shape + relu(relu) + place(inPlace),
        List.of(
            samples("X", inPlace),
            perFeature("gamma"),
            perFeature("beta"),
            perFeature("mean"),
            perFeature("variance"),
            samples("Y", true)),
        x -> {
          BatchNorm norm = new Setting(x[1], x[2], eps, relu).norm();
          if (workers == null) {
            norm.inference(of(x[0]), x[3].row(0), x[4].row(0), of(x[y]));
          } else {
            norm.inference(of(x[0]), x[3].row(0), x[4].row(0), of(x[y]), workers);
          }
        },
        x ->
            definition.normalise(
                new Setting(x[1], x[2], eps, relu), x[0], Moments.of(x[3], x[4]), x[y]),
        x ->
            statement.normalise(
                new Setting(x[1], x[2], eps, relu), x[0], Moments.of(x[3], x[4]), x[y]));
  }

  /**
   * The gradient by X goes to the operand of this index: 0 for X, 1 for dY, 3 for its own. Beta is
   * an operand where it matters.
   */
  Subject backward(boolean relu, int to) {
    int beta = relu ? 6 : 2;
    List<Subject.Operand> operands =
        List.of(
            samples("X", to == 0),
            samples("dY", to == 1),
            perFeature("gamma"),
            samples("dX", true),
            gradient("dgamma"),
            gradient("dbeta"),
            perFeature("beta"));
    return new Subject(
        "batchNormBackward " + shape + relu(relu) + " to operand " + to,
        relu ? operands : operands.subList(0, operands.size() - 1),
        x -> {
          BatchStatistics s = compute(x[0]);
          BatchNorm norm = new Setting(x[2], x[beta], eps, relu).norm();
          Samples dx = of(x[to]);
          if (workers == null) {
            norm.backward(of(x[0]), of(x[1]), s, dx, x[4].row(0), x[5].row(0));
          } else {
            norm.backward(of(x[0]), of(x[1]), s, dx, x[4].row(0), x[5].row(0), workers);
          }
        },
        x ->
            definition.backward(
                new Setting(x[2], x[beta], eps, relu),
                false,
                x[0],
                x[1],
                definition.moments(x[0]),
                new Gradients(x[to], x[4], x[5])),
        x ->
            statement.backward(
                new Setting(x[2], x[beta], eps, relu),
                false,
                x[0],
                x[1],
                statement.moments(x[0]),
                new Gradients(x[to], x[4], x[5])));
  }

  /** To the operand of this index: 0 for X, 1 for dY, 3 for its own. */
  Subject inferenceBackward(boolean relu, int to) {
    return new Subject(
        "batchNormInferenceBackward " + shape + relu(relu) + " to operand " + to,
        List.of(
            samples("X", to == 0),
            samples("dY", to == 1),
            perFeature("gamma"),
            samples("dX", true),
            gradient("dgamma"),
            gradient("dbeta"),
            perFeature("beta"),
            perFeature("mean"),
            perFeature("variance")),
        x -> inferenceBackward(new Setting(x[2], x[6], eps, relu).norm(), x, of(x[to])),
        x -> inferenceBackward(definition, new Setting(x[2], x[6], eps, relu), x, x[to]),
        x -> inferenceBackward(statement, new Setting(x[2], x[6], eps, relu), x, x[to]));
  }

  private void inferenceBackward(BatchNorm norm, FloatMatrix[] x, Samples dx) {
    Samples dy = of(x[1]);
    if (workers == null) {
      norm.inferenceBackward(of(x[0]), dy, x[7].row(0), x[8].row(0), dx, x[4].row(0), x[5].row(0));
    } else {
      norm.inferenceBackward(
          of(x[0]), dy, x[7].row(0), x[8].row(0), dx, x[4].row(0), x[5].row(0), workers);
    }
  }

  private static void inferenceBackward(
      BatchNormForm form, Setting setting, FloatMatrix[] x, FloatMatrix dx) {
    Moments s = Moments.of(x[7], x[8]);
    form.backward(setting, true, x[0], x[1], s, new Gradients(dx, x[4], x[5]));
  }
}
