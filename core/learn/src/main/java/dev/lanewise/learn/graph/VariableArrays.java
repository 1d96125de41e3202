package dev.lanewise.learn.graph;

import dev.lanewise.kernels.Arithmetic;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import dev.lanewise.kernels.Workers;
import dev.lanewise.learn.internal.Checks;
import java.util.ArrayList;
import java.util.List;

/** All variables of a session as flat arrays: those that weight decay shrinks come first. */
public final class VariableArrays {
  private final Part all;
  private final Part decayed;
  private final Part others;
  private final FloatMatrix gradient;
  private final float[] factor = new float[1];
  private final FloatMatrix factors;

  /**
   * A part of the arrays.
   *
   * @param values the variables
   * @param gradient the cost's gradient
   * @param states the update rule's states
   */
  public record Part(FloatSpan values, FloatSpan gradient, List<FloatSpan> states) {
    /** Copies the list; nothing is null. */
    public Part {
      Checks.notNull("Part", "values", values);
      Checks.notNull("Part", "gradient", gradient);
      states = Checks.copy("Part", "states", states);
    }

    private Part slice(int from, int to) {
      List<FloatSpan> parts = new ArrayList<>();
      for (FloatSpan state : states) {
        parts.add(state.slice(from, to));
      }
      return new Part(values.slice(from, to), gradient.slice(from, to), parts);
    }
  }

  /** Arrays whose first elements are decayed. */
  VariableArrays(float[] values, float[] gradient, List<float[]> states, int decayed) {
    List<FloatSpan> spans = states.stream().map(FloatSpan::of).toList();
    all = new Part(FloatSpan.of(values), FloatSpan.of(gradient), spans);
    this.decayed = all.slice(0, decayed);
    others = all.slice(decayed, values.length);
    this.gradient = FloatMatrix.of(gradient, 1, gradient.length);
    factors = FloatMatrix.of(factor, 1, 1).broadcast(1, gradient.length);
  }

  /**
   * Every element.
   *
   * @return the arrays
   */
  public Part all() {
    return all;
  }

  /**
   * Those that weight decay shrinks.
   *
   * @return the first of the arrays
   */
  public Part decayed() {
    return decayed;
  }

  /**
   * Those that it does not.
   *
   * @return the rest of the arrays
   */
  public Part others() {
    return others;
  }

  /**
   * The Euclidean norm of the gradient.
   *
   * @param workers the threads
   * @return the root of the sum of squares; infinite where that is beyond a float
   */
  public double gradientNorm(Workers workers) {
    return Math.sqrt(Reduce.all(Reduction.SUM_OF_SQUARES, gradient, workers));
  }

  /**
   * Multiplies the gradient.
   *
   * @param by the factor, rounded to float
   * @param workers the threads
   */
  public void scaleGradient(double by, Workers workers) {
    factor[0] = (float) by;
    Arithmetic.multiply(gradient, factors, gradient, workers);
  }
}
