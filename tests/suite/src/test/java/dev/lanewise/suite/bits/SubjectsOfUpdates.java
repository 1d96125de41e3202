package dev.lanewise.suite.bits;

import static dev.lanewise.suite.bits.Subject.read;
import static dev.lanewise.suite.bits.Subject.written;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Update;
import dev.lanewise.kernels.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * The updates of n parameters as {@link Subject}s.
 *
 * @param workers the threads, or null for a call without
 */
record SubjectsOfUpdates(int n, Workers workers) {
  private static final double RATE = 0.1;
  private static final double BETA = 0.9;
  private static final double RHO = 0.99;
  private static final double EPS = 1e-8;

  static SubjectsOfUpdates of(int n) {
    return new SubjectsOfUpdates(n, null);
  }

  SubjectsOfUpdates on(Workers workers) {
    return new SubjectsOfUpdates(n, workers);
  }

  /** Every rule once. */
  List<Subject> all() {
    List<Subject> subjects = new ArrayList<>(List.of(gradientDescent(), adam(3)));
    subjects.addAll(others());
    return subjects;
  }

  /** The rules that {@link Subjects} lists after all else. */
  List<Subject> others() {
    return List.of(momentum(), nesterov(), rmsProp(), adamW(3, 0.01));
  }

  private Subject subject(
      String name,
      List<String> states,
      Subject.Action operation,
      Subject.Action definition,
      Subject.Action statement) {
    List<Subject.Operand> operands = new ArrayList<>();
    operands.add(written("parameters", 1, n));
    operands.add(read("gradient", 1, n));
    states.forEach(state -> operands.add(written(state, 1, n)));
    return new Subject(name, operands, operation, definition, statement);
  }

  Subject gradientDescent() {
    float rate = (float) RATE;
    return subject(
        "gradientDescent " + n,
        List.of(),
        x -> {
          if (workers == null) {
            Update.gradientDescent(x[0].row(0), x[1].row(0), rate);
          } else {
            Update.gradientDescent(x[0].row(0), x[1].row(0), rate, workers);
          }
        },
        x -> DefinitionOfUpdates.gradientDescent(x[0], x[1], rate),
        x -> StatementOfUpdates.gradientDescent(x[0], x[1], rate));
  }

  Subject momentum() {
    return subject(
        "momentum " + n,
        List.of("velocity"),
        x -> {
          FloatSpan[] s = spans(x);
          if (workers == null) {
            Update.momentum(s[0], s[1], s[2], RATE, BETA);
          } else {
            Update.momentum(s[0], s[1], s[2], RATE, BETA, workers);
          }
        },
        x -> DefinitionOfUpdates.momentum(x[0], x[1], x[2], RATE, BETA),
        x -> StatementOfUpdates.momentum(x[0], x[1], x[2], RATE, BETA));
  }

  Subject nesterov() {
    return subject(
        "nesterov " + n,
        List.of("velocity"),
        x -> {
          FloatSpan[] s = spans(x);
          if (workers == null) {
            Update.nesterov(s[0], s[1], s[2], RATE, BETA);
          } else {
            Update.nesterov(s[0], s[1], s[2], RATE, BETA, workers);
          }
        },
        x -> DefinitionOfUpdates.nesterov(x[0], x[1], x[2], RATE, BETA),
        x -> StatementOfUpdates.nesterov(x[0], x[1], x[2], RATE, BETA));
  }

  Subject rmsProp() {
    return subject(
        "rmsProp " + n,
        List.of("squares"),
        x -> {
          FloatSpan[] s = spans(x);
          if (workers == null) {
            Update.rmsProp(s[0], s[1], s[2], RATE, RHO, EPS);
          } else {
            Update.rmsProp(s[0], s[1], s[2], RATE, RHO, EPS, workers);
          }
        },
        x -> DefinitionOfUpdates.rmsProp(x[0], x[1], x[2], RATE, RHO, EPS),
        x -> StatementOfUpdates.rmsProp(x[0], x[1], x[2], RATE, RHO, EPS));
  }

  Subject adam(long step) {
    StatementOfUpdates.Adam adam = new StatementOfUpdates.Adam(step, 0.001, 0.9, 0.999, EPS, 0);
    return subject(
        "adam %d step=%d".formatted(n, step),
        List.of("first moment", "second moment"),
        x -> {
          FloatSpan[] s = spans(x);
          if (workers == null) {
            Update.adam(
                s[0], s[1], s[2], s[3], step, adam.rate(), adam.beta1(), adam.beta2(), adam.eps());
          } else {
            Update.adam(
                s[0],
                s[1],
                s[2],
                s[3],
                step,
                adam.rate(),
                adam.beta1(),
                adam.beta2(),
                adam.eps(),
                workers);
          }
        },
        x -> DefinitionOfUpdates.adam(x[0], x[1], x[2], x[3], adam),
        x -> StatementOfUpdates.adam(x[0], x[1], x[2], x[3], adam));
  }

  Subject adamW(long step, double decay) {
    StatementOfUpdates.Adam adam = new StatementOfUpdates.Adam(step, RATE, 0.9, 0.999, EPS, decay);
    return subject(
        "adamW %d step=%d decay=%s".formatted(n, step, decay),
        List.of("first moment", "second moment"),
        x -> {
          FloatSpan[] s = spans(x);
          if (workers == null) {
            Update.adamW(
                s[0],
                s[1],
                s[2],
                s[3],
                step,
                adam.rate(),
                adam.beta1(),
                adam.beta2(),
                adam.eps(),
                decay);
          } else {
            Update.adamW(
                s[0],
                s[1],
                s[2],
                s[3],
                step,
                adam.rate(),
                adam.beta1(),
                adam.beta2(),
                adam.eps(),
                decay,
                workers);
          }
        },
        x -> DefinitionOfUpdates.adam(x[0], x[1], x[2], x[3], adam),
        x -> StatementOfUpdates.adam(x[0], x[1], x[2], x[3], adam));
  }

  private static FloatSpan[] spans(FloatMatrix[] x) {
    FloatSpan[] spans = new FloatSpan[x.length];
    for (int i = 0; i < x.length; i++) {
      spans[i] = x[i].row(0);
    }
    return spans;
  }
}
