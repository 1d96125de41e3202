package dev.lanewise.bench.report;

import dev.lanewise.learn.tune.Parameter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An axis on a parameter's own scale: of a choice or a few integers with a place for each value, 0,
 * 1, 2 and so on; else from 0 to 1 in equal parts, whose ends have labels. A parameter that does
 * not exist has a place of its own, one behind the values or one part before 0.
 *
 * @param name the parameter
 * @param scale its values and when it exists, in words
 * @param discrete whether each value has a place
 * @param conditional whether there is a place for none
 * @param labels of the values, or of the ends of the parts
 */
record ParameterAxis(
    String name, String scale, boolean discrete, boolean conditional, List<String> labels) {
  static final String NONE = "none";

  private static final int MOST_PLACES = 12;
  private static final int FEWEST_PARTS = 2;
  private static final int MOST_PARTS = 6;
  private static final int MOST_DIGITS = 17;

  /** As far as this, on the scale, may a label be from where it stands. */
  private static final double NEAR = 0.005;

  /** So near to each other, values do not differ on a chart. */
  private static final double INDISTINGUISHABLE = 1e-3;

  private static final double BELOW_ONE = 0x1.fffffffffffffp-1;

  static ParameterAxis of(Parameter parameter) {
    boolean discrete = parameter.isChoice() || parameter.size() <= MOST_PLACES;
    String scale = parameter.toString().substring(parameter.name().length() + 2);
    return new ParameterAxis(
        parameter.name(),
        scale,
        discrete,
        parameter.condition().isPresent(),
        discrete ? values(parameter) : shortest(parameter));
  }

  private static List<String> values(Parameter parameter) {
    int size = (int) parameter.size();
    return IntStream.range(0, size)
        .mapToObj(
            i ->
                parameter.isChoice()
                    ? parameter.at((i + 0.5) / size).toString()
                    : Integer.toString(least(parameter) + i))
        .toList();
  }

  /** The least of some integers, which need not have equal parts of the scale. */
  private static int least(Parameter parameter) {
    return (Integer) parameter.at(0);
  }

  /** The labels of as many parts as makes them short. */
  private static List<String> shortest(Parameter parameter) {
    List<String> shortest = List.of();
    int least = Integer.MAX_VALUE;
    for (int parts = MOST_PARTS; parts >= FEWEST_PARTS; parts--) {
      int number = parts;
      List<String> labels =
          IntStream.rangeClosed(0, parts)
              .mapToObj(i -> label(parameter, (double) i / number))
              .toList();
      int longest = labels.stream().mapToInt(String::length).max().orElseThrow();
      if (longest < least) {
        shortest = labels;
        least = longest;
      }
    }
    return shortest;
  }

  private static String label(Parameter parameter, double u) {
    return written(parameter, parameter.at(Math.min(u, BELOW_ONE)), u, NEAR);
  }

  /** With as few digits as leave it near a place on the scale. */
  private static String written(Parameter parameter, Object value, double place, double near) {
    if (!(value instanceof Double exact)) {
      return value.toString();
    }
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      double rounded = new BigDecimal(exact).round(new MathContext(digits)).doubleValue();
      if (parameter.has(rounded) && Math.abs(parameter.position(rounded) - place) < near) {
        return Numbers.rounded(rounded, digits);
      }
    }
    return Numbers.rounded(exact, MOST_DIGITS);
  }

  /** Where a value, or null for none, has its place. */
  double place(Parameter parameter, Object value) {
    if (discrete && value == null) {
      return labels.size();
    }
    if (discrete) {
      return value instanceof Integer number
          ? number - least(parameter)
          : Math.floor(parameter.position(value) * labels.size());
    }
    return value == null ? -1.0 / (labels.size() - 1) : parameter.position(value);
  }

  /** A value, or null for none. */
  static String text(Parameter parameter, Object value) {
    return value == null
        ? NONE
        : written(parameter, value, parameter.position(value), INDISTINGUISHABLE);
  }
}
