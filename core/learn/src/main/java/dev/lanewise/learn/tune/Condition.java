package dev.lanewise.learn.tune;

import dev.lanewise.learn.internal.Checks;
import java.util.List;

/** When a parameter exists: if an earlier one exists and its value is among some. */
public sealed interface Condition {
  /**
   * The earlier parameter.
   *
   * @return its name
   */
  String parameter();

  /**
   * Whether a value of the earlier parameter is among those.
   *
   * @param value a Double, an Integer or a String
   * @return whether it is
   */
  boolean holds(Object value);

  /**
   * value ≥ bound.
   *
   * @param parameter the earlier parameter, of numbers
   * @param bound the least value
   * @return the condition
   */
  static Condition atLeast(String parameter, double bound) {
    return new AtLeast(parameter, bound);
  }

  /**
   * value ≤ bound.
   *
   * @param parameter the earlier parameter, of numbers
   * @param bound the greatest value
   * @return the condition
   */
  static Condition atMost(String parameter, double bound) {
    return new AtMost(parameter, bound);
  }

  /**
   * The value is one of these choices.
   *
   * @param parameter the earlier parameter, a choice
   * @param choices some of its choices
   * @return the condition
   */
  static Condition isOneOf(String parameter, String... choices) {
    return new OneOf(parameter, Checks.copy("Condition", "choices", choices));
  }

  /**
   * value ≥ bound.
   *
   * @param parameter the earlier parameter
   * @param bound the least value
   */
  record AtLeast(String parameter, double bound) implements Condition {
    /** Checks the name. */
    public AtLeast {
      Checks.notNull("Condition", "parameter", parameter);
    }

    @Override
    public boolean holds(Object value) {
      return value instanceof Number number && number.doubleValue() >= bound;
    }

    @Override
    public String toString() {
      return "%s >= %s".formatted(parameter, bound);
    }
  }

  /**
   * value ≤ bound.
   *
   * @param parameter the earlier parameter
   * @param bound the greatest value
   */
  record AtMost(String parameter, double bound) implements Condition {
    /** Checks the name. */
    public AtMost {
      Checks.notNull("Condition", "parameter", parameter);
    }

    @Override
    public boolean holds(Object value) {
      return value instanceof Number number && number.doubleValue() <= bound;
    }

    @Override
    public String toString() {
      return "%s <= %s".formatted(parameter, bound);
    }
  }

  /**
   * The value is one of these choices.
   *
   * @param parameter the earlier parameter
   * @param choices some of its choices
   */
  record OneOf(String parameter, List<String> choices) implements Condition {
    /** Copies the list. */
    public OneOf {
      Checks.notNull("Condition", "parameter", parameter);
      choices = Checks.copy("Condition", "choices", choices);
    }

    @Override
    public boolean holds(Object value) {
      return value instanceof String text && choices.contains(text);
    }

    @Override
    public String toString() {
      return "%s is %s".formatted(parameter, String.join(" or ", choices));
    }
  }
}
