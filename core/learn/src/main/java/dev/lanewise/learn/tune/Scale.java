package dev.lanewise.learn.tune;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The values of a parameter and how they lie on [0, 1]: equal lengths are drawn equally often.
 *
 * <p>Values of a range are Double, of integers Integer, of a choice String. A discrete value has a
 * cell of [0, 1), and its position is the middle of that.
 */
sealed interface Scale {
  /** The greatest position. */
  double BELOW_ONE = 0x1.fffffffffffffp-1;

  /** The value at u, which is in [0, 1). */
  Object at(double u);

  /** Where a value lies, or NaN if it is none of this scale's. */
  double position(Object value);

  /** The number of values that differ; the largest long for a range of real numbers. */
  long size();

  /** Positions of so many values that differ, at most all, spaced evenly. */
  default double[] spaced(int count) {
    return IntStream.range(0, count).mapToDouble(i -> (i + 0.5) / count).toArray();
  }

  /** Real numbers of [low, high], as f(value) is uniform for an f that rises. */
  sealed interface Real extends Scale {
    double low();

    double high();

    double warped(double value);

    double unwarped(double warped);

    @Override
    default Double at(double u) {
      double from = warped(low());
      double value = unwarped(from + u * (warped(high()) - from));
      return Math.min(Math.max(value, low()), high());
    }

    @Override
    default double position(Object value) {
      if (!(value instanceof Double number) || !(number >= low() && number <= high())) {
        return Double.NaN;
      }
      double from = warped(low());
      return (warped(number) - from) / (warped(high()) - from);
    }

    @Override
    default long size() {
      return Long.MAX_VALUE;
    }
  }

  /** value. */
  record Uniform(double low, double high) implements Real {
    @Override
    public double warped(double value) {
      return value;
    }

    @Override
    public double unwarped(double warped) {
      return warped;
    }

    @Override
    public String toString() {
      return "uniform(%s, %s)".formatted(low, high);
    }
  }

  /** ln(value). */
  record LogUniform(double low, double high) implements Real {
    @Override
    public double warped(double value) {
      return StrictMath.log(value);
    }

    @Override
    public double unwarped(double warped) {
      return StrictMath.exp(warped);
    }

    @Override
    public String toString() {
      return "logUniform(%s, %s)".formatted(low, high);
    }
  }

  /** -ln(1 - value). */
  record OneMinusLogUniform(double low, double high) implements Real {
    @Override
    public double warped(double value) {
      return -StrictMath.log(1 - value);
    }

    @Override
    public double unwarped(double warped) {
      return 1 - StrictMath.exp(-warped);
    }

    @Override
    public String toString() {
      return "oneMinusLogUniform(%s, %s)".formatted(low, high);
    }
  }

  /** The integers from low to high, each with 1 / (high - low + 1). */
  record Whole(int low, int high) implements Scale {
    @Override
    public Integer at(double u) {
      return (int) Math.min(low + (long) Math.floor(u * size()), high);
    }

    @Override
    public double position(Object value) {
      return value instanceof Integer number && number >= low && number <= high
          ? ((double) number - low + 0.5) / size()
          : Double.NaN;
    }

    @Override
    public long size() {
      return (long) high - low + 1;
    }

    @Override
    public String toString() {
      return "integer(" + low + ", " + high + ")";
    }
  }

  /** The integers v from low to high, each with ln((v + 1) / v) / ln((high + 1) / low). */
  record LogWhole(int low, int high) implements Scale {
    private double warped(double value) {
      return StrictMath.log(value);
    }

    private double width() {
      return warped(high + 1.0) - warped(low);
    }

    @Override
    public Integer at(double u) {
      double value = StrictMath.exp(warped(low) + u * width());
      return (int) Math.min(Math.max(value, low), high);
    }

    @Override
    public double position(Object value) {
      if (!(value instanceof Integer number) || number < low || number > high) {
        return Double.NaN;
      }
      double middle = (warped(number) + warped(number + 1.0)) / 2;
      return (middle - warped(low)) / width();
    }

    @Override
    public long size() {
      return (long) high - low + 1;
    }

    /** Where the scale is too fine for the first integers, they follow each other. */
    @Override
    public double[] spaced(int count) {
      double[] positions = Scale.super.spaced(count);
      int last = low - 1;
      for (int i = 0; i < count; i++) {
        last = Math.min(Math.max(at(positions[i]), last + 1), high - (count - 1 - i));
        positions[i] = position(last);
      }
      return positions;
    }

    @Override
    public String toString() {
      return "logInteger(" + low + ", " + high + ")";
    }
  }

  /** Texts without an order, each equally often. */
  record Choice(List<String> choices) implements Scale {
    @Override
    public String at(double u) {
      return choices.get((int) Math.min(Math.floor(u * choices.size()), choices.size() - 1.0));
    }

    @Override
    public double position(Object value) {
      int index = value instanceof String text ? choices.indexOf(text) : -1;
      return index < 0 ? Double.NaN : (index + 0.5) / choices.size();
    }

    @Override
    public long size() {
      return choices.size();
    }

    @Override
    public String toString() {
      return "choice(%s)".formatted(String.join(", ", choices));
    }
  }
}
