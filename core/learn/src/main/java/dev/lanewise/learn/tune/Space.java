package dev.lanewise.learn.tune;

import dev.lanewise.learn.internal.Checks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The parameters that are searched, each on its own scale, in order.
 *
 * <pre>{@code
 * Space space =
 *     Space.empty()
 *         .logUniform("rate", 1e-4, 1)
 *         .oneMinusLogUniform("momentum", 0.9, 0.999)
 *         .integer("layers", 1, 3)
 *         .logInteger("units 3", 8, 512)
 *         .onlyIf(Condition.atLeast("layers", 3));
 * }</pre>
 *
 * <p>A point of the unit cube, one number of [0, 1) for each parameter, is an {@link Assignment}.
 * Instances do not change.
 */
public final class Space {
  private static final Space EMPTY = new Space(List.of());

  private final List<Parameter> parameters;

  private Space(List<Parameter> parameters) {
    this.parameters = List.copyOf(parameters);
  }

  /**
   * No parameter yet.
   *
   * @return the empty space
   */
  public static Space empty() {
    return EMPTY;
  }

  /**
   * Adds a number that is uniform in [low, high].
   *
   * @param name the parameter
   * @param low the least value
   * @param high the greatest value, above low
   * @return a space with this parameter too
   * @throws NullPointerException if the name is null
   * @throws IllegalArgumentException if low is not below high, one of them or their difference is
   *     not finite, or the name is blank or another parameter's
   */
  public Space uniform(String name, double low, double high) {
    checkRange(name, low, high);
    return with(name, new Scale.Uniform(low, high));
  }

  /**
   * Adds a number whose logarithm is uniform, such as a learning rate.
   *
   * @param name the parameter
   * @param low the least value, above 0
   * @param high the greatest value, above low
   * @return a space with this parameter too
   * @throws NullPointerException if the name is null
   * @throws IllegalArgumentException if low is not above 0 and below high, high is not finite,
   *     their logarithms are equal, or the name is blank or another parameter's
   */
  public Space logUniform(String name, double low, double high) {
    checkRange(name, low, high);
    if (low <= 0) {
      throw refused(name, "low is %s; it must be above 0".formatted(low));
    }
    return with(name, new Scale.LogUniform(low, high));
  }

  /**
   * Adds a number v where the logarithm of 1 - v is uniform, such as momentum: 1 / (1 - v) is the
   * number of steps that it averages.
   *
   * @param name the parameter
   * @param low the least value, at least 0
   * @param high the greatest value, above low and below 1
   * @return a space with this parameter too
   * @throws NullPointerException if the name is null
   * @throws IllegalArgumentException if low is not at least 0 and below high, high is not below 1,
   *     the logarithms of 1 - low and 1 - high are equal, or the name is blank or another
   *     parameter's
   */
  public Space oneMinusLogUniform(String name, double low, double high) {
    checkRange(name, low, high);
    if (low < 0 || high >= 1) {
      throw refused(
          name, "low is %s and high %s; they must be at least 0 and below 1".formatted(low, high));
    }
    return with(name, new Scale.OneMinusLogUniform(low, high));
  }

  /**
   * Adds an integer, each equally likely.
   *
   * @param name the parameter
   * @param low the least value
   * @param high the greatest value, at least low
   * @return a space with this parameter too
   * @throws NullPointerException if the name is null
   * @throws IllegalArgumentException if low is above high, or the name is blank or another
   *     parameter's
   */
  public Space integer(String name, int low, int high) {
    checkRange(name, low, high);
    return with(name, new Scale.Whole(low, high));
  }

  /**
   * Adds an integer whose logarithm is about uniform, such as a number of units: v is drawn with
   * probability ln((v + 1) / v) / ln((high + 1) / low).
   *
   * @param name the parameter
   * @param low the least value, at least 1
   * @param high the greatest value, at least low
   * @return a space with this parameter too
   * @throws NullPointerException if the name is null
   * @throws IllegalArgumentException if low is below 1 or above high, or the name is blank or
   *     another parameter's
   */
  public Space logInteger(String name, int low, int high) {
    checkRange(name, low, high);
    if (low < 1) {
      throw refused(name, "low is %d; it must be at least 1".formatted(low));
    }
    return with(name, new Scale.LogWhole(low, high));
  }

  /**
   * Adds one of some texts, each equally likely.
   *
   * @param name the parameter
   * @param choices the texts, at least one, which differ
   * @return a space with this parameter too
   * @throws NullPointerException if the name, the choices or one of them is null
   * @throws IllegalArgumentException if there is no choice or one twice, or the name is blank or
   *     another parameter's
   */
  public Space choice(String name, String... choices) {
    List<String> list = Checks.copy("Space", "choices", choices);
    if (list.isEmpty()) {
      throw refused(name, "there is no choice");
    }
    if (new HashSet<>(list).size() < list.size()) {
      throw refused(name, "choices are twice in " + list);
    }
    return with(name, new Scale.Choice(list));
  }

  /**
   * Lets the last parameter exist on a condition only.
   *
   * @param condition a condition on an earlier parameter
   * @return a space whose last parameter has this condition
   * @throws IllegalArgumentException if there is no such earlier parameter, if the condition is not
   *     for values of its kind or if it never holds
   * @throws IllegalStateException if there is no parameter, or the last has a condition already
   */
  public Space onlyIf(Condition condition) {
    Checks.notNull("Space", "condition", condition);
    if (parameters.isEmpty()) {
      throw new IllegalStateException("Space: no parameter to put a condition on: " + condition);
    }
    Parameter last = parameters.getLast();
    if (last.condition().isPresent()) {
      throw new IllegalStateException(
          "Space: the parameter %s has a condition already; another is %s"
              .formatted(last, condition));
    }
    List<Parameter> earlier = parameters.subList(0, parameters.size() - 1);
    Parameter on =
        earlier.stream()
            .filter(parameter -> parameter.name().equals(condition.parameter()))
            .findFirst()
            .orElseThrow(
                () ->
                    refused(
                        last.name(),
                        "condition %s is on none of the parameters before, %s"
                            .formatted(condition, earlier.stream().map(Parameter::name).toList())));
    on.refusal(condition)
        .ifPresent(
            reason -> {
              throw refused(last.name(), "condition %s, but %s".formatted(condition, reason));
            });
    List<Parameter> replaced = new ArrayList<>(earlier);
    replaced.add(last.onlyIf(condition));
    return new Space(replaced);
  }

  private Space with(String name, Scale scale) {
    Checks.notNull("Space", "name", name);
    if (scale instanceof Scale.Real range
        && !(range.warped(range.low()) < range.warped(range.high()))) {
      throw refused(name, "%s is too narrow for its scale".formatted(scale));
    }
    if (name.isBlank()) {
      throw refused("\"" + name + "\"", "a name must not be blank");
    }
    if (parameters.stream().anyMatch(parameter -> parameter.name().equals(name))) {
      throw refused(name, "there is one of this name already");
    }
    List<Parameter> more = new ArrayList<>(parameters);
    more.add(new Parameter(name, scale, null));
    return new Space(more);
  }

  private static void checkRange(String name, double low, double high) {
    if (!(low < high) || Double.isInfinite(high - low)) {
      throw refused(
          name, "low is %s and high %s; low must be below, both finite".formatted(low, high));
    }
  }

  private static void checkRange(String name, int low, int high) {
    if (low > high) {
      throw refused(name, "low is %d and high %d; low must not be above".formatted(low, high));
    }
  }

  private static IllegalArgumentException refused(String name, String reason) {
    return new IllegalArgumentException("Space: parameter %s: %s".formatted(name, reason));
  }

  /**
   * The parameters in order.
   *
   * @return the parameters, which cannot be changed
   */
  public List<Parameter> parameters() {
    return parameters;
  }

  /**
   * The assignment at a point of the unit cube. Numbers of parameters that do not exist there are
   * not used.
   *
   * @param point one number of [0, 1) for each parameter
   * @return the assignment
   * @throws IllegalArgumentException if there are more or fewer numbers, or one is out of range
   */
  public Assignment at(double... point) {
    Checks.notNull("Space", "point", point);
    if (point.length != parameters.size()) {
      throw new IllegalArgumentException(
          "Space: the point %s has %d numbers for %d parameters"
              .formatted(Arrays.toString(point), point.length, parameters.size()));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < point.length; i++) {
      Parameter parameter = parameters.get(i);
      Object value = parameter.at(point[i]);
      boolean exists =
          parameter
              .condition()
              .map(condition -> condition.holds(values.get(condition.parameter())))
              .orElse(true);
      if (exists) {
        values.put(parameter.name(), value);
      }
    }
    return new Assignment(values);
  }

  /** The parameters, separated by semicolons. */
  @Override
  public String toString() {
    return parameters.stream().map(Parameter::toString).collect(Collectors.joining("; "));
  }
}
