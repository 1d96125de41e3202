package dev.lanewise.learn.tune;

import java.util.Optional;

/**
 * A parameter of a {@link Space}: its name, its values on its own scale, and when it exists.
 *
 * <p>Equal lengths of [0, 1) are equally likely values, so that who samples need not know scales.
 */
public final class Parameter {
  private final String name;
  private final Scale scale;
  private final Condition condition;

  Parameter(String name, Scale scale, Condition condition) {
    this.name = name;
    this.scale = scale;
    this.condition = condition;
  }

  /**
   * The name.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * When it exists.
   *
   * @return the condition, or nothing for one that always exists
   */
  public Optional<Condition> condition() {
    return Optional.ofNullable(condition);
  }

  /**
   * The value at a position.
   *
   * @param u the position on this parameter's scale, in [0, 1)
   * @return a Double, an Integer or, of a choice, a String
   * @throws IllegalArgumentException if u is outside of [0, 1)
   */
  public Object at(double u) {
    if (!(u >= 0 && u < 1)) {
      throw new IllegalArgumentException(
          "Parameter %s: position is %s; it must be in [0, 1)".formatted(name, u));
    }
    return scale.at(u);
  }

  /**
   * Whether this parameter has a value.
   *
   * @param value any object
   * @return whether it has a position
   */
  public boolean has(Object value) {
    return !Double.isNaN(scale.position(value));
  }

  /**
   * The position of a value: of an integer or a choice, the middle of its cell.
   *
   * @param value a Double, an Integer or, of a choice, a String
   * @return the position on this parameter's scale, in [0, 1)
   * @throws IllegalArgumentException if the value is none of this parameter's
   */
  public double position(Object value) {
    double position = scale.position(value);
    if (Double.isNaN(position)) {
      String type = value == null ? "" : " (" + value.getClass().getSimpleName() + ")";
      throw new IllegalArgumentException(
          "Parameter %s: %s%s is no value of %s".formatted(name, value, type, scale));
    }
    return Math.min(position, Scale.BELOW_ONE);
  }

  /**
   * The number of values.
   *
   * @return it, or the largest long for a range of real numbers
   */
  public long size() {
    return scale.size();
  }

  /**
   * Whether the values are texts without an order.
   *
   * @return whether this is a choice
   */
  public boolean isChoice() {
    return scale instanceof Scale.Choice;
  }

  /** Positions of so many values that differ, at most all, spaced evenly. */
  double[] spaced(int count) {
    return scale.spaced(count);
  }

  Parameter onlyIf(Condition on) {
    return new Parameter(name, scale, on);
  }

  /** Whether a condition can be put on this parameter; the reason if not. */
  Optional<String> refusal(Condition on) {
    if (on instanceof Condition.OneOf some) {
      if (!(scale instanceof Scale.Choice(var choices))) {
        return Optional.of("%s is %s, no choice".formatted(name, scale));
      }
      if (some.choices().isEmpty()) {
        return Optional.of("that never holds");
      }
      return some.choices().stream()
          .filter(choice -> !choices.contains(choice))
          .map(choice -> "%s is %s and never %s".formatted(name, scale, choice))
          .findFirst();
    }
    if (isChoice()) {
      return Optional.of("%s is %s, no number".formatted(name, scale));
    }
    boolean possible = on.holds(scale.at(0)) || on.holds(scale.at(Scale.BELOW_ONE));
    return possible
        ? Optional.empty()
        : Optional.of("%s is %s, where that never holds".formatted(name, scale));
  }

  /** Such as {@code units 3: logInteger(8, 512) if layers >= 3.0}. */
  @Override
  public String toString() {
    return "%s: %s%s".formatted(name, scale, condition == null ? "" : " if " + condition);
  }
}
