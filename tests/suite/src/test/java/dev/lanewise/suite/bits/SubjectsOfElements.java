package dev.lanewise.suite.bits;

import static dev.lanewise.suite.bits.Subject.read;
import static dev.lanewise.suite.bits.Subject.written;
import static dev.lanewise.suite.bits.Subjects.place;

import dev.lanewise.kernels.Arithmetic;
import dev.lanewise.kernels.Dropout;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Philox;
import dev.lanewise.kernels.Workers;
import dev.lanewise.kernels.internal.scalar.ScalarArithmetic;
import java.util.ArrayList;
import java.util.List;

/**
 * Arithmetic and dropout of m×n matrices as {@link Subject}s.
 *
 * @param workers the threads, or null for a call without
 */
record SubjectsOfElements(int m, int n, Workers workers) {
  private static final int PURPOSE = 3;
  private static final int STEP = -7;

  /** What an operand of arithmetic repeats. */
  enum Repeated {
    /** Nothing. */
    NOTHING,
    /** A row. */
    ROW,
    /** A column. */
    COLUMN,
    /** A number. */
    NUMBER;

    private int rows(int m) {
      return this == ROW || this == NUMBER ? 1 : m;
    }

    private int columns(int n) {
      return this == COLUMN || this == NUMBER ? 1 : n;
    }

    /** What element (i, j) is. */
    private float at(FloatMatrix x, int i, int j) {
      return x.get(this == ROW || this == NUMBER ? 0 : i, this == COLUMN || this == NUMBER ? 0 : j);
    }
  }

  static SubjectsOfElements of(int m, int n) {
    return new SubjectsOfElements(m, n, null);
  }

  SubjectsOfElements on(Workers workers) {
    return new SubjectsOfElements(m, n, workers);
  }

  /** Each function and each kind of operand on either side, and dropout, in and out of place. */
  List<Subject> all() {
    List<Subject> subjects = new ArrayList<>();
    for (BinaryFunction f : BinaryFunction.values()) {
      subjects.add(arithmetic(f, Repeated.NOTHING, Repeated.values()[f.ordinal()], 2));
      subjects.add(arithmetic(f, Repeated.values()[3 - f.ordinal()], Repeated.NOTHING, 1));
    }
    subjects.add(dropout(0.25, 5, false));
    subjects.add(dropout(0.9, 6, true));
    return subjects;
  }

  /** The result goes to the operand of this index: 0 for A, 1 for B, 2 for its own. */
  Subject arithmetic(BinaryFunction f, Repeated a, Repeated b, int to) {
    boolean toA = to == 0 && a == Repeated.NOTHING;
    boolean toB = to == 1 && b == Repeated.NOTHING;
    int c = toA ? 0 : toB ? 1 : 2;
    return new Subject(
        "%s %dx%d of %s and %s to operand %d".formatted(f, m, n, a, b, c),
        List.of(
            new Subject.Operand("A", a.rows(m), a.columns(n), toA),
            new Subject.Operand("B", b.rows(m), b.columns(n), toB),
            written("C", m, n)),
        x -> run(f, x[0].broadcast(m, n), x[1].broadcast(m, n), x[c]),
        x -> define(f, x[0].broadcast(m, n), x[1].broadcast(m, n), x[c]),
        x -> {
          for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
              x[c].set(i, j, state(f, a.at(x[0], i, j), b.at(x[1], i, j)));
            }
          }
        });
  }

  /** f(x, x). */
  Subject ofOneMatrix(BinaryFunction f, boolean inPlace) {
    int c = inPlace ? 0 : 1;
    return new Subject(
        "%s %dx%d of a matrix and itself%s".formatted(f, m, n, place(inPlace)),
        List.of(inPlace ? written("X", m, n) : read("X", m, n), written("C", m, n)),
        x -> run(f, x[0], x[0], x[c]),
        x -> define(f, x[0], x[0], x[c]),
        x -> {
          for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
              x[c].set(i, j, state(f, x[0].get(i, j), x[0].get(i, j)));
            }
          }
        });
  }

  private void run(BinaryFunction f, FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    if (workers == null) {
      switch (f) {
        case ADD -> Arithmetic.add(a, b, c);
        case SUBTRACT -> Arithmetic.subtract(a, b, c);
        case MULTIPLY -> Arithmetic.multiply(a, b, c);
        case DIVIDE -> Arithmetic.divide(a, b, c);
      }
    } else {
      switch (f) {
        case ADD -> Arithmetic.add(a, b, c, workers);
        case SUBTRACT -> Arithmetic.subtract(a, b, c, workers);
        case MULTIPLY -> Arithmetic.multiply(a, b, c, workers);
        case DIVIDE -> Arithmetic.divide(a, b, c, workers);
      }
    }
  }

  private static void define(BinaryFunction f, FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    for (int i = 0; i < c.rows(); i++) {
      ScalarArithmetic.run(
          f.definition(),
          c.columns(),
          a.array(),
          a.offset() + i * a.rowStride(),
          a.columnStride(),
          b.array(),
          b.offset() + i * b.rowStride(),
          b.columnStride(),
          c.array(),
          c.offset() + i * c.rowStride(),
          c.columnStride());
    }
  }

  private static float state(BinaryFunction f, float a, float b) {
    return switch (f) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
    };
  }

  /** Its definition is the statement: there is no vector code. */
  Subject dropout(double rate, long seed, boolean inPlace) {
    int y = inPlace ? 0 : 1;
    Subject.Action statement = x -> state(x[0], x[y], rate, seed);
    return new Subject(
        "dropout %dx%d rate=%s%s".formatted(m, n, rate, place(inPlace)),
        List.of(inPlace ? written("X", m, n) : read("X", m, n), written("Y", m, n)),
        x -> {
          if (workers == null) {
            Dropout.apply(x[0], x[y], rate, seed, PURPOSE, STEP);
          } else {
            Dropout.apply(x[0], x[y], rate, seed, PURPOSE, STEP, workers);
          }
        },
        statement,
        statement);
  }

  private static void state(FloatMatrix x, FloatMatrix y, double rate, long seed) {
    float scale = (float) (1 / (1 - rate));
    for (int i = 0; i < y.rows(); i++) {
      for (int j = 0; j < y.columns(); j++) {
        float number = Philox.uniform(seed, PURPOSE, STEP, (long) i * y.columns() + j);
        y.set(i, j, number < rate ? 0 : scale * x.get(i, j));
      }
    }
  }
}
