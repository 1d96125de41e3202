package dev.lanewise.suite.bits;

import static dev.lanewise.suite.bits.Subject.read;
import static dev.lanewise.suite.bits.Subject.written;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Standardize;
import dev.lanewise.kernels.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The normalisations as {@link Subject}s. */
final class SubjectsOfNorms {
  /** Matrices of a batch with channels first. */
  private static final int SIZE = 2;

  private SubjectsOfNorms() {}

  /** Batch normalisation of a matrix without its more recent forms. */
  static List<Subject> plain(int m, int n) {
    SubjectsOfBatchNorm matrix = SubjectsOfBatchNorm.ofMatrix(m, n);
    return List.of(
        matrix.forward(false, false),
        matrix.forward(false, true),
        matrix.inference(false, false),
        matrix.backward(false, 0),
        matrix.backward(false, 1));
  }

  /** Every other operation once, in and out of place. */
  static List<Subject> all(int m, int n) {
    List<Subject> subjects = new ArrayList<>();
    SubjectsOfBatchNorm matrix = SubjectsOfBatchNorm.ofMatrix(m, n);
    subjects.addAll(matrix.withoutSamples());
    subjects.addAll(matrix.ofSamples());
    subjects.addAll(ofChannels(SubjectsOfBatchNorm.ofChannels(SIZE, m, n)));
    subjects.addAll(SubjectsOfLayers.of(false, m, n).all());
    subjects.addAll(SubjectsOfLayers.of(true, m, n).all());
    subjects.add(standardize(n, null, m / 3, m - m / 3));
    return subjects;
  }

  private static List<Subject> ofChannels(SubjectsOfBatchNorm channels) {
    List<Subject> subjects =
        new ArrayList<>(
            List.of(
                channels.forward(false, false),
                channels.inference(false, false),
                channels.backward(false, 0),
                channels.backward(false, 1)));
    subjects.addAll(channels.withoutSamples());
    subjects.addAll(channels.ofSamples());
    return subjects;
  }

  /** Every operation that takes matrices without columns, of m ≥ 1 rows. */
  static List<Subject> withoutColumns(int m) {
    List<Subject> subjects = new ArrayList<>();
    SubjectsOfBatchNorm matrix = SubjectsOfBatchNorm.ofMatrix(m, 0);
    subjects.addAll(plain(m, 0));
    subjects.addAll(matrix.withoutSamples());
    subjects.addAll(matrix.ofSamples());
    subjects.addAll(withoutSamples(SubjectsOfBatchNorm.ofChannels(SIZE, m, 0)));
    subjects.addAll(SubjectsOfLayers.of(false, m, 0).all());
    subjects.addAll(SubjectsOfLayers.of(true, m, 0).all());
    subjects.add(standardize(0, null, m));
    return subjects;
  }

  /** Every operation that takes matrices without rows, of n ≥ 1 columns. */
  static List<Subject> withoutRows(int n) {
    List<Subject> subjects = new ArrayList<>();
    subjects.addAll(withoutSamples(SubjectsOfBatchNorm.ofMatrix(0, n)));
    subjects.addAll(withoutSamples(SubjectsOfBatchNorm.ofChannels(0, 3, n)));
    subjects.addAll(ofChannels(SubjectsOfBatchNorm.ofChannels(SIZE, 0, n)));
    subjects.addAll(SubjectsOfLayers.of(false, 0, n).all());
    subjects.addAll(SubjectsOfLayers.of(true, 0, n).all());
    return subjects;
  }

  private static List<Subject> withoutSamples(SubjectsOfBatchNorm norm) {
    List<Subject> subjects = new ArrayList<>(List.of(norm.inference(false, false)));
    subjects.addAll(norm.withoutSamples());
    return subjects;
  }

  /** Batches of these sizes, whose rows lie in one matrix, as a training set and applied to it. */
  static Subject standardize(int n, Workers workers, int... sizes) {
    int m = Arrays.stream(sizes).sum();
    return new Subject(
        "standardize %dx%d of %s".formatted(m, n, Arrays.toString(sizes)),
        List.of(read("X", m, n), written("statistics", 1, Moments.FLOATS * n), written("Y", m, n)),
        x -> {
          Standardize standardize = new Standardize(n, Subjects.EPS);
          int from = 0;
          for (int size : sizes) {
            fit(standardize, x[0].rows(from, from + size), workers);
            from += size;
          }
          Moments.of(n, standardize::mean, standardize::variance).store(x[1]);
          if (workers == null) {
            standardize.apply(x[0], x[2]);
          } else {
            standardize.apply(x[0], x[2], workers);
          }
        },
        x -> standardize(new DefinitionOfBatchNorm(), x[0], x[1], x[2]),
        x -> standardize(new StatementOfBatchNorm(Arrangement.ROWS), x[0], x[1], x[2]));
  }

  private static void fit(Standardize standardize, FloatMatrix x, Workers workers) {
    if (workers == null) {
      standardize.fit(x);
    } else {
      standardize.fit(x, workers);
    }
  }

  private static void standardize(
      BatchNormForm form, FloatMatrix x, FloatMatrix statistics, FloatMatrix y) {
    float[] ones = new float[x.columns()];
    Arrays.fill(ones, 1f);
    FloatMatrix gamma = FloatMatrix.of(ones, 1, ones.length);
    FloatMatrix beta = FloatMatrix.zeros(1, ones.length);
    Moments s = form.moments(x);
    s.store(statistics);
    form.normalise(new BatchNormForm.Setting(gamma, beta, Subjects.EPS, false), x, s, y);
  }
}
