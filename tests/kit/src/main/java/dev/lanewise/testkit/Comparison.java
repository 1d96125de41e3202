package dev.lanewise.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** One check of a {@link GradientCheck}: compares derivative by derivative, keeps the worst. */
final class Comparison {
  /** The worst derivative, put into words only where somebody asks. */
  private record Deviation(
      String place,
      double expected,
      boolean atKink,
      double actual,
      double distance,
      double limit,
      double estimate,
      double share,
      double step,
      String context) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: expected %s%s, actual %s, distance %.4g, bound %.4g, error estimate %.4g%s,"
              + " %.4g of both, step %.4g; %s",
          place,
          expected,
          atKink ? ", the nearest of the slopes at a kink" : "",
          actual,
          distance,
          limit,
          estimate,
          !atKink && estimate > limit ? " (too rough: counted as the bound)" : "",
          share,
          step,
          context);
    }
  }

  private static final double[] ONE = {1};

  private final String name;
  private final String context;
  private final Bound bound;
  private final int size;
  private final List<GradientCheck.Kink> kinks = new ArrayList<>();
  private int derivatives;
  private int beyond;
  private double worstShare;
  private Deviation worst;

  Comparison(String name, String context, Bound bound, int size) {
    this.name = name;
    this.context = context;
    this.bound = bound;
    this.size = size;
  }

  /** f(x), which has to be finite. */
  double[] evaluate(UnaryOperator<double[]> f, double[] x, Supplier<String> where) {
    double[] y = f.apply(x).clone();
    for (int j = 0; j < y.length; j++) {
      if (!Double.isFinite(y[j])) {
        throw new AssertionError(
            String.format(
                Locale.ROOT, "%s: f[%d] is %s %s; %s", name, j, y[j], where.get(), context));
      }
    }
    return y;
  }

  /** The derivative of f_row by x_i, or of Σ d·f if d is given. */
  void element(Slopes slopes, int row, double[] d, int i, int columns, double actual) {
    int from = d == null ? row : 0;
    double[] weights = d == null ? ONE : d;
    Slopes.Line line = slopes.coarseLine(from, weights);
    int index = row * columns + i;
    double limit = bound.at(index, line.slope());
    Slopes.Kink kink = null;
    if (slopes.isRough(line, limit) || !(Math.abs(actual - line.slope()) <= limit)) {
      line = slopes.line(from, weights);
      kink = slopes.kink(line, from, weights, limit);
    }
    String place =
        d == null
            ? "output " + row + " of " + size / columns + ", input " + i + " of " + columns
            : "index " + i + " of " + columns + " elements";
    if (kink != null && kink.detour() > Math.abs(kink.right() - kink.left())) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "%s: at %s the slopes of the function rise and fall from %s to %s within two steps of"
                  + " %s: it jumps there, or is not computed in double; %s",
              name,
              place,
              kink.least(),
              kink.greatest(),
              slopes.step(),
              context));
    }
    if (kink != null) {
      limit = bound.at(index, Math.clamp(actual, kink.least(), kink.greatest()));
    }
    compare(index, place, line, kink, actual, limit, slopes.step());
  }

  /** The derivative of Σ weights·f along v, which should be Σ u_j·actual_ji·v_i. */
  void direction(
      Slopes slopes, int number, double[] weights, double[] u, double[] v, double[] actual) {
    double sum = 0;
    double sumOfBounds = 0;
    double squares = 0;
    for (int j = 0; j < u.length; j++) {
      for (int i = 0; i < v.length; i++) {
        int index = j * v.length + i;
        sum += u[j] * v[i] * actual[index];
        double limit = Math.abs(u[j] * v[i]) * bound.at(index, actual[index]);
        sumOfBounds += limit;
        squares += limit * limit;
      }
    }
    double limit = Math.min(sumOfBounds, 8 * Math.sqrt(squares));
    Slopes.Line line = slopes.line(0, weights);
    Slopes.Kink kink = slopes.kink(line, 0, weights, limit);
    String place = "direction " + number + " (" + u.length + "×" + v.length + " derivatives)";
    compare(number, place, line, kink, sum, limit, slopes.step());
  }

  private void compare(
      int index,
      String place,
      Slopes.Line line,
      Slopes.Kink kink,
      double actual,
      double limit,
      double step) {
    double expected = line.slope();
    double estimate = Math.min(line.estimate(), limit);
    if (kink != null) {
      kinks.add(new GradientCheck.Kink(index, kink.left(), kink.right(), actual));
      expected = Math.clamp(actual, kink.least(), kink.greatest());
      estimate = 0;
    }
    double distance = Math.abs(actual - expected);
    double share = distance == 0 ? 0 : distance / (limit + estimate);
    if (!Double.isFinite(actual)) {
      share = Double.POSITIVE_INFINITY;
    }
    if (share > 1) {
      beyond++;
    }
    if (derivatives == 0 || share > worstShare) {
      worstShare = share;
      worst =
          new Deviation(
              place,
              expected,
              kink != null,
              actual,
              distance,
              limit,
              line.estimate(),
              share,
              step,
              context);
    }
    derivatives++;
  }

  GradientCheck.Report report() {
    return new GradientCheck.Report(derivatives, worstShare, worst, kinks);
  }

  void requireNoneBeyond(String suffix) {
    if (beyond > 0) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "%s: %d of %d derivatives beyond the bound; the worst at %s%s",
              name,
              beyond,
              derivatives,
              worst,
              suffix));
    }
  }
}
