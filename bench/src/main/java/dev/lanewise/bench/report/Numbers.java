package dev.lanewise.bench.report;

import dev.lanewise.bench.result.Estimate;
import dev.lanewise.bench.result.Figure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How numbers are written, the same everywhere: figures with three significant digits and without
 * exponents.
 */
final class Numbers {
  private static final MathContext DIGITS = new MathContext(3);
  private static final int MOST_ZEROS = 3;
  private static final double NANOS_PER_MICRO = 1000;

  private Numbers() {}

  /** Three significant digits, or all digits before the point. */
  static String plain(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    return Math.abs(value) >= 1000
        ? String.format(Locale.ROOT, "%.0f", value)
        : new BigDecimal(value).round(DIGITS).toPlainString();
  }

  /** So many significant digits; an exponent only where there would be many zeros. */
  static String rounded(double value, int digits) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    String plain = rounded.toPlainString();
    String scientific = rounded.movePointLeft(exponent).toPlainString() + "e" + exponent;
    return plain.length() <= scientific.length() + MOST_ZEROS ? plain : scientific;
  }

  /** Median and interval, where there is one. */
  static String interval(Estimate estimate) {
    return interval(estimate, 1);
  }

  /** The time of a call in microseconds, with its interval. */
  static String micros(Estimate nanos) {
    return interval(nanos, NANOS_PER_MICRO);
  }

  /** The median time of a call in microseconds. */
  static String micros(double nanos) {
    return plain(nanos / NANOS_PER_MICRO);
  }

  /** The speed of a figure with its unit. */
  static String speed(Figure figure) {
    return plain(figure.speed().median()) + " " + figure.operation().unit().perSecond();
  }

  /** A share in per cent. */
  static String percent(OptionalDouble share) {
    return share.isEmpty() ? "-" : String.format(Locale.ROOT, "%.0f %%", 100 * share.getAsDouble());
  }

  /** A change in per cent, with its sign. */
  static String change(double change) {
    return String.format(Locale.ROOT, "%+.1f %%", 100 * change);
  }

  /** Bytes in binary units. */
  static String bytes(long bytes) {
    if (bytes >= 1 << 20) {
      return plain(bytes / (double) (1 << 20)) + " MiB";
    }
    return bytes >= 1 << 10 ? plain(bytes / (double) (1 << 10)) + " KiB" : bytes + " B";
  }

  private static String interval(Estimate estimate, double unit) {
    String median = plain(estimate.median() / unit);
    return estimate.isInterval()
        ? "%s [%s, %s]"
            .formatted(median, plain(estimate.low() / unit), plain(estimate.high() / unit))
        : median;
  }
}
