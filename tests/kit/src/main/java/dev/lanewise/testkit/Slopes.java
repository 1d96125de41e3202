package dev.lanewise.testkit;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * The slopes of a vector function along one line x + t·v, between t = -2h, -h, -h/2, 0, h/2, h and
 * 2h; the inner two only where -h, 0 and h leave a doubt, the outermost two only where a kink is
 * suspected.
 *
 * <p>With R and L the slopes on the right and on the left, D their mean and J the jump of the slope
 * at a kink u·h away from x, 0 ≤ u &lt; 1: K = max(|(R - L)(h) - 2·(R - L)(h/2)|, 2·|D(h) -
 * D(h/2)|) is J·min(max(|1 - 3u|, u), 1 - u), at least two thirds of what the kink adds to D(h),
 * while for a smooth function it is of order h². As |R - L| = J·(1 - u) is at least K, a small one
 * settles that there is no kink. Where K matters, the slopes of all six segments tell a kink from a
 * large third derivative.
 */
final class Slopes {
  /** What a sum of outputs does along the line. */
  record Line(double slope, double smaller, double roughness, double noise) {
    /** 4/3 of the change from h to h/2, the error of D(h), and the rounding of its two values. */
    double estimate() {
      return 4.0 / 3 * Math.abs(slope - smaller) + 2 * noise;
    }
  }

  /** The slopes beyond a kink, the range of all, and by how much they go up and down again. */
  record Kink(double left, double right, double least, double greatest, double detour) {}

  /** 64 roundings: a function is not a single operation. */
  private static final double ROUNDINGS = 64;

  private static final double[] PLACES = {-2, -1, -0.5, 0, 0.5, 1, 2};
  private static final int CENTRE = 3;

  private final Comparison comparison;
  private final UnaryOperator<double[]> f;
  private final double[] x;
  private final int first;
  private final double[] v;
  private final double h;
  private final double[] t = new double[PLACES.length];
  private final double[][] values = new double[PLACES.length][];

  /**
   * Evaluates the function at -h and h.
   *
   * @param comparison what evaluates it
   * @param f the function
   * @param x where; as before afterwards
   * @param centre f(x)
   * @param first the index of the first coordinate that changes
   * @param v how fast it and those behind it change
   * @param h the step of t
   */
  Slopes(
      Comparison comparison,
      UnaryOperator<double[]> f,
      double[] x,
      double[] centre,
      int first,
      double[] v,
      double h) {
    this.comparison = comparison;
    this.f = f;
    this.x = x;
    this.first = first;
    this.v = v;
    this.h = h;
    values[CENTRE] = centre;
    evaluate(1);
    evaluate(5);
  }

  private void evaluate(int place) {
    if (values[place] != null) {
      return;
    }
    double[] before = Arrays.copyOfRange(x, first, first + v.length);
    double moved = 0;
    double length = 0;
    for (int i = 0; i < v.length; i++) {
      x[first + i] = before[i] + PLACES[place] * h * v[i];
      moved += (x[first + i] - before[i]) * v[i];
      length += v[i] * v[i];
    }
    // What the rounding of x + t·v left of the step.
    t[place] = moved / length;
    values[place] = comparison.evaluate(f, x, () -> where(place, before[0]));
    System.arraycopy(before, 0, x, first, v.length);
  }

  private String where(int place, double before) {
    return v.length == 1
        ? "where x[" + first + "] is " + x[first] + " instead of " + before
        : PLACES[place] + " steps of " + h + " away in a random direction";
  }

  /** The step of t. */
  double step() {
    return h;
  }

  /** By -h, 0 and h alone, without an estimate of the error of D(h) but for its rounding. */
  Line coarseLine(int from, double[] weights) {
    double slope = slope(1, 5, from, weights);
    double bend = slope(3, 5, from, weights) - slope(1, 3, from, weights);
    return new Line(slope, slope, Math.abs(bend), noise(from, weights));
  }

  /** The line of Σ weights[j]·f_j over the outputs from..from + weights.length - 1. */
  Line line(int from, double[] weights) {
    evaluate(2);
    evaluate(4);
    double right = slope(3, 5, from, weights);
    double left = slope(1, 3, from, weights);
    double bend = slope(3, 4, from, weights) - slope(2, 3, from, weights);
    double slope = slope(1, 5, from, weights);
    double smaller = slope(2, 4, from, weights);
    double roughness = Math.max(Math.abs(right - left - 2 * bend), 2 * Math.abs(slope - smaller));
    return new Line(slope, smaller, roughness, noise(from, weights));
  }

  private double noise(int from, double[] weights) {
    double magnitude = 0;
    for (int j = 0; j < weights.length; j++) {
      double largest = 0;
      for (int place = 1; place <= 5; place += 2) {
        largest = Math.max(largest, Math.abs(values[place][from + j]));
      }
      magnitude += Math.abs(weights[j]) * largest;
    }
    return 0x1p-53 * magnitude / h;
  }

  /** Whether a line may have a kink that matters where the tolerance is such. */
  boolean isRough(Line line, double tolerance) {
    return line.roughness() > slack(line, tolerance);
  }

  private static double slack(Line line, double tolerance) {
    return tolerance / 2 + ROUNDINGS * line.noise();
  }

  /** The kink that a line has within the step, or null if it is smooth, noise aside. */
  Kink kink(Line line, int from, double[] weights, double tolerance) {
    if (!isRough(line, tolerance)) {
      return null;
    }
    evaluate(0);
    evaluate(PLACES.length - 1);
    double[] slopes = new double[PLACES.length - 1];
    Arrays.setAll(slopes, place -> slope(place, place + 1, from, weights));
    double least = Arrays.stream(slopes).min().orElseThrow();
    double greatest = Arrays.stream(slopes).max().orElseThrow();
    if (bends(slopes) <= (greatest - least) / 8) {
      return null;
    }
    double detour = -2 * slack(line, tolerance);
    for (int place = 1; place < slopes.length; place++) {
      detour += Math.abs(slopes[place] - slopes[place - 1]);
    }
    double left = slopes[0];
    double right = slopes[slopes.length - 1];
    return new Kink(left, right, least, greatest, detour - Math.abs(right - left));
  }

  /**
   * How far the slopes are from those of any polynomial of degree 3, whose odd parts on the three
   * segments are as 1 : 3 : 6 and whose even parts differ as 1.5 : 5.25. At least a fourth of the
   * jump at a kink, wherever within the step it is.
   */
  private static double bends(double[] slopes) {
    double[] odd = new double[3];
    double[] even = new double[3];
    for (int k = 0; k < 3; k++) {
      odd[k] = (slopes[3 + k] - slopes[2 - k]) / 2;
      even[k] = (slopes[3 + k] + slopes[2 - k]) / 2;
    }
    double odds = Math.max(Math.abs(odd[1] - 3 * odd[0]), Math.abs(odd[2] - 2 * odd[1]));
    return Math.max(odds, Math.abs(even[2] - even[1] - 3.5 * (even[1] - even[0])));
  }

  /** From differences first, so that large values common to both ends do not round the sum. */
  private double slope(int a, int b, int from, double[] weights) {
    double sum = 0;
    for (int j = 0; j < weights.length; j++) {
      sum += weights[j] * (values[b][from + j] - values[a][from + j]);
    }
    return sum / (t[b] - t[a]);
  }
}
