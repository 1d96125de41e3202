package dev.lanewise.suite.bits;

import static dev.lanewise.suite.bits.Subject.read;
import static dev.lanewise.suite.bits.Subject.written;
import static dev.lanewise.suite.bits.Subjects.place;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.kernels.Workers;
import java.util.List;

/** Layer normalisation or RMS normalisation of m×n as {@link Subject}s; workers may be null. */
record SubjectsOfLayers(boolean rms, int m, int n, double eps, Workers workers) {
  /** What most have. */
  static SubjectsOfLayers of(boolean rms, int m, int n) {
    return new SubjectsOfLayers(rms, m, n, Subjects.EPS, null);
  }

  /** The same with operations that share their work. */
  SubjectsOfLayers on(Workers workers) {
    return new SubjectsOfLayers(rms, m, n, eps, workers);
  }

  private LayerForm definition() {
    return new DefinitionOfLayers(eps);
  }

  private LayerForm statement() {
    return new StatementOfLayers(eps);
  }

  /** Every operation, in and out of place. */
  List<Subject> all() {
    return List.of(forward(false), forward(true), backward(0), backward(1), backward(3));
  }

  private String name(String operation) {
    return "%s%s %dx%d".formatted(rms ? "rmsNorm" : "layerNorm", operation, m, n);
  }

  /** The operands that both have, and of layer normalisation one more. */
  private List<Subject.Operand> operands(Subject.Operand... operands) {
    return List.of(operands).subList(0, operands.length - (rms ? 1 : 0));
  }

  Subject forward(boolean inPlace) {
    int y = inPlace ? 0 : 2;
    return new Subject(
        name("Forward") + place(inPlace),
        operands(
            new Subject.Operand("X", m, n, inPlace),
            read("gamma", 1, n),
            written("Y", m, n),
            read("beta", 1, n)),
        x -> {
          if (rms) {
            forward(new RmsNorm(x[1].row(0), eps), x[0], x[y]);
          } else {
            forward(new LayerNorm(x[1].row(0), x[3].row(0), eps), x[0], x[y]);
          }
        },
        x -> definition().forward(x[0], x[1], rms ? null : x[3], x[y]),
        x -> statement().forward(x[0], x[1], rms ? null : x[3], x[y]));
  }

  private void forward(RmsNorm norm, FloatMatrix x, FloatMatrix y) {
    if (workers == null) {
      norm.forward(x, y);
    } else {
      norm.forward(x, y, workers);
    }
  }

  private void forward(LayerNorm norm, FloatMatrix x, FloatMatrix y) {
    if (workers == null) {
      norm.forward(x, y);
    } else {
      norm.forward(x, y, workers);
    }
  }

  /** The gradient by X goes to the operand of this index: 0 for X, 1 for dY, 3 for its own. */
  Subject backward(int to) {
    return new Subject(
        name("Backward") + " to operand " + to,
        operands(
            new Subject.Operand("X", m, n, to == 0),
            new Subject.Operand("dY", m, n, to == 1),
            read("gamma", 1, n),
            written("dX", m, n),
            written("dgamma", 1, n),
            written("dbeta", 1, n)),
        x -> {
          if (rms) {
            backward(new RmsNorm(x[2].row(0), eps), x[0], x[1], x[to], x[4].row(0));
          } else {
            LayerNorm norm = new LayerNorm(x[2].row(0), x[2].row(0), eps);
            backward(norm, x[0], x[1], x[to], x[4].row(0), x[5].row(0));
          }
        },
        x -> definition().backward(x[0], x[1], x[2], x[to], x[4], rms ? null : x[5]),
        x -> statement().backward(x[0], x[1], x[2], x[to], x[4], rms ? null : x[5]));
  }

  private void backward(
      RmsNorm norm, FloatMatrix x, FloatMatrix dy, FloatMatrix dx, FloatSpan dgamma) {
    if (workers == null) {
      norm.backward(x, dy, dx, dgamma);
    } else {
      norm.backward(x, dy, dx, dgamma, workers);
    }
  }

  private void backward(
      LayerNorm norm,
      FloatMatrix x,
      FloatMatrix dy,
      FloatMatrix dx,
      FloatSpan dgamma,
      FloatSpan dbeta) {
    if (workers == null) {
      norm.backward(x, dy, dx, dgamma, dbeta);
    } else {
      norm.backward(x, dy, dx, dgamma, dbeta, workers);
    }
  }
}
