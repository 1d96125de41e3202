package dev.lanewise.learn.tune;

import dev.lanewise.learn.internal.Checks;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** A value for each parameter that exists, in the order of the space. */
public final class Assignment {
  private final SequencedMap<String, Object> values;

  Assignment(Map<String, Object> values) {
    this.values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  /**
   * An assignment of these values, such as one that was sent to another machine.
   *
   * @param values Double, Integer or, of choices, String by name, in the order of the space
   * @return the assignment
   * @throws IllegalArgumentException if a name is null or a value of another type
   */
  public static Assignment of(SequencedMap<String, ?> values) {
    Checks.notNull("Assignment", "values", values);
    Map<String, Object> copy = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (name == null) {
            throw new IllegalArgumentException("Assignment: a name is null; its value is " + value);
          }
          if (!(value instanceof Double || value instanceof Integer || value instanceof String)) {
            throw new IllegalArgumentException(
                "Assignment: %s is %s; expected a Double, an Integer or a String"
                    .formatted(name, value));
          }
          copy.put(name, value);
        });
    return new Assignment(copy);
  }

  /**
   * The values by name: Double, Integer or, of choices, String.
   *
   * @return the values, which cannot be changed
   */
  public SequencedMap<String, Object> values() {
    return values;
  }

  /**
   * Whether a parameter exists here.
   *
   * @param name the parameter
   * @return whether it has a value
   */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * The value of a number, real or integer.
   *
   * @param name the parameter
   * @return the value
   * @throws IllegalArgumentException if there is no such parameter here, or it is no number
   */
  public double number(String name) {
    return get(name, Number.class, "a number").doubleValue();
  }

  /**
   * The value of an integer.
   *
   * @param name the parameter
   * @return the value
   * @throws IllegalArgumentException if there is no such parameter here, or it is no integer
   */
  public int integer(String name) {
    return get(name, Integer.class, "an integer");
  }

  /**
   * What was chosen.
   *
   * @param name the parameter
   * @return the choice
   * @throws IllegalArgumentException if there is no such parameter here, or it is no choice
   */
  public String choice(String name) {
    return get(name, String.class, "a choice");
  }

  private <T> T get(String name, Class<T> type, String expected) {
    Object value = values.get(Checks.notNull("Assignment", "name", name));
    if (value == null) {
      throw new IllegalArgumentException(
          "Assignment: no parameter %s here; there are %s".formatted(name, this));
    }
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "Assignment: %s is %s, not %s".formatted(name, value, expected));
    }
    return type.cast(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Assignment assignment && values.equals(assignment.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Such as {@code rate=0.01, layers=2}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (name, value) ->
            text.append(text.isEmpty() ? "" : ", ").append(name).append('=').append(value));
    return text.toString();
  }
}
