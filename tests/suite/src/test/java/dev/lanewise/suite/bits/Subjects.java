package dev.lanewise.suite.bits;

import static dev.lanewise.suite.bits.Subject.read;
import static dev.lanewise.suite.bits.Subject.written;

import dev.lanewise.kernels.Gemm;
import java.util.ArrayList;
import java.util.List;

/** Every operation as a {@link Subject}. */
public final class Subjects {
  /** What keeps divisors from 0. */
  static final double EPS = 1e-5;

  private Subjects() {}

  /** Every operation once, in and out of place, on m×n or on products of this shape. */
  public static List<Subject> all(int m, int n, int k, long seed) {
    List<Subject> subjects = new ArrayList<>(SubjectsOfRows.all(m, n, seed));
    subjects.addAll(others(m, n, k));
    return subjects;
  }

  private static List<Subject> others(int m, int n, int k) {
    List<Subject> subjects =
        new ArrayList<>(
            List.of(gemm(m, n, k, 1f, 0f), gemm(m, n, k, 0.75f, -0.5f), gemm(m, 1, k, 1f, 1f)));
    subjects.addAll(SubjectsOfNorms.plain(m, n));
    subjects.add(SubjectsOfUpdates.of(m * n).gradientDescent());
    subjects.add(SubjectsOfUpdates.of(m * n).adam(3));
    subjects.addAll(SubjectsOfNorms.all(m, n));
    subjects.addAll(SubjectsOfUpdates.of(m * n).others());
    subjects.addAll(SubjectsOfElements.of(m, n).all());
    return subjects;
  }

  /** Every operation that takes matrices without columns, of m ≥ 1 rows. */
  static List<Subject> withoutColumns(int m) {
    List<Subject> subjects = new ArrayList<>(SubjectsOfRows.withoutColumns(m));
    subjects.addAll(List.of(gemm(m, 0, 3, 1f, 1f), gemm(m, 3, 0, 1f, 0.5f), gemm(m, 1, 0, 1f, 0f)));
    subjects.addAll(SubjectsOfUpdates.of(0).all());
    subjects.addAll(SubjectsOfNorms.withoutColumns(m));
    subjects.addAll(SubjectsOfElements.of(m, 0).all());
    return subjects;
  }

  /** Every operation that takes matrices without rows, of n ≥ 1 columns. */
  static List<Subject> withoutRows(int n) {
    List<Subject> subjects = new ArrayList<>(SubjectsOfRows.withoutRows(n));
    subjects.addAll(List.of(gemm(0, n, 3, 1f, 1f), gemm(0, n, 0, 1f, 0f)));
    subjects.addAll(SubjectsOfNorms.withoutRows(n));
    subjects.addAll(SubjectsOfElements.of(0, n).all());
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

  static String place(boolean inPlace) {
    return inPlace ? " in place" : "";
  }
}
